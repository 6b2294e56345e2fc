/** What the groups say, as the plenary and the wall draw it: which have said something, and each as a card of its own. */
import { item as sentence, items as sentences } from "../../../workshop/activities/summary/panel.js";
import { isSummary } from "../line/cards.js";
import { t } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";
import { agreed } from "../votes/agreed.js";
import { result } from "../votes/results.js";

/** @import { Item, Page, Result, Room, Summary } from "../types.js" */

/** @typedef {{room: Room, summary: Summary|undefined, items: Item[], results: Result[]}} Of */

/** The groups, in two piles: those that say something, and those that do not yet.
 * @param {Page} page @returns {{told: Of[], at: Of[]}} */
export function groups(page) {
  const summaries = new Map(page.copy.all("activity").filter(isSummary).map((one) => [one.room, one]));
  const all = page.copy.all("room", (room) => room.of === "group").map((room) => {
    const summary = summaries.get(room.id);
    return { room, summary, items: summary?.published ? sentences(page, summary) : [], results: summary?.results ?? [] };
  });
  const says = (/** @type {Of} */ { items, results, summary }) => items.length > 0
    || results.length > 0 || Boolean(summary?.agreed);
  return { told: all.filter(says), at: all.filter((one) => !says(one)) };
}

/** What a room says; on the wall it may have no place, and says which of its pages stands there.
 * @param {Page} page @param {Of} of @param {number} lines of a result @param {boolean} [wall] @param {boolean} [hidden] */
export const group = (page, { room, summary, items, results }, lines, wall = false, hidden = false) => html`
  <article class="group" ?hidden=${hidden}><h2>${room.title}</h2>
  <p class="whose"><span>${t("group", { n: room.number })}</span>${room.state === "closed"
    ? html` <span class="chip">${t("room.closed")}</span>` : nothing}${wall ? html`<span class="part"></span>` : nothing}</p>
  <div class="items">${items.map((item) => sentence(page, item, room.number))}${
    agreed(summary)}${results.map((one) => result(page, one, lines, wall))}</div></article>`;
