/** One of the options; where there are none, one card of the board. */
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import {
  absent, called, cards, counted, edge, given, looking, locked, may, none, radios, rule, seen, title, told,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Named, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{seats: number}} Result */
/** @typedef {CardVote<{options: Named[]}, Result, 1>} Choosing */

/** The only one that is chosen.  @param {VoteScene} scene @param {Choosing} vote @returns {string|undefined} */
const held = (scene, vote) => Object.keys(given(scene, vote))[0];

/** @param {Scene} scene @param {Choosing} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (vote.settings.options.length) return nothing;
  const open = may(scene, vote, card);
  const result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const mine = held(scene, vote) === card.id;
  return html`<div class="vote">${open ? html`<button type="button" class="one ${mine ? "gave" : ""}" aria-pressed=${mine}
      @click=${() => scene.page.castBallot(vote.id, mine ? {} : { [card.id]: 1 })}><i aria-hidden="true"></i>${
      t("choice.this")} <span class="unseen">${called(scene, card)}</span></button>` : nothing}
    ${edge(scene, vote, card.id, tells)}</div>`;
}

/** @param {Scene} scene @param {Choosing} vote */
export function bar(scene, vote) {
  const { options } = vote.settings, chosen = held(scene, vote);
  if (!options.length && !cards(scene, vote).all) return none(scene, vote);
  if (!options.length) return told(scene, vote, { left: t(chosen ? "choice.done" : "choice.card"), n: chosen ? 0 : 1, all: 1,
    rule: rule(scene, vote, {}) });
  return html`<fieldset class="one-of"><legend>${title(vote)}</legend>
    ${radios(vote.id, options.map((option) => [option.key, word(option.title)]), chosen,
      (key) => scene.page.castBallot(vote.id, { [key]: 1 }))}</fieldset>`;
}

/** @param {VoteScene} scene @param {Choosing} vote */
export function draw(scene, vote) {
  const { options } = vote.settings, items = seen(scene, vote)?.items;
  if (!options.length) return absent(scene, vote, { gave: () => t("choice.done"), tells });
  if (!items) return looking(scene, vote, options.map((option) => word(option.title)));
  const counts = options.map((option) => items[option.key]?.seats ?? 0);
  const all = counts.reduce((sum, n) => sum + n, 0), over = !scene.ui.open(vote);
  const order = counts.map((_, i) => i).sort((a, b) => over ? counts[b] - counts[a] : 0);
  return html`<section class="result"><h2>${title(vote)}</h2>
    <ol>${order.map((i) => counted(scene, word(options[i].title), counts[i], counts, over))}</ol>
    <p class="soft">${count("voters", all)}</p></section>`;
}

/** What the choices say of a card, and how they rank it.  @param {Choosing} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("choice.by", result.seats), rank: result.seats, parts: [result.seats] });
