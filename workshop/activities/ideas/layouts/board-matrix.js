/** A matrix: rows down the side, columns across, and apart what has no place in it yet. */
import { t, word } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { table } from "./crossed.js";
import { rows } from "./sections.js";

/** @import { Named } from "../../../../static/js/types.js" */

/** @param {import("../board/board.js").Board} board */
export function draw(board) {
  const { settings, all } = board;
  const named = (/** @type {Named} */ { key, title }) => ({ key, title: word(title) });
  const down = rows(settings, all).map(named), across = settings.columns.map(named);
  if (all.some((card) => !card.place?.row)) down.push({ key: "", title: t("place.none") });
  if (all.some((card) => !card.place?.column)) across.push({ key: "", title: t("place.none") });
  return html`${table(board, t("board"), down, across, (card) => card.place?.row ?? "",
      (card) => card.place?.column ?? "", ["row", "column"])}
    ${all.length ? nothing : board.empty()}`;
}
