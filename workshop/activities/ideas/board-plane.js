/** A plane of two axes: each card where the group put it, a ring as wide as its opinions differ; the same as a table. */
import { cardNumber, t, word } from "../../../static/js/page.js";
import { html, nothing, svg } from "../../../static/js/parts.js";
import { positions } from "./positions.js";
import { wear } from "./wear.js";
import rules from "./board-plane.css";

wear(rules);

/** @param {import("./board.js").Board} board */
export function draw(board) {
  const places = positions(board);
  const x = word(board.settings.axes.x.title), y = word(board.settings.axes.y.title);
  const placed = board.all.filter((card) => places[card.id]), rest = board.all.filter((card) => !places[card.id]);
  return html`<div class="plane"><figure><figcaption class="unseen">${t("plane.axes", { x, y })}</figcaption>
      <p class="up">${y} ↑</p>
      <svg viewBox="-3 -3 106 106" role="group" aria-label=${t("plane.axes", { x, y })}>
        <rect width="100" height="100" rx="2"></rect><path d="M50 0V100M0 50H100"></path>
        ${placed.map((card) => dot(board, card, places[card.id]))}</svg>
      <p class="right">${x} →</p>
      ${placed.length ? table(board, placed, places, x, y) : nothing}</figure>
    <div class="aside"><section><h2>${t("place.none")} <b>${board.count(rest)}</b></h2>
      ${rest.length ? board.list(rest) : board.all.length ? html`<p class="empty">${t("plane.all")}</p>` : board.empty()}</section>
    ${placed.length ? html`<section><h2>${t("place.placed")} <b>${board.count(placed)}</b></h2>${board.list(placed)}</section>` : nothing}</div></div>`;
}

/** @param {import("./board.js").Board} board @param {any} card @param {{x: number, y: number, spread: number, n: number}} at */
function dot(board, card, { x, y, spread }) {
  const number = cardNumber(card, board.scene.room.number);
  return svg`<a href="#${card.id}" class=${board.hits && !board.hits.has(card.id) ? "out" : ""} aria-label="${number}: ${card.body.text.slice(0, 80)}"><title>${number}: ${card.body.text.slice(0, 80)}</title>
    ${spread > 3 ? svg`<circle class="ring" cx=${x} cy=${100 - y} r=${Math.max(4, spread)}></circle>` : nothing}
    <circle class="dot" cx=${x} cy=${100 - y} r="3.4"></circle><text x=${x} y=${101.2 - y}>${card.number}</text></a>`;
}

/** @param {import("./board.js").Board} board @param {any[]} cards @param {any} places @param {string} x @param {string} y */
function table({ scene }, cards, places, x, y) {
  const round = (/** @type {number} */ n) => Math.round(n ?? 0);
  return html`<details><summary>${t("plane.table")}</summary><table><thead><tr><th scope="col">${t("card")}</th><th scope="col">${x}</th><th scope="col">${y}</th>
      <th scope="col">${t("plane.spread")}</th><th scope="col">${t("plane.people")}</th></tr></thead>
    <tbody>${[...cards].sort((a, b) => places[b.id].y - places[a.id].y).map((card) => html`<tr><th scope="row"><a href="#${card.id}">${cardNumber(card, scene.room.number)}</a> ${card.body.text.slice(0, 80)}</th>
      <td>${round(places[card.id].x)}</td><td>${round(places[card.id].y)}</td><td>${round(places[card.id].spread)}</td><td>${places[card.id].n ?? ""}</td></tr>`)}</tbody></table></details>`;
}
