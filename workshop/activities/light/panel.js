/** The traffic light on each card: colour, shape and word. */
import { onCard as one } from "../../static/js/voting.js";

export { bar, tells } from "../../static/js/voting.js";

/** @param {any} scene @param {any} vote @param {any} card */
export function onCard(scene, vote, card) {
  return one(scene, vote, card, ["●", "▲", "■"]);
}
