/** Dots on each card: how many are mine, one more, one less. */
import { cardNumber, count, t } from "../../static/js/page.js";
import { html, nothing } from "../../static/js/parts.js";

/** @param {Record<string, number>} choices */
const spent = (choices) => Object.values(choices).reduce((sum, n) => sum + n, 0);

/** @param {any} scene @param {any} vote @param {any} card */
export function onCard(scene, vote, card) {
  if (card.waiting) return nothing;
  const { page } = scene;
  const open = scene.ui.open(vote);
  const { choices } = page.myBallot(vote.id);
  const mine = choices[card.id] ?? 0;
  const result = vote.tally?.items?.[card.id];
  const left = vote.settings.budget - spent(choices);
  const give = (/** @type {number} */ points) => page.castBallot(vote.id, { ...choices, [card.id]: points });
  if (!open && !result) return nothing;
  return html`<div class="vote">${mine ? html`<span class="dots" aria-hidden="true">${Array.from({ length: mine }, () => html`<i></i>`)}</span>
      <span>${count("dots.mine", mine)}</span>` : nothing}
    ${result && (!open || vote.settings.reveal === "live") ? html`<span class="sum">${count("points", result.points)}</span>` : nothing}
    ${open && page.seat ? html`<span class="pair"><button type="button" aria-label=${t("dots.less", { card: cardNumber(card, scene.room.number) })} ?disabled=${!mine} @click=${() => give(mine - 1)}>−</button>
      <button type="button" aria-label=${t("dots.more", { card: cardNumber(card, scene.room.number) })} ?disabled=${left < 1 || mine >= vote.settings.per_item} @click=${() => give(mine + 1)}>+</button></span>` : nothing}</div>`;
}

/** What the seat has left, for the bar.  @param {any} scene @param {any} vote */
export function bar(scene, vote) {
  const left = vote.settings.budget - spent(scene.page.myBallot(vote.id).choices);
  return html`<p class="left">${left ? count("dots.left", left) : t("dots.none")}</p>`;
}

/** What the dots of a card say, and how they rank it.  @param {any} _vote @param {any} result */
export const tells = (_vote, result) => ({ said: count("points", result.points), rank: result.points });
