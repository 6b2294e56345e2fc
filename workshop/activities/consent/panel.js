/** Yes, yes with a reservation or no on each card. */
import { count, t } from "../../../static/js/shell/page.js";
import { absent, bar as waiting, gave, onCard as one, tells } from "../../../static/js/votes/voting.js";

/** @import { OptionVote, Votable, VoteScene } from "../../../static/js/types.js" */

export { tells } from "../../../static/js/votes/voting.js";

/** How many cards wait for an answer.  @param {VoteScene} scene @param {OptionVote} vote */
export const bar = (scene, vote) =>
  waiting(scene, vote, (wait) => wait ? count("consent.left", wait) : t("consent.none"));

/** What was said of cards that are gone.  @param {VoteScene} scene @param {OptionVote} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** @param {VoteScene} scene @param {OptionVote} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  return one(scene, vote, card, ["✓", "~", "✕"]);
}
