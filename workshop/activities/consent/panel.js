/** Yes, yes with a reservation or no on each card. */
import { absent, gave, onCard as one, tells } from "../../../static/js/votes/voting.js";

/** @import { OptionVote, Votable, VoteScene } from "../../../static/js/types.js" */

export { bar, tells } from "../../../static/js/votes/voting.js";

/** What was said of cards that are gone.  @param {VoteScene} scene @param {OptionVote} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** @param {VoteScene} scene @param {OptionVote} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  return one(scene, vote, card, ["✓", "~", "✕"]);
}
