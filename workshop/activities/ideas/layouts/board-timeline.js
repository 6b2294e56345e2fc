/** A timeline: the dates go down the page, the lanes stand side by side, and what has no date stands apart. */
import { t, word } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { table } from "./crossed.js";
import { dates } from "./sections.js";

/** @param {import("../board/board.js").Board} board */
export function draw(board) {
  const { settings, all } = board;
  const lanes = (settings.lanes ?? []).map(({ key, title }) => ({ key, title: word(title) }));
  if (!lanes.length || all.some((card) => !card.place?.lane))
    lanes.push({ key: "", title: lanes.length ? t("place.no_lane") : t("board") });
  const down = dates(all);
  if (all.some((card) => !card.place?.at)) down.push({ key: "", title: t("place.undated") });
  return html`${table(board, t("board"), down, lanes, (card) => card.place?.at ?? "",
      (card) => card.place?.lane ?? "", ["at", "lane"], "dated")}
    ${all.length ? nothing : board.empty()}`;
}
