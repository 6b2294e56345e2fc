/** Parts that several pages draw. */
import { html, nothing, render, svg } from "lit-html";
import { count, delegation, facts, t } from "./page.js";

export { html, nothing, svg };
export { guard } from "lit-html/directives/guard.js";
export { repeat } from "lit-html/directives/repeat.js";

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
  if (left <= 0) return html`<span class="chip over">${t("time_over")}</span>`;
  const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  return html`<span class="chip clock ${left < 60 ? "over" : ""}" role="timer" aria-label=${t("time_left")}>${text}</span>`;
}

/** What has just happened.  @param {import("./page.js").Page} page */
export const notes = (page) => page.notes.map((note) => html`<div class="note ${note.kind}" role="status">
  <span>${note.text}</span>
  ${note.action ? html`<button type="button" class="small" @click=${() => { note.action?.run(); page.unsay(note); }}>
    ${note.action.label}</button>` : nothing}
  <button type="button" class="small quiet" aria-label=${t("close.this")} @click=${() => page.unsay(note)}>×</button></div>`);

/** The hour in the home zones: "09:00 Lima · 10:00 La Paz".  @param {number} seconds @param {string[]} [zones] */
export function hours(seconds, zones = facts.zones) {
  return zones.map((zone) => {
    const place = zone.split("/").at(-1)?.replaceAll("_", " ");
    const hour = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone })
      .format(new Date(seconds * 1000));
    return `${hour} ${place}`;
  }).join(" · ");
}

/** @param {string|null} iso @param {number} skew */
export function ago(iso, skew) {
  if (!iso) return "–";
  const seconds = Math.max(0, Math.round(Date.now() / 1000 + skew - Date.parse(iso) / 1000));
  return seconds < 60 ? t("seconds", { n: seconds }) : seconds < 5400
    ? t("minutes", { n: Math.round(seconds / 60) }) : t("hours", { n: Math.round(seconds / 3600) });
}
