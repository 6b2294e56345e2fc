/** A tree: a band for each level, in it its cards, each with those of the level that hang from it.
 * A tree of problems can be read as one of objectives: other words for its levels, and the cards that were turned over. */
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { band, levels, titled, tools } from "./levels.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-tree.css";

export { tools };

wear(rules);

/** @param {import("../board/board.js").Board} board */
export function draw(board) {
  const { hits } = board;
  const all = hits ? board.all.filter((card) => hits.has(card.id)) : board.all;
  const place = (/** @type {string|null} */ key) => key ? JSON.stringify({ column: key }) : nothing;
  return html`<div class="tree">${levels(board, all).map((level) => html`<section class="level"
    data-place=${place(level.key)}>
      <h2>${titled(level)} <b>${level.nodes.reduce(sum, 0)}</b></h2>${band(board, level)}</section>`)}</div>`;
}

/** @param {number} n @param {import("./sections.js").Node} node @returns {number} */
const sum = (n, { nodes }) => nodes.reduce(sum, n + 1);
