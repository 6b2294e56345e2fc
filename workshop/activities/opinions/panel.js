/** Agree, disagree or pass on each card: word and sign beside the colour. */
import { count, facts, t } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import { absent, bar as waiting, edge, given, locked, may, put, undo } from "../../../static/js/votes/voting.js";

/** @import { CardVote, Told, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{agree: number, disagree: number, pass: number}} Result */
/** @typedef {CardVote<object, Result, number>} Opinions */

const CHOICES = /** @type {const} */ ([[1, "agree", "✓", "s0"], [-1, "disagree", "✕", "s2"], [0, "pass", "–", "s3"]]);

/** @param {VoteScene} scene @param {Opinions} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  const open = may(scene, vote, card), mine = given(scene, vote)[card.id];
  const result = vote.tally?.items?.[card.id];
  if (!open && !result) return locked(scene, vote, card);
  return html`<div class="graded opinions" role="group" aria-label=${t("opinions")}>${
    CHOICES.map(([value, word, sign, tone]) => html`
    <button type="button" class="${word} ${tone}" ?disabled=${!open} aria-pressed=${mine === value}
      @click=${() => put(scene, vote, card.id, value)}>
      <i aria-hidden="true">${sign}</i> ${t(word)} ${
      result ? html`<b>${result[word]}</b>` : nothing}</button>`)}${undo(scene, vote, card)}${
    edge(scene, vote, card.id, tells, nothing)}</div>`;
}

/** How many cards wait for an opinion; whoever has given one finds who answers alike, where that may be seen by now.
 * @param {VoteScene} scene @param {Opinions} vote */
export function bar(scene, vote) {
  const told = vote.settings.reveal !== "close" && Object.keys(given(scene, vote)).length > 0;
  return html`${waiting(scene, vote, (wait) => wait ? count("opinions.left", wait) : t("opinions.none"), false)}${
    told ? html`<p><a class="link" href="/w/${facts.workshop.id}/votes/${vote.id}">${t("opinions.alike")}</a></p>`
      : nothing}`;
}

/** What the seat thinks of a card.  @param {Opinions} _vote @param {number} value */
const gave = (_vote, value) => t(CHOICES.find(([one]) => one === value)?.[1] ?? "pass");

/** What was said of cards that are gone.  @param {VoteScene} scene @param {Opinions} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** What the opinions on a card say, and how they rank it.  @param {Opinions} _vote @param {Result} result @returns {Told} */
export const tells = (_vote, result) => ({
  said: CHOICES.map(([, word]) => `${t(word)} ${result[word]}`).join(" · "), rank: result.agree - result.disagree,
  parts: CHOICES.map(([, word]) => result[word]), tones: [0, 2, 3] });
