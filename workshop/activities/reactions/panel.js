/** Reactions on a card: those that are there, with how many people; the signs with their words when one wants to react. */
import { t } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import { absent, called, given, may as free, put, seen } from "../../../static/js/votes/voting.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "../../../static/css/board/reactions.css";

/** @import { CardVote, Scene, Told, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {keyof typeof SIGNS} Sign */
/** @typedef {{counts: Partial<Record<Sign, number>>}} Result */
/** @typedef {CardVote<object, Result, Sign[]>} Reactions */

wear(rules);

/** What stands on a sign, beside its word. */
const SIGNS = { like: "♥", key: "★", same: "✓", unclear: "?", worry: "!" };
const NAMES = /** @type {Sign[]} */ (Object.keys(SIGNS));

/** @param {Scene} scene @param {Reactions} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  const { ui } = scene, counts = seen(scene, vote)?.items[card.id]?.counts ?? {};
  const mine = given(scene, vote)[card.id] ?? [];
  const may = free(scene, vote, card) && card.kind !== "option" && ui.lets("react", card);
  const choosing = may && ui.reacting === card.id;
  const there = choosing ? NAMES : NAMES.filter((name) => counts[name]);
  if (!there.length) return nothing;
  const turn = (/** @type {Sign} */ name) => {
    ui.reacting = null;
    return put(scene, vote, card.id, mine.includes(name) ? mine.filter((one) => one !== name) : [...mine, name]);
  };
  return html`<div class="reactions ${choosing ? "all" : ""}" role="group"
    aria-label="${t("reactions")} ${called(scene, card)}">
    ${there.map((name) => html`<button type="button" class="chip r-${name}" aria-pressed=${mine.includes(name)}
      ?disabled=${!may} @click=${() => turn(name)}><i aria-hidden="true">${SIGNS[name]}</i> ${
      t(`reaction.${name}`)}${counts[name] ? html` <b>${counts[name]}</b>` : nothing}</button>`)}</div>`;
}

/** The signs of the seat on a card.  @param {Reactions} _vote @param {Sign[]} signs */
const gave = (_vote, signs) => signs.map((sign) => t(`reaction.${sign}`)).join(", ");

/** What was put on cards that are gone.  @param {VoteScene} scene @param {Reactions} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** What was said of a card in signs.  @param {Reactions} _vote @param {Result} result @returns {Told} */
export const tells = (_vote, { counts }) => ({ rank: null,
  parts: NAMES.map((name) => counts[name] ?? 0),
  said: NAMES.filter((name) => counts[name]).map((name) => `${SIGNS[name]} ${counts[name]}`).join(" ") });
