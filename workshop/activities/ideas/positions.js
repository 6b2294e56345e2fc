/** Where the cards of a plane stand: what everybody placed, put together. */

/** @param {import("./board.js").Board} board @returns {Record<string, {x: number, y: number, spread: number, n: number}>} by card */
export function positions({ scene, activity }) {
  const found = scene.page.copy.all("activity", (one) => one.of === "positions" && one.settings.source === activity.id)[0];
  const seen = found?.settings.reveal === "live" || !scene.ui.open(found ?? ""); // where it is opened again, its old result is nobody's
  return seen && found?.tally?.items || {};
}
