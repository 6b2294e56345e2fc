/** Yes, yes with a reservation or no on each card. */
import { absent, gave, onCard as one, tells } from "../../../static/js/voting.js";

export { bar, tells } from "../../../static/js/voting.js";

/** What was said of cards that are gone.  @param {any} scene @param {any} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** @param {any} scene @param {any} vote @param {any} card */
export function onCard(scene, vote, card) {
  return one(scene, vote, card, ["✓", "~", "✕"]);
}
