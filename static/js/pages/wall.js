/** The wall: what the desk sends; until it sends something, the way in and then what the groups say. */
import { item as sentence, items as sentences } from "../../../workshop/activities/summary/panel.js";
import { isSummary } from "../line/cards.js";
import { Page, t } from "../shell/page.js";
import { html, icon, lineChip, nothing, notes, paint, repeat } from "../shell/parts.js";
import { hours } from "../facilitator/times.js";
import { keepWay } from "../facilitator/way.js";
import { result } from "../votes/results.js";

/** @import { Item, Result, Room, Summary } from "../types.js" */

const FEW = 3, SOME = 5; // lines of a result beside other rooms, and alone
let sheet = 0; // on the wall, which of its pages stands there
const narrow = matchMedia("(max-width: 1280px)");
/** @typedef {{room: Room, summary: Summary|undefined, items: Item[], results: Result[]}} Of */

/** @param {Page} page */
function draw(page) {
  const rooms = page.copy.all("room", (room) => room.of === "group");
  const summaries = new Map(page.copy.all("activity").filter(isSummary).map((one) => [one.room, one]));
  const all = rooms.map((room) => ({ room, summary: summaries.get(room.id) })).map((one) => ({ ...one,
    items: one.summary?.published ? sentences(page, one.summary) : [], results: one.summary?.results ?? [] }));
  const told = all.filter(({ items, results }) => items.length || results.length);
  const at = all.filter((one) => !told.includes(one));
  const there = onSheet(told), lines = there.length > 1 ? FEW : SOME;
  paint("summaries", html`<div class="told n${there.length}">${repeat(told, ({ room }) => room.id,
      (one) => group(page, one, !there.includes(one), lines))}</div>
    ${rooms.length ? nothing : html`<p class="empty">${t("plenary.empty")}</p>`}`);
  wall(told, there, at, told.length > 0 || [...summaries.values()].some((one) => one.published));
  paint("line", lineChip(page));
  paint("notes", notes(page));
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
}

/** What stands around the summaries on the wall: which rooms they are, which have no place there, or the way in.
 * @param {Of[]} told @param {Of[]} there @param {Of[]} at @param {boolean} begun */
function wall(told, there, at, begun) {
  const show = (/** @type {string[]} */ ids, /** @type {boolean} */ on) => {
    for (const id of ids) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = !on;
  };
  show(["summaries", "way", "heading"], begun);
  show(["invite"], !begun);
  const list = (/** @type {Of[]} */ some) => runs(some.map(({ room }) => room.number));
  paint("shown", there.length > 1 ? t("wall.shown", { rooms: list(there), all: told.length + at.length }) : nothing);
  const said = (/** @type {string} */ key, /** @type {Of[]} */ some) =>
    some.length ? html`<span>${t(key, { rooms: list(some) })}</span> ` : nothing;
  const state = (/** @type {Of} */ { room }) => room.state;
  paint("others", !begun ? nothing : html`${said("wall.also", told.filter((one) => !there.includes(one)))}
    ${said("wall.open", at.filter((one) => state(one) === "open"))}
    ${said("wall.waiting", at.filter((one) => state(one) === "waiting"))}
    ${said("wall.closed", at.filter((one) => state(one) === "closed"))}`);
  const turning = told.length > there.length || parts().some(([, of]) => of > 1);
  paint("turn", begun && turning ? html`<button type="button" aria-label=${t("wall.before")} @click=${() => turn(-1)}>${
    icon("back")}</button><button type="button" aria-label=${t("wall.next")} @click=${() => turn(1)}>${
    icon("onward")}</button>` : nothing);
  for (const [group, of, n] of parts())
    /** @type {HTMLElement} */ (group.querySelector(".part")).textContent = of > 1 ? t("wall.part", { n: n + 1, of }) : "";
}

/** Numbers in their order, three and more that follow each other as one: 1–4, 7.  @param {number[]} numbers */
function runs(numbers) {
  /** @type {number[][]} */
  const found = [];
  for (const n of numbers) {
    const last = found[found.length - 1];
    if (last && last[last.length - 1] === n - 1) last.push(n);
    else found.push([n]);
  }
  return found.map((run) => run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(", ")).join(", ");
}

const beside = () => narrow.matches ? 2 : 3;

/** The rooms of the page that stands on the wall: as many on each, so that none is left half empty.  @param {Of[]} told */
function onSheet(told) {
  const all = sheets(told.length);
  sheet = Math.min(sheet, Math.max(0, all - 1));
  const from = (/** @type {number} */ n) => Math.ceil(told.length * n / all);
  return told.slice(from(sheet), from(sheet + 1));
}

/** @param {number} rooms */
const sheets = (rooms) => Math.ceil(rooms / beside());

/** The rooms that stand on the wall, how many pages their sentences take, and which is open.
 * @returns {[HTMLElement, number, number][]} */
function parts() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".group:not([hidden])")]).map((one) => {
    const items = /** @type {HTMLElement} */ (one.querySelector(".items")), wide = items.clientWidth + gap(items);
    return [one, Math.max(1, Math.round((items.scrollWidth + gap(items)) / wide)), Math.round(items.scrollLeft / wide)];
  });
}

/** @param {Element} items */
const gap = (items) => parseFloat(getComputedStyle(items).columnGap) || 0;

/**
 * Nobody scrolls on a wall, and nothing moves there by itself: whoever stands at it turns the page.  Rooms are read to
 * their end, then come those that had no place beside them.
 * @param {number} by 1 or -1
 */
function turn(by) {
  const all = parts(), go = (/** @type {HTMLElement} */ one, /** @type {number} */ n) => {
    const items = /** @type {HTMLElement} */ (one.querySelector(".items"));
    items.scrollLeft = n * (items.clientWidth + gap(items));
  };
  const more = all.filter(([, of, n]) => by > 0 ? n + 1 < of : n > 0);
  for (const [group, , n] of more) go(group, n + by);
  if (!more.length) {
    const of = sheets(document.querySelectorAll(".group").length);
    sheet = of ? (sheet + by + of) % of : 0;
    for (const [group] of all) go(group, 0);
  }
  page.changed();
}

/** What a room says.
 * @param {Page} page @param {Of} of @param {boolean} hidden @param {number} lines of a result */
const group = (page, { room, items, results }, hidden, lines) => html`<article class="group" ?hidden=${hidden}>
  <h2>${room.title}</h2>
  <p class="whose"><span>${t("group", { n: room.number })}</span>${room.state === "closed"
    ? html` <span class="chip">${t("room.closed")}</span>` : nothing}<span class="part"></span></p>
  <div class="items">${items.map((item) => sentence(page, item, room.number))}${
    results.map((one) => result(page, one, lines, true))}</div></article>`;

const page = new Page(draw);
keepWay(page);
// The address is the wall's no more: the page that comes instead says so.
page.refusedAtDoor = async () => location.reload();
const AHEAD = ["ArrowRight", "ArrowDown", "PageDown", " "], BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
document.addEventListener("keydown", (event) => {
  const by = AHEAD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  if (!by || /** @type {Element} */ (event.target).matches("button")) return;
  event.preventDefault();
  turn(by);
});
// Whether all fits is known when it stands there, and again when the wall is another size.
new ResizeObserver(() => page.changed()).observe(/** @type {HTMLElement} */ (document.getElementById("summaries")));
