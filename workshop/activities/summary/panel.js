/** The group's summary as its readers see it. */
import { cardNumber, t } from "../../static/js/page.js";
import { html, nothing } from "../../static/js/parts.js";

export const SECTIONS = ["idea", "agreement", "disagreement", "commitment", "question", "quotation"];
export const SIGNS = { idea: "◆", agreement: "●", disagreement: "▲", commitment: "■", question: "?", quotation: "“" };

/** The items of a summary in report order.  @param {any} page @param {any} activity */
export function items(page, activity) {
  return page.copy.all("item", (/** @type {any} */ item) => item.activity === activity.id)
    .sort((/** @type {any} */ a, /** @type {any} */ b) => SECTIONS.indexOf(a.body.section) - SECTIONS.indexOf(b.body.section)
      || a.number - b.number);
}

/** @param {any} page @param {any} item @param {number} room @param {boolean} [links] */
export function item(page, item, room, links = false) {
  const { section, text, who, when } = item.body;
  const cites = item.cites.map((/** @type {string} */ id) => page.copy.get(id)).filter(Boolean);
  const numbers = item.numbers ?? cites.map((/** @type {any} */ card) => card.number);
  return html`<div class="item ${section}"><p class="label"><span aria-hidden="true">${SIGNS[/** @type {keyof SIGNS} */ (section)]}</span>
      ${t(`section.${section}`)}</p>
    <p class="text">${section === "quotation" ? html`«${text}»` : text}</p>
    ${who || when ? html`<p class="who-when">${[who, when].filter(Boolean).join(" · ")}</p>` : nothing}
    ${numbers.length ? html`<p class="cites">${numbers.map((/** @type {number} */ n, /** @type {number} */ i) => html`${i ? ", " : ""}${
      links && cites[i] ? html`<a href="#${cites[i].id}">${cardNumber({ number: n }, room)}</a>` : cardNumber({ number: n }, room)}`)}</p>` : nothing}</div>`;
}

/** @param {any} scene @param {any} activity */
export function draw(scene, activity) {
  const all = items(scene.page, activity);
  return html`<section class="summary"><h2>${t("summary")}</h2>
    ${all.length ? all.map((/** @type {any} */ one) => item(scene.page, one, scene.room.number, true)) : html`<p class="empty">${t("summary.empty")}</p>`}</section>`;
}
