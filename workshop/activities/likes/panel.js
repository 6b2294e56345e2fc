/** Hearts on each card: one more with each tap; when there are no more to give, the next takes them back. */
import { count, t } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import {
  absent, called, cards, edge, elsewhere, given, listed, locked, may, none, put, seen, shares, things, told,
} from "../../../static/js/votes/voting.js";

/** @import { BudgetVote, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{hearts: number}} Result */
/** @typedef {BudgetVote<Result>} Likes */

/** What the seat has left.  @param {Likes} vote @param {Record<string, number>} choices */
const left = (vote, choices) => vote.settings.budget - Object.values(choices).reduce((sum, n) => sum + n, 0);

/** @param {Scene} scene @param {Likes} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const open = may(scene, vote, card);
  const choices = given(scene, vote);
  const mine = choices[card.id] ?? 0;
  const result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const more = left(vote, choices) > 0 && mine < vote.settings.per_item;
  const which = { card: called(scene, card) };
  const label = more || !mine ? t("likes.give", which) : t("likes.take", which);
  const give = () => put(scene, vote, card.id, more ? mine + 1 : 0);
  return html`<div class="vote likes">${open ? html`<button type="button" class=${mine ? "gave" : ""} aria-label=${label}
      ?disabled=${!more && !mine} @click=${give}><span
        aria-hidden="true">${mine ? "♥".repeat(mine) : "♡"}</span></button>` : nothing}
    ${edge(scene, vote, card.id, tells)}</div>`;
}

/** @param {Scene} scene @param {Likes} vote */
export function bar(scene, vote) {
  const n = left(vote, given(scene, vote)), { budget } = vote.settings;
  if (!cards(scene, vote, things(vote)).all) return none(scene, vote);
  return told(scene, vote, { left: n ? count("likes.left", n) : t("likes.none"), n, all: budget,
    rule: shares(scene, vote) });
}

/** What the seat gave to a card.  @param {Likes} _vote @param {number} n */
const gave = (_vote, n) => count("likes", n);

/** The named things, or what was given to cards that are gone.  @param {VoteScene} scene @param {Likes} vote */
export const draw = (scene, vote) => things(vote).length ? listed(scene, vote, { onCard, tells })
  : absent(scene, vote, { gave, tells });

/** What the hearts of a card say, and how they rank it.  @param {Likes} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("likes", result.hearts), rank: result.hearts, parts: [result.hearts] });
