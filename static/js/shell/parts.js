/** Parts that several pages draw. */
import { count, delegation, facts, later, t, word } from "./page.js";
import { guard, html, nothing, render, repeat, svg } from "./html.js";

/** @import { Drawn, Room } from "../types.js" */

export { guard, html, nothing, repeat, svg };

/** @type {Set<string>} */
const taken = new Set();

/**
 * Draw into the element `id`.  What the server had put there for the first view makes room at the first drawing.
 * @param {string} id @param {Drawn} content
 */
export function paint(id, content) {
  const place = document.getElementById(id);
  if (!place) return;
  if (!taken.has(id)) {
    taken.add(id);
    place.replaceChildren();
  }
  render(content, place);
}

/** What a part of the page draws.  Where it fails its place stays empty, and all around it stands: a fault in one kind of
 * vote takes nobody the board.
 * @template T @param {() => T} draw */
export function safely(draw) {
  try {
    return draw() ?? nothing;
  } catch (error) {
    setTimeout(() => { throw error; }); // it is told as if nobody had caught it
    return nothing;
  }
}

/** An icon, whose word stands beside it; the page carries its outline (pages/shell/icons.py).  @param {string} name */
export const icon = (name) => html`<svg class="i" aria-hidden="true"><use href=${`#i-${name}`}></use></svg>`;

/** The class that weaves a delegation's tile.  @param {string|null|undefined} id */
export function weave(id) {
  const one = delegation(id);
  return one ? `w${one.weave}` : "";
}

/** Colour, pattern and name of a delegation.  @param {string|null|undefined} id @param {boolean} [short] */
export function from(id, short = false) {
  const one = delegation(id);
  return one
    ? html`<span class="from" title=${one.name}><i class="weave w${one.weave}"></i>${
      short ? one.label : one.name}</span>`
    : nothing;
}

/** How the line is, in words and colour; where it can be made lighter, the chip is the switch.
 * @param {import("./page.js").Page} page @param {(on: boolean) => void} [light] */
export function lineChip(page, light) {
  const state = page.line.state();
  const waiting = page.waits();
  // What is on its way comes and goes with each tap: it is shown, not read out.
  const words = html`${
    light ? icon(state === "online" ? "check" : state === "offline" ? "nosignal" : "clock") : nothing}<span
    role="status">${t(`line.${state}`)}</span>${waiting ? ` · ${count("to_send", waiting)}` : ""}`;
  const on = page.line.light;
  return html`${light ? html`<button type="button" class="chip line ${state}" aria-pressed=${on} @click=${() => light(!on)}>
      ${words}<span class=${on || state === "slow" ? "" : "unseen"}> · ${t("light")}</span></button>`
    : html`<span class="chip line ${state}">${words}</span>`}
    ${page.outbox.shelf.durable ? nothing : html`<span class="chip slow">${t("no_shelf")}</span>`}`;
}

/** Seconds that the step still has by the server's clock, which stands still in a pause; Infinity without a clock.
 * @param {import("./page.js").Page} page @param {Room} room */
export const secondsLeft = (page, room) => room?.deadline ? Math.round(Date.parse(room.deadline) / 1000
  - (room.paused ? Date.parse(room.paused) / 1000 : Date.now() / 1000 + page.line.skew)) : Infinity;

/** Time left of a step.  @param {import("./page.js").Page} page @param {Room} room */
export function clock(page, room) {
  if (room?.state === "closed") return html`<span class="chip">${t("room.closed")}</span>`;
  const left = secondsLeft(page, room), still = room?.paused ? "⏸\ufe0e " : "";
  if (left === Infinity) return still && html`<span class="chip clock">${still}${t("paused")}</span>`;
  if (left <= 0) {
    const { grace = 0, closes } = room.now ?? {}, more = left + grace, on = closes === false;
    const goes = (on || more > 0) && later("finish", () => page.changed());
    return html`<span class="chip over">${!goes ? t("time_over") : on ? t("over.open") : t("finish", { n: more })}</span>`;
  }
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return html`<span class="chip clock ${left < 60 && !still ? "over" : ""}" role="timer"
    aria-label=${still ? t("paused") : t("time_left")}>${icon("clock")} ${still}${text}</span>`;
}

/** A line for each step: done, going on, to come.  @param {Room} room */
export const pace = ({ state, step, step_of: all = 0 }) => state === "open" && all > 1
  ? Array.from({ length: all }, (_, n) => html`<i class=${n < step ? "done" : n > step ? "" : "now"}></i>`) : nothing;

/** "Step 2 of 4: Vote"; that a room is closed stands where its clock was.  @param {Room} room */
export const stepOf = ({ state, step, step_of: all, now }) => {
  if (state !== "open") return state === "closed" ? "" : t(`room.${state}`);
  const name = word(now.title) || (facts.words[`step.name.${now.key}`] ?? "");
  return all ? t(name ? "step_named" : "step_of", { n: step + 1, all, name }) : name;
};

/** What has just happened.  @param {import("./page.js").Page} page */
export const notes = (page) => page.notes.map((note) => html`<div class="note ${note.kind}">
  <span>${note.text}</span>
  ${note.action ? html`<button type="button" class="small" @click=${() => { note.action?.run(); page.unsay(note); }}>
    ${note.action.label}</button>` : nothing}
  <button type="button" class="small quiet" aria-label=${t("close.this")}
    @click=${() => page.unsay(note)}>×</button></div>`);
