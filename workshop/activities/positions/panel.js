/** Where a card stands between the ends of two axes: two sliders on each card; sent when one is let go. */
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import {
  absent, bar as waiting, called, edge, figure, given, locked, may, put, seen, title, undo,
} from "../../../static/js/votes/voting.js";

/** @import { PositionResult, PositionVote, Told, Votable, VoteScene } from "../../../static/js/types.js" */

const SIDES = /** @type {const} */ (["x", "y"]);
const END = 100, MIDDLE = [50, 50]; // of 0 to END

/** @param {VoteScene} scene @param {PositionVote} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  const open = may(scene, vote, card);
  const result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const mine = given(scene, vote)[card.id], place = mine ?? MIDDLE;
  /** @param {number} i @param {Event} event */
  const move = (i, event) => {
    const now = [...(given(scene, vote)[card.id] ?? MIDDLE)];
    now[i] = Number(/** @type {HTMLInputElement} */ (event.target).value);
    return put(scene, vote, card.id, now);
  };
  const middle = html`<button type="button" class="small"
    @click=${() => put(scene, vote, card.id, MIDDLE)}>${t("positions.middle")}</button>`;
  return html`<fieldset class="place"><legend class="unseen">${title(vote)} ${called(scene, card)}</legend>
    ${open ? html`${SIDES.map((side, i) => html`<label><span>${word(vote.settings.axes[side].title)}</span>
      <input type="range" min="0" max="100" .value=${String(place[i])}
        @change=${(/** @type {Event} */ event) => move(i, event)}>
      <b aria-hidden="true">${mine ? place[i] : "–"}</b></label>`)}
      ${mine ? nothing : middle}` : nothing}
    ${result ? html`<p class="vote">${edge(scene, vote, card.id, tells, html`${
      tells(vote, result).said} · ${count("voters", result.n)}`)}</p>` : nothing}${undo(scene, vote, card)}</fieldset>`;
}

/** How many cards have no place yet.  @param {VoteScene} scene @param {PositionVote} vote */
export function bar(scene, vote) {
  return waiting(scene, vote, (wait) => wait ? count("positions.left", wait) : t("positions.none"));
}

/** Where the seat put a card.  @param {PositionVote} vote @param {number[]} place */
const gave = (vote, place) => SIDES.map((side, i) => `${word(vote.settings.axes[side].title)} ${place[i]}`).join(" / ");

/** Where cards were put that are gone.  @param {VoteScene} scene @param {PositionVote} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** Where all together put a card.  @param {PositionVote} vote @param {PositionResult} result @returns {Told} */
export const tells = (vote, result) => ({ rank: null, parts: SIDES.map((side) => result[side]), whole: END,
  said: SIDES.map((side) => `${word(vote.settings.axes[side].title)} ${figure(result[side])}`).join(" · ") });
