/** The group's summary as its readers see it. */
import { cardNumber, facts, t } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";

export const SECTIONS = ["idea", "agreement", "disagreement", "commitment", "question", "quotation"];
export const SIGNS = { idea: "◆", agreement: "●", disagreement: "▲", commitment: "■", question: "?", quotation: "“" };

/** The items of a summary in report order.  @param {any} page @param {any} activity */
export function items(page, activity) {
  return page.copy.all("item", (/** @type {any} */ item) => item.activity === activity.id)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => SECTIONS.indexOf(a.body.section) - SECTIONS.indexOf(b.body.section)
      || a.number - b.number);
}

/** @param {any} page @param {any} item @param {number} room @param {boolean} [links] to the cards; to the thread of those that are not on the page */
export function item(page, item, room, links = false) {
  const { section, text, who, when } = item.body, { cites, numbers, lost = [] } = item;
  const cited = (/** @type {number} */ n, /** @type {number} */ i) => {
    const called = cardNumber({ number: n }, room), id = cites[i];
    if (lost.includes(id)) return html`<s>${called}</s>`;
    return links ? html`<a href=${page.copy.get(id) ? `#${id}` : `/w/${facts.workshop.id}/card/${id}`}>${called}</a>` : called;
  };
  return html`<div class="item ${section}"><p class="label"><span aria-hidden="true">${SIGNS[/** @type {keyof SIGNS} */ (section)]}</span>
      ${t(`section.${section}`)}</p>
    <p class="text">${section === "quotation" ? html`«${text}»` : text}</p>
    ${who || when ? html`<p class="who-when">${[who, when].filter(Boolean).join(" · ")}</p>` : nothing}
    ${numbers.length ? html`<p class="cites">${numbers.map((/** @type {number} */ n, /** @type {number} */ i) => html`${i ? ", " : ""}${cited(n, i)}`)}</p>` : nothing}</div>`;
}

/** @param {any} scene @param {any} activity */
export function draw(scene, activity) {
  const all = items(scene.page, activity);
  return html`<section class="summary"><h2>${t("summary")}</h2>
    ${all.length ? all.map((/** @type {any} */ one) => item(scene.page, one, scene.room.number, true)) : html`<p class="empty">${t("summary.empty")}</p>`}</section>`;
}
