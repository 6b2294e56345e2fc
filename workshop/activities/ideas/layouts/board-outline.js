/** Every layout as headings and lists: for a phone, for paper, and for who has it read aloud. */
import { t, word } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { outline } from "./sections.js";
import { band, levels, titled, tools } from "./levels.js";
import { positions } from "./positions.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "../../../../static/css/board/layouts.css";

export { tools };

wear(rules); // a board of columns comes without them

/** @param {import("../board/board.js").Board} board */
export function draw(board) {
  const { settings, hits } = board;
  const places = settings.layout === "plane" ? positions(board) : {};
  // What hangs from a card that is not shown comes up.
  const cards = hits ? board.all.filter((card) => hits.has(card.id)) : board.all;
  if (settings.layout === "tree")
    return html`<div class="outline">${levels(board, cards).map((level) => html`<section class="part d2">
    <h2 class="shown">${titled(level)}</h2>${band(board, level)}</section>`)}</div>`;
  const sections = outline(settings, cards, places);
  return html`<div class="outline">${sections.length ? sections.map((one, n) => html`<section class="part d${one.depth}">
    ${heading(one)}
    ${one.nodes.length ? board.tree(one.nodes) : sections[n + 1]?.depth === 3 && one.depth === 2 ? nothing : board.empty()}
  </section>`) : board.empty()}</div>`;
}

/** @param {import("./sections.js").Section} section */
function heading({ title, key, depth }) {
  const text = title === null ? t(depth === 2 ? "place.none" : "place.other")
    : key === "placed" && !title ? t("place.placed") : word(title);
  return !text ? nothing : depth === 2 ? html`<h2 class="shown">${text}</h2>` : html`<h3 class="shown">${text}</h3>`;
}
