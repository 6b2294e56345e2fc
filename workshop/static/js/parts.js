/** Parts that several pages draw. */
import { count, delegation, facts, later, t } from "./page.js";
import { guard, html, nothing, render, repeat, svg } from "./html.js";

export { guard, html, nothing, repeat, svg };

/** @type {Set<string>} */
const taken = new Set();

/**
 * Draw into the element `id`.  What the server had put there for the first view makes room at the first drawing.
 * @param {string} id @param {any} content
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

/** Colour, pattern and name of a delegation.  @param {string|null|undefined} id @param {boolean} [short] */
export function from(id, short = false) {
  const one = delegation(id);
  return one
    ? html`<span class="from" title=${one.name}><i class="weave w${one.weave % 8}"></i>${short ? one.label : one.name}</span>`
    : nothing;
}

/** How the line is, in words and colour; where it can be made lighter, the chip is the switch.
 * @param {import("./page.js").Page} page @param {(on: boolean) => void} [light] */
export function lineChip(page, light) {
  const state = page.line.state();
  const waiting = page.waits();
  const words = waiting ? `${t(`line.${state}`)} · ${count("to_send", waiting)}` : t(`line.${state}`);
  const on = page.line.light;
  return html`${light ? html`<button type="button" class="chip line ${state}" aria-pressed=${on} @click=${() => light(!on)}>
      <span role="status">${words}</span><span class=${on || state === "slow" ? "" : "unseen"}> · ${t("light")}</span></button>`
    : html`<span class="chip line ${state}" role="status">${words}</span>`}
    ${page.outbox.shelf.durable ? nothing : html`<span class="chip slow">${t("no_shelf")}</span>`}`;
}

/** Time left of a step by the server's clock.  @param {import("./page.js").Page} page @param {any} room */
export function clock(page, room) {
  if (room?.state === "closed") return html`<span class="chip">${t("room.closed")}</span>`;
  if (!room?.deadline) return nothing;
  const left = Math.round(Date.parse(room.deadline) / 1000 - Date.now() / 1000 - page.line.skew);
  if (left <= 0) {
    const more = left + (room.now?.grace ?? 0), finish = later("finish", () => page.changed());
    return html`<span class="chip over">${finish && more > 0 && room.now.closes !== false ? t("finish", { n: more }) : t("time_over")}</span>`;
  }
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return html`<span class="chip clock ${left < 60 ? "over" : ""}" role="timer" aria-label=${t("time_left")}>${text}</span>`;
}

/** What has just happened.  @param {import("./page.js").Page} page */
export const notes = (page) => page.notes.map((note) => html`<div class="note ${note.kind}" role="status">
  <span>${note.text}</span>
  ${note.action ? html`<button type="button" class="small" @click=${() => { note.action?.run(); page.unsay(note); }}>
    ${note.action.label}</button>` : nothing}
  <button type="button" class="small quiet" aria-label=${t("close.this")} @click=${() => page.unsay(note)}>×</button></div>`);
