/** Points on each card: a number that one writes or moves in steps; what is left stands in the bar. */
import { count, t } from "../../../static/js/shell/page.js";
import { html, icon, nothing } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./points.css";
import {
  absent, called, cards, edge, elsewhere, given, listed, locked, may, none, seen, shares, things, told,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{points: number}} Result */
/** @typedef {CardVote<{budget: number}, Result, number>} Points */

const STEP = 5;
wear(rules);

/** @param {Record<string, number>} choices */
const spent = (choices) => Object.values(choices).reduce((sum, n) => sum + n, 0);

/** @param {Scene} scene @param {Points} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const { page } = scene;
  const open = may(scene, vote, card), result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const which = { card: called(scene, card) }, mine = given(scene, vote)[card.id] ?? 0;
  /** As many as asked for, or as there are left; from what was given until now, not from what is drawn.
   * @param {(now: number) => number} ask */
  const give = (ask) => {
    const now = given(scene, vote), had = now[card.id] ?? 0;
    const points = Math.max(0, Math.min(Math.round(ask(had)) || 0, had + vote.settings.budget - spent(now)));
    if (points !== had) void page.castBallot(vote.id, { ...now, [card.id]: points });
    return points;
  };
  const typed = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    field.value = String(give(() => Number(field.value)));
  };
  /** @param {number} by @param {"minus"|"plus"} sign @param {string} label @param {boolean} off */
  const step = (by, sign, label, off) => html`
    <button type="button" aria-label=${label} ?disabled=${off}
      @click=${() => give((now) => now + by)}>${icon(sign)}</button>`;
  const full = spent(given(scene, vote)) >= vote.settings.budget;
  return html`<div class="vote">${edge(scene, vote, card.id, tells)}
    ${open ? html`<span class="pair ${mine ? "gave" : ""}">${step(-STEP, "minus", t("points.less", which), !mine)}
      <input type="number" class="figure" inputmode="numeric" min="0" max=${vote.settings.budget}
        aria-label=${t("points.mine", which)}
        .value=${String(mine)} @change=${typed}>
      ${step(STEP, "plus", t("points.more", which), full)}</span>` : nothing}</div>`;
}

/** What the seat has left, for the bar.  @param {Scene} scene @param {Points} vote */
export function bar(scene, vote) {
  const { budget } = vote.settings, free = budget - spent(given(scene, vote));
  if (!cards(scene, vote, things(vote)).all) return none(scene, vote, false);
  return told(scene, vote, { left: free ? count("points.left", free) : t("points.all"), n: free, all: budget, named: false,
    rule: shares(scene, vote) });
}

/** What the seat gave to a card.  @param {Points} _vote @param {number} n */
const gave = (_vote, n) => count("points", n);

/** The named things, or what was given to cards that are gone.  @param {VoteScene} scene @param {Points} vote */
export const draw = (scene, vote) => things(vote).length ? listed(scene, vote, { onCard, tells })
  : absent(scene, vote, { gave, tells });

/** What the points of a card say, and how they rank it.  @param {Points} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("points", result.points), rank: result.points, parts: [result.points] });
