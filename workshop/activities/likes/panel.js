/** Hearts on each card: one more with each tap; when there are no more to give, the next takes them back. */
import { count, t } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";
import { absent, called, cards, each, may, none, put, seen, told } from "../../../static/js/voting.js";

/** What the seat has left.  @param {any} vote @param {Record<string, number>} choices */
const left = (vote, choices) => vote.settings.budget - Object.values(choices).reduce((sum, n) => sum + n, 0);

/** @param {any} scene @param {any} vote @param {any} card */
export function onCard(scene, vote, card) {
  const open = may(scene, vote, card);
  const { choices } = scene.page.myBallot(vote.id);
  const mine = choices[card.id] ?? 0;
  const result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return nothing;
  const more = left(vote, choices) > 0 && mine < vote.settings.per_item;
  const which = { card: called(scene, card) };
  const label = more || !mine ? t("likes.give", which) : t("likes.take", which);
  return html`<div class="vote likes">${open ? html`<button type="button" aria-label=${label} ?disabled=${!more && !mine}
      @click=${() => put(scene, vote, card.id, more ? mine + 1 : 0)}><span aria-hidden="true">${mine ? "♥".repeat(mine) : "♡"}</span></button>` : nothing}
    ${result ? html`<span class="sum">${count("likes", result.hearts)}</span>` : nothing}</div>`;
}

/** @param {any} scene @param {any} vote */
export function bar(scene, vote) {
  const n = left(vote, scene.page.myBallot(vote.id).choices);
  if (!cards(scene, vote).all) return none(scene, vote);
  return told(scene, vote, "votes.given", vote.settings.budget - n, vote.settings.budget, `${n ? count("likes.left", n) : t("likes.none")}${each(scene, vote)}`);
}

/** What the seat gave to a card.  @param {any} _vote @param {number} n */
const gave = (_vote, n) => count("likes", n);

/** What was given to cards that are gone.  @param {any} scene @param {any} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** What the hearts of a card say, and how they rank it.  @param {any} _vote @param {any} result */
export const tells = (_vote, result) => ({ said: count("likes", result.hearts), rank: result.hearts });
