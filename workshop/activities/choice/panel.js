/** One or several of the options, or an answer in one's own words; where there are none, cards of the board. */
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, icon, nothing, repeat } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./choice.css";
import {
  absent, called, cards, counted, edge, gaveAll, given, looking, locked, may, none, rule, seen, title, told,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Named, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{seats: number}} Result */
/** @typedef {CardVote<{options: Named[], most?: number, own?: boolean}, Result, 1|string>} Choosing */

const OWN = "+", LONGEST = 80; // the key of what one answers in own words
wear(rules);

/** How many one may choose.  @param {Choosing} vote */
const most = (vote) => vote.settings.most ?? 1;

/** What is chosen once a thing is chosen, or no more.
 * @param {VoteScene} scene @param {Choosing} vote @param {string} key @param {1|string} [value] none: no more */
function turn(scene, vote, key, value) {
  const { [key]: was, ...others } = given(scene, vote), n = most(vote);
  if (value && was === undefined && n > 1 && Object.keys(others).length >= n)
    return void scene.page.say(t("choice.full", { n }));
  void scene.page.castBallot(vote.id, { ...n > 1 ? others : value ? {} : others, ...value && { [key]: value } });
}

/** @param {Scene} scene @param {Choosing} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (vote.settings.options.length) return nothing;
  const open = may(scene, vote, card);
  const result = seen(scene, vote)?.items[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const mine = card.id in given(scene, vote);
  return html`<div class="vote">${open ? html`<button type="button" class="one ${mine ? "gave" : ""}" aria-pressed=${mine}
      @click=${() => turn(scene, vote, card.id, mine ? undefined : 1)}><i aria-hidden="true"></i>${
      t("choice.this")} <span class="unseen">${called(scene, card)}</span></button>` : nothing}
    ${edge(scene, vote, card.id, tells)}</div>`;
}

/** What is left to choose, in words.  @param {VoteScene} scene @param {Choosing} vote */
function left(scene, vote) {
  const n = most(vote) - Object.keys(given(scene, vote)).length;
  return n > 0 && most(vote) > 1 ? count("choice.left", n) : t(n > 0 ? "choice.card" : "choice.done");
}

/** A field for another answer, or the answer that was given.  @param {Scene} scene @param {Choosing} vote */
function own(scene, vote) {
  const said = given(scene, vote)[OWN];
  if (said) return html`<div class="own-words gave"><bdi>${said}</bdi><button type="button" aria-label=${
    t("choice.own.back", { what: said })} @click=${() => turn(scene, vote, OWN)}>${icon("close")}</button></div>`;
  const put = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("said"));
    const text = field.value.trim().replace(/\s+/g, " ");
    if (text) turn(scene, vote, OWN, text);
    else field.focus();
  };
  return repeat([scene.page.seat?.id], (id) => id, () => html`<form class="own-words" @submit=${put}><input name="said"
    data-most=${LONGEST} autocomplete="off" aria-label=${t("choice.own")} placeholder=${t("choice.own")}><button>${
    t("choice.own.put")}</button></form>`);
}

/** @param {Scene} scene @param {Choosing} vote */
export function bar(scene, vote) {
  const { options } = vote.settings, chosen = given(scene, vote), n = most(vote), several = n > 1;
  const free = Math.max(0, n - Object.keys(chosen).length);
  if (!options.length && !cards(scene, vote).all) return none(scene, vote);
  const rest = () => told(scene, vote, { left: left(scene, vote), n: free, all: n, rule: rule(scene, vote, {}) });
  if (!options.length) return rest();
  return html`${several ? rest() : nothing}<fieldset class="one-of worded"><legend class=${several ? "unseen" : ""}>${
    title(vote)}</legend>${options.map(({ key, title: words }) => html`<label><input type=${several ? "checkbox" : "radio"}
      class="unseen" name=${vote.id} .checked=${key in chosen} @change=${(/** @type {Event} */ { target }) => {
        const box = /** @type {HTMLInputElement} */ (target);
        turn(scene, vote, key, box.checked ? 1 : undefined);
        box.checked = key in given(scene, vote);
      }}><span>${word(words)}</span></label>`)}
    ${vote.settings.own ? own(scene, vote) : nothing}</fieldset>`;
}

/** @param {VoteScene} scene @param {Choosing} vote */
export function draw(scene, vote) {
  const { options } = vote.settings, tally = seen(scene, vote);
  if (!options.length) return absent(scene, vote, { gave: () => t("choice.done"), tells });
  if (!tally) return looking(scene, vote, options.map((option) => word(option.title)));
  const { others = {} } = /** @type {{others?: Record<string, Result>}} */ (tally);
  const lines = [...options.map((option) => ({ words: word(option.title), n: tally.items[option.key]?.seats ?? 0 })),
    ...Object.entries(others).map(([text, { seats }]) => ({ words: t("choice.quoted", { text }), n: seats }))];
  const counts = lines.map(({ n }) => n), over = !scene.ui.open(vote);
  if (over) lines.sort((a, b) => b.n - a.n);
  return html`<section class="result"><h2>${title(vote)}</h2>
    <ol>${lines.map(({ words, n }) => counted(scene, words, n, counts, over))}</ol>
    <p class="soft">${gaveAll(vote)}</p></section>`;
}

/** What the choices say of a card, and how they rank it.  @param {Choosing} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("choice.by", result.seats), rank: result.seats, parts: [result.seats] });
