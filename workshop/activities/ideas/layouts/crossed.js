/** A table of cards: headings down the side and across the top. */
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-table.css";

/** @import { Idea } from "../../../../static/js/types.js" */

wear(rules);

/**
 * @param {import("../board/board.js").Board} board @param {string} label
 * @param {{key: string, title: string}[]} rows @param {{key: string, title: string}[]} columns
 * @param {(card: Idea) => string} row the key of a card's row @param {(card: Idea) => string} column and of its column
 * @param {[string, string]} sides what the keys of a row and of a column are called in a card's place @param {string} [kind]
 */
export function table(board, label, rows, columns, row, column, sides, kind = "") {
  /** @type {Map<string, Map<string, Idea[]>>} */
  const cells = new Map();
  for (const card of board.all) {
    const line = cells.get(row(card)) ?? cells.set(row(card), new Map()).get(row(card));
    const cell = line?.get(column(card));
    if (cell) cell.push(card);
    else line?.set(column(card), [card]);
  }
  const sum = (/** @type {string} */ key) =>
    [...cells.values()].reduce((n, line) => n + board.count(line.get(key) ?? []), 0);
  const place = (/** @type {string} */ down, /** @type {string} */ across) =>
    JSON.stringify({ ...down && { [sides[0]]: down }, ...across && { [sides[1]]: across } });
  const line = (/** @type {string} */ key) => columns.map((c) => html`
      <td data-place=${place(key, c.key)}>${board.list(cells.get(key)?.get(c.key) ?? [], undefined, true)}</td>`);
  return html`<div class="wide" role="region" tabindex="0" aria-label=${label}><table class="crossed ${kind}">
    <thead><tr><td></td>${columns.map(({ key, title }) => html`<th scope="col">${title} <b>${sum(key) || nothing}</b></th>`)}
    </tr></thead>
    <tbody>${rows.map(({ key, title }) => html`<tr><th scope="row">${title}</th>${line(key)}</tr>`)}</tbody></table></div>`;
}
