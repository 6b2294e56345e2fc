/** The group's summary as its readers see it. */
import { cardNumber, facts, t } from "../../../static/js/shell/page.js";
import { html, icon, nothing } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "../../../static/css/rapporteur/items.css";

/** @import { Item, Page, Summary, VoteScene } from "../../../static/js/types.js" */

wear(rules);

export const SECTIONS = ["idea", "agreement", "disagreement", "commitment", "question", "quotation"];
/** @type {Record<string, string>} */
export const ICONS = { idea: "idea", agreement: "check", disagreement: "flag", commitment: "onward", question: "comment",
  quotation: "quote" };
/** @type {Record<string, string>} where the page does not carry its icon */
const SIGNS = { idea: "◆", agreement: "●", disagreement: "▲", commitment: "■", question: "?", quotation: "“" };

/** What stands before the kind of a sentence.  @param {string} section */
export const sign = (section) => document.getElementById(`i-${ICONS[section]}`) ? icon(ICONS[section])
  : html`<span aria-hidden="true">${SIGNS[section]}</span>`;

/** The items of a summary in report order.  @param {Page} page @param {Summary} activity */
export function items(page, activity) {
  return page.copy.all("item", (item) => item.activity === activity.id)
    .sort((a, b) => SECTIONS.indexOf(a.body.section) - SECTIONS.indexOf(b.body.section)
      || (a.number ?? 0) - (b.number ?? 0));
}

/** One sentence; `links`: to the cards, and to the thread of those that are not on the page.
 * @param {Page} page @param {Item} item @param {number} room @param {boolean} [links] */
export function item(page, item, room, links = false) {
  const { section, text, who, when } = item.body, { cites, numbers, lost = [] } = item;
  const cited = (/** @type {number|string} */ number, /** @type {number} */ i) => {
    const called = cardNumber({ number }, room), id = cites[i];
    if (lost.includes(id)) return html`<s>${called}</s>`;
    return links ? html`<a href=${page.copy.get(id) ? `#${id}` : `/w/${facts.workshop.id}/card/${id}`}>${called}</a>`
      : called;
  };
  return html`<div class="item ${section}"><p class="label">${sign(section)} ${t(`section.${section}`)}</p>
    <p class="text">${section === "quotation" ? html`«${text}»` : text}</p>
    ${who || when ? html`<p class="who-when">${[who, when].filter(Boolean).join(" · ")}</p>` : nothing}
    ${numbers.length ? html`<p class="cites">${numbers.map((n, i) => html`${i ? ", " : ""}${cited(n, i)}`)}</p>`
      : nothing}</div>`;
}

/** @param {VoteScene} scene @param {Summary} activity */
export function draw(scene, activity) {
  const all = items(scene.page, activity);
  return html`<section class="summary"><h2>${t("summary")}</h2>${all.length
    ? all.map((one) => item(scene.page, one, scene.room.number, true)) : html`<p
      class="empty">${t("summary.empty")}</p>`}</section>`;
}
