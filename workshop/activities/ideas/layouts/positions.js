/** Where the cards of a plane stand: what everybody placed, put together. */

/** @import { PositionResult, PositionVote } from "../../../../static/js/types.js" */

/** By card.  @param {import("../board/board.js").Board} board @returns {Record<string, PositionResult>} */
export function positions({ scene, activity }) {
  const found = /** @type {PositionVote|undefined} */ (scene.page.copy.all("activity", (one) => one.of === "positions"
    && "source" in one.settings && one.settings.source === activity.id)[0]);
  // Where it is opened again, its old result is nobody's.
  const seen = found?.settings.reveal === "live" || !scene.ui.open(found ?? "");
  return seen && found?.tally?.items || {};
}
