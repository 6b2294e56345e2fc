/** Agree, disagree or pass on each card: word and sign beside the colour. */
import { count, t } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";
import { absent, bar as waiting, may, undo } from "../../../static/js/voting.js";

const CHOICES = /** @type {const} */ ([[1, "agree", "✓"], [-1, "disagree", "✕"], [0, "pass", "–"]]);

/** @param {any} scene @param {any} vote @param {any} card */
export function onCard(scene, vote, card) {
  const open = may(scene, vote, card);
  const { choices } = scene.page.myBallot(vote.id);
  const result = vote.tally?.items?.[card.id];
  if (!open && !result) return nothing;
  return html`<div class="opinions" role="group" aria-label=${t("opinions")}>${CHOICES.map(([value, word, sign]) => html`
    <button type="button" class=${word} ?disabled=${!open} aria-pressed=${choices[card.id] === value}
      @click=${() => scene.page.castBallot(vote.id, { ...scene.page.myBallot(vote.id).choices, [card.id]: value })}>
      <span aria-hidden="true">${sign}</span> ${t(word)} ${result ? html`<b>${result[word]}</b>` : nothing}</button>`)}${undo(scene, vote, card)}</div>`;
}

/** How many cards wait for an opinion.  @param {any} scene @param {any} vote */
export function bar(scene, vote) {
  return waiting(scene, vote, (wait) => wait ? count("opinions.left", wait) : t("opinions.none"), false);
}

/** What the seat thinks of a card.  @param {any} _vote @param {number} value */
const gave = (_vote, value) => t(CHOICES.find(([one]) => one === value)?.[1] ?? "pass");

/** What was said of cards that are gone.  @param {any} scene @param {any} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** What the opinions on a card say, and how they rank it.  @param {any} _vote @param {any} result */
export const tells = (_vote, result) => ({ said: CHOICES.map(([, word, sign]) => `${sign} ${result[word]}`).join(" · "), rank: result.agree - result.disagree });
