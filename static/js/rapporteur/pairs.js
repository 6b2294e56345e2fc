/** Cards that seem to say the same: looked for when somebody asks, offered, never applied. */
import { facts, t } from "../shell/page.js";
import { html, nothing, repeat } from "../shell/parts.js";

/** @import { Idea, Page, Room } from "../types.js" */

/** @type {{cards: [string, string], score: number}[]|null} null: not looked for yet */
let found = null;
let state = "";

/** @param {Page} page @param {Room} room */
async function look(page, room) {
  state = "looking";
  page.changed();
  try {
    const answer = await (await fetch(`/w/${facts.workshop.id}/r/${room.number}/similar`)).json();
    state = answer.ok ? "" : "failed";
    if (answer.ok) found = answer.pairs;
  } catch {
    state = "failed";
  }
  page.changed();
}

/**
 * The button that looks, and what was found: both cards of each pair, as far as they are still there.
 * @param {Page} page @param {Room} room @param {(card: Idea) => string} number
 */
export function pairs(page, room, number) {
  const there = (found ?? []).flatMap(({ cards: [first, second] }) => {
    const one = page.copy.get(first, "idea"), other = page.copy.get(second, "idea");
    const apart = one && other && !one.into && !other.into && !(one.group && one.group === other.group);
    return apart ? [/** @type {[Idea, Idea]} */ ([one, other])] : [];
  });
  const said = state === "failed" ? t("pairs.failed") : state ? t("pairs.looking")
    : found && !there.length ? t("pairs.none") : "";
  return html`<section class="pairs" aria-label=${t("pairs")}>
    <p class="tools"><button type="button" class="small" ?disabled=${state === "looking"} @click=${() => look(page, room)}>
      ${found ? t("pairs.again") : t("pairs.find")}</button>
      <span role="status">${said}</span></p>
    ${there.length ? html`<h3>${t("pairs")} <b>${there.length}</b></h3>
      <ul>${repeat(there, ([one, other]) => `${one.id} ${other.id}`, ([one, other]) => pair(page, one, other, number))}</ul>`
      : nothing}</section>`;
}

/** One pair, and putting the second card under the first.
 * @param {Page} page @param {Idea} one @param {Idea} other @param {(card: Idea) => string} number */
function pair(page, one, other, number) {
  const merge = () => {
    const under = page.copy.all("idea", (card) => card.into === other.id).map((card) => card.id);
    void page.write("contribution.merge", { activity: one.activity, cards: [other.id], into: one.id }, null);
    page.done(t("pairs.merged", { card: number(other), into: number(one) }), () => {
      for (const id of [other.id, ...under]) void page.write("contribution.split", { id }, null);
      const again = { activity: one.activity, cards: under, into: other.id };
      if (under.length) void page.write("contribution.merge", again, null);
    });
  };
  return html`<li data-cards="${one.id} ${other.id}">${[one, other].map((card) => html`<a href="#${card.id}">
    <b class="number">${number(card)}</b> ${card.body.title ?? card.body.text.slice(0, 120)}</a>`)}
    <button type="button" class="small" @click=${merge}>${t("pairs.merge")}</button></li>`;
}
