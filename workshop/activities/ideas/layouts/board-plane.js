/** A plane of two axes: each card where the group put it, a ring as wide as its opinions differ; the same as a table. */
import { colon } from "../../../../static/js/shell/colon.js";
import { cardNumber, t, word } from "../../../../static/js/shell/page.js";
import { html, nothing, svg } from "../../../../static/js/shell/parts.js";
import { positions } from "./positions.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-plane.css";

/** @import { Axes, Idea, PositionResult } from "../../../../static/js/types.js" */

wear(rules);

/** @param {import("../board/board.js").Board} board */
export function draw(board) {
  const places = positions(board), axes = /** @type {Axes} */ (board.settings.axes);
  const x = word(axes.x.title), y = word(axes.y.title);
  const placed = board.all.filter((card) => places[card.id]), rest = board.all.filter((card) => !places[card.id]);
  return html`<div class="plane"><figure><figcaption class="unseen">${t("plane.axes", { x, y })}</figcaption>
      <p class="up">${y} ↑</p>
      <svg viewBox="-3 -3 106 106" role="group" aria-label=${t("plane.axes", { x, y })}>
        <rect width="100" height="100" rx="2"></rect><path d="M50 0V100M0 50H100"></path>
        ${placed.map((card) => dot(board, card, places[card.id]))}</svg>
      <p class="right">${x} →</p>
      ${placed.length ? table(board, placed, places, x, y) : nothing}</figure>
    <div class="aside"><section><h2>${t("place.none")} <b>${board.count(rest)}</b></h2>
      ${rest.length ? board.list(rest)
        : board.all.length ? html`<p class="empty">${t("plane.all")}</p>` : board.empty()}</section>
    ${placed.length ? html`<section><h2>${t("place.placed")} <b>${board.count(placed)}</b></h2>${
      board.list(placed)}</section>`
      : nothing}</div></div>`;
}

/** What a card says, as far as it fits.  @param {Idea} card */
const short = (card) => card.body.text.slice(0, 80);

/** @param {import("../board/board.js").Board} board @param {Idea} card @param {PositionResult} at */
function dot(board, card, { x, y, spread }) {
  const said = `${cardNumber(card, board.scene.room.number)}${colon()}${short(card)}`;
  return svg`<a href="#${card.id}" class=${board.hits && !board.hits.has(card.id) ? "out" : ""}
    aria-label=${said}><title>${said}</title>
    ${spread > 3 ? svg`<circle class="ring" cx=${x} cy=${100 - y} r=${Math.max(4, spread)}></circle>` : nothing}
    <circle class="dot" cx=${x} cy=${100 - y} r="3.4"></circle><text x=${x} y=${101.2 - y}>${card.number}</text></a>`;
}

/** @param {import("../board/board.js").Board} board @param {Idea[]} cards @param {Record<string, PositionResult>} places
 * @param {string} x @param {string} y */
function table({ scene }, cards, places, x, y) {
  const round = (/** @type {number} */ n) => Math.round(n ?? 0);
  const row = (/** @type {Idea} */ card) => {
    const at = places[card.id];
    return html`<tr><th scope="row"><a href="#${card.id}">${cardNumber(card, scene.room.number)}</a> ${short(card)}</th>
      <td>${round(at.x)}</td><td>${round(at.y)}</td><td>${round(at.spread)}</td><td>${at.n ?? ""}</td></tr>`;
  };
  return html`<details><summary>${t("plane.table")}</summary><table><thead><tr><th scope="col">${t("card")}</th>
      <th scope="col">${x}</th><th scope="col">${y}</th>
      <th scope="col">${t("plane.spread")}</th><th scope="col">${t("plane.people")}</th></tr></thead>
    <tbody>${[...cards].sort((a, b) => places[b.id].y - places[a.id].y).map(row)}</tbody></table></details>`;
}
