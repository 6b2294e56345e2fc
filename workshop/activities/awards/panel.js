/** The points n to 1, each given once, with a reason: one taps a value, then what gets it. */
import { count, t } from "../../../static/js/shell/page.js";
import { html, icon, nothing, repeat } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./awards.css";
import {
  absent, called, edge, elsewhere, given, listed, locked, may, none, cards, rule, seen, things, told,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Drawn, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{points: number, why?: string}} Award */
/** @typedef {{points: number, seats: number, reasons?: Record<string, Record<string, number>>}} Result */
/** @typedef {CardVote<{values: number}, Result, Award>} Awards */

const LONGEST = 200;
wear(rules);

/** Which value each seat has in hand, and whether it looks for another to give it to, by "vote/seat".
 * @type {Map<string, {value: number, choosing: boolean}>} */
const hands = new Map();

/** @param {VoteScene} scene @param {Awards} vote */
const at = (scene, vote) => `${vote.id}/${scene.page.seat?.id}`;

/** The values, the highest first.  @param {Awards} vote */
const values = ({ settings }) => Array.from({ length: settings.values }, (_, i) => settings.values - i);

/** {value: key of what has it}.  @param {VoteScene} scene @param {Awards} vote */
const holders = (scene, vote) =>
  new Map(Object.entries(given(scene, vote)).map(([key, { points }]) => [points, key]));

/** The values that are not given.  @param {VoteScene} scene @param {Awards} vote */
function free(scene, vote) {
  const held = holders(scene, vote);
  return values(vote).filter((n) => !held.has(n));
}

/** Gives a value, from whatever had it; none: takes back what the thing has.
 * @param {VoteScene} scene @param {Awards} vote @param {string} key @param {Award} [award] */
function put(scene, vote, key, award) {
  const others = Object.entries(given(scene, vote)).filter(([other, { points }]) =>
    other !== key && points !== award?.points);
  void scene.page.castBallot(vote.id, { ...Object.fromEntries(others), ...award && { [key]: award } });
}

/** The reason for what one gave, asked for under it.
 * @param {VoteScene} scene @param {Awards} vote @param {string} key @param {string} named @param {() => void} [then] */
function ask(scene, vote, key, named, then) {
  const held = given(scene, vote)[key];
  if (!held) return nothing;
  const id = `why-${vote.id}-${key}`;
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (
      /** @type {HTMLFormElement} */ (event.target).elements.namedItem("why"));
    const why = field.value.trim().replace(/\s+/g, " ");
    put(scene, vote, key, { points: held.points, ...why && { why } });
    if (why) then?.();
  };
  // A field of each person's own: what one is typing is not for the next on the same device.
  return repeat([`${scene.page.seat?.id}/${key}`], (of) => of, () => html`<form class="why" @submit=${keep}><label
    for=${id}>${t("awards.why")}<span class="unseen"> ${named}</span></label><textarea id=${id} name="why" rows="2"
    data-most=${LONGEST} .defaultValue=${held.why ?? ""}></textarea><button class="main">${
    held.why ? t("awards.kept") : t("awards.keep")}</button></form>`);
}

/** The values as buttons, each with what has it.
 * @param {VoteScene} scene @param {Awards} vote @param {number} now @param {(n: number) => void} take */
function row(scene, vote, now, take) {
  const held = holders(scene, vote), named = new Map(things(vote).map((one) => [one.id, called(scene, one)]));
  return html`<div class="values" role="group">${values(vote).map((n) => {
    const key = held.get(n), what = key && (named.get(key) ?? "…"), bare = key && !given(scene, vote)[key].why;
    return html`<button type="button" class=${`${key ? "gave" : ""} ${bare ? "bare" : ""}`} aria-pressed=${n === now}
      aria-label=${what ? t("awards.value", { n, card: what }) : t("awards.free", { n })} @click=${() => take(n)}><b>${
      n}</b>${key && !bare ? icon("check") : nothing}</button>`;
  })}</div>`;
}

/** What one gives, a value at a time.  @param {VoteScene} scene @param {Awards} vote */
function ballot(scene, vote) {
  const key = at(scene, vote), left = free(scene, vote);
  const hand = hands.get(key) ?? { value: left[0] ?? vote.settings.values, choosing: false };
  const take = (/** @type {number} */ value, choosing = false) => {
    hands.set(key, { value, choosing });
    scene.redraw();
  };
  const held = holders(scene, vote).get(hand.value), next = left.find((n) => n !== hand.value);
  const has = things(vote).find(({ id }) => id === held);
  const onward = next === undefined ? undefined : () => take(next);
  return html`<section class="awards">${row(scene, vote, hand.value, (n) => take(n))}${
    has && !hand.choosing ? html`<div class="awarded"><p><b class="points">${hand.value}</b> <b>${called(scene, has)}</b></p>
    ${ask(scene, vote, has.id, called(scene, has), onward)}
    <p class="row"><button type="button" class="small" @click=${() => take(hand.value, true)}>${t("awards.another")}</button>
    <button type="button" class="small" @click=${() => put(scene, vote, has.id)}>${t("awards.back")}</button></p>
    ${onward ? html`<button type="button" class="wide" @click=${onward}>${t("awards.next", { n: next })}</button>`
      : nothing}</div>`
    : html`<h3>${count("awards.give", hand.value)}</h3><ul class="picking">${things(vote).map((one) => {
      const had = given(scene, vote)[one.id], why = had?.why;
      return html`<li><button type="button" class=${had ? "gave" : ""} @click=${() => {
        hands.set(key, { value: hand.value, choosing: false });
        put(scene, vote, one.id, { points: hand.value, ...why && { why } });
        scene.redraw();
      }}><span>${called(scene, one)}</span>${had ? html`<small>${t("awards.has", { n: had.points })}</small>`
        : nothing}</button></li>`;
    })}</ul>`}</section>`;
}

/** The reasons that were given for a thing.  @param {VoteScene} scene @param {Awards} vote @param {string} key */
function reasons(scene, vote, key) {
  const all = seen(scene, vote)?.items[key]?.reasons;
  if (!all) return nothing;
  const lines = Object.entries(all).flatMap(([n, of]) =>
    Object.entries(of).map(([why, people]) => ({ n: Number(n), why, people })));
  lines.sort((a, b) => b.n - a.n);
  return html`<details class="reasons"><summary>${t("awards.reasons")} (${lines.length})</summary><ul>${lines.map(
    ({ n, why, people }) => html`<li><b>${n}</b> ${why}${people > 1 ? ` (${people})` : ""}</li>`)}</ul></details>`;
}

/** @param {Scene} scene @param {Awards} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const result = seen(scene, vote)?.items[card.id];
  if (card.kind === "option")
    return html`<div class="vote">${edge(scene, vote, card.id, tells)}</div>${reasons(scene, vote, card.id)}`;
  const open = may(scene, vote, card), mine = given(scene, vote)[card.id], named = called(scene, card);
  if (!open && !result) return locked(scene, vote, card);
  const turn = (/** @type {number} */ n) =>
    put(scene, vote, card.id, mine?.points === n ? undefined : { points: n, ...mine?.why && { why: mine.why } });
  return html`<div class="vote">${edge(scene, vote, card.id, tells)}${open ? html`<div class="values" role="group">${
    values(vote).map((n) => html`<button type="button" class=${mine?.points === n ? "gave" : ""}
      aria-pressed=${mine?.points === n} aria-label=${t("awards.value", { n, card: named })} @click=${() => turn(n)}><b>${
      n}</b></button>`)}</div>${ask(scene, vote, card.id, named)}` : nothing}</div>${reasons(scene, vote, card.id)}`;
}

/** What is not given yet, and what has no reason.  @param {VoteScene} scene @param {Awards} vote */
export function bar(scene, vote) {
  const named = things(vote);
  if (!cards(scene, vote, named).all) return none(scene, vote, false);
  const left = free(scene, vote), bare = Object.values(given(scene, vote)).filter((one) => !one.why).length;
  const said = [left.length ? t("awards.left", { list: left.join(", ") }) : t("awards.all"),
    bare ? t("awards.bare", { n: bare }) : ""].filter(Boolean).join(" · ");
  return told(scene, vote, { left: said, n: left.length, all: vote.settings.values, named: !named.length,
    rule: `${t("awards.rule")} ${rule(scene, vote, {})}` });
}

/** What the seat gave to a card.  @param {Awards} _vote @param {Award} award */
const gave = (_vote, award) => count("points", award.points);

/** The ballot and the result of a vote on named things, or what was given to cards that are gone.
 * @param {VoteScene} scene @param {Awards} vote @returns {Drawn} */
export function draw(scene, vote) {
  if (!things(vote).length) return absent(scene, vote, { gave, tells });
  const asks = scene.page.seat && scene.ui.open(vote);
  return html`${asks ? ballot(scene, vote) : nothing}${
    seen(scene, vote) ? listed(scene, vote, { onCard, tells }) : nothing}`;
}

/** What the points of a card say, and how they rank it.  @param {Awards} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("points", result.points), rank: result.points, parts: [result.points] });
