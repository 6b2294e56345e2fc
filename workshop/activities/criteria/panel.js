/** Marks by several criteria: on each card, or one named thing at a time; of all, a table of means and the order. */
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, icon, nothing } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./criteria.css";
import {
  absent, bar as waiting, called, edge, elsewhere, figure, given, locked, may, put, radios, seen, things, title, undo,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Named, Placed, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{n: number, sum: number}} Mean */
/** @typedef {{marks: Record<string, Mean>, seats: number, delegations: number, score?: number, order?: number, num?: number,
 *   den?: number}} Marked */
/** @typedef {Record<string, number>} Marks what a seat gave to a thing, by criterion */
/** @typedef {CardVote<{from: number, to: number, criteria: (Named & {weight: number})[], options?: Named[]}, Marked, Marks>}
 *   Criteria */

wear(rules);

/** Which of the named things stands on the screen, by vote and seat.  @type {Map<string, number>} */
const places = new Map();

/** Its fieldsets: one criterion each, its marks as wide as a thumb.
 * @param {Scene} scene @param {Criteria} vote @param {Votable} card */
function asks(scene, vote, card) {
  const { from, to, criteria } = vote.settings, mine = given(scene, vote)[card.id] ?? {};
  const marks = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return criteria.map(({ key, title: named, weight }) => html`<p
    class="criterion-name" aria-hidden="true">${
    word(named)}${weight > 1 ? html` · <small>${t("criteria.weight", { n: weight })}</small>` : nothing}</p><fieldset
    class="one-of scale on criterion"><legend class="unseen">${word(named)} ${called(scene, card)}</legend>${
    radios(`${vote.id}-${card.id}-${key}`, marks.map((mark) =>
    /** @type {[number, string]} */ ([mark, String(mark)])), mine[key],
  (mark) => put(scene, vote, card.id, { ...mine, [key]: mark }))}</fieldset>`);
}

/** What a card came to, and a place to give its marks.
 * @param {Scene} scene @param {Criteria} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const open = may(scene, vote, card), result = seen(scene, vote)?.items?.[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const n = Object.keys(given(scene, vote)[card.id] ?? {}).length, all = vote.settings.criteria.length;
  return html`<div class="vote">${open ? html`<details class="criteria"><summary>${t("criteria.mark")} <small>${
    t("criteria.of", { n, all })}</small></summary>${asks(scene, vote, card)}</details>` : nothing}${
    edge(scene, vote, card.id, tells)}${undo(scene, vote, card)}</div>`;
}

/** @param {VoteScene} scene @param {Criteria} vote */
export const bar = (scene, vote) => waiting(scene, vote,
  (wait) => wait ? count("criteria.left", wait) : t("criteria.none"), true, things(vote));

/** One thing at a time, with a way to the next and to the one before.  @param {Scene} scene @param {Criteria} vote */
function stepped(scene, vote) {
  const all = things(vote), key = `${vote.id}/${scene.page.seat?.id}`, at = Math.min(places.get(key) ?? 0, all.length - 1);
  const go = (/** @type {number} */ to) => {
    places.set(key, to);
    scene.redraw();
  };
  const way = (/** @type {number} */ to, /** @type {string} */ words, /** @type {string} */ style) => html`<button
    type="button" class=${style} ?disabled=${to < 0 || to >= all.length} @click=${() => go(to)}>${words}</button>`;
  const mine = given(scene, vote), one = all[at];
  return html`<section class="result criteria-step"><h2>${title(vote)}</h2><p class="soft">${
    t("criteria.of", { n: at + 1, all: all.length })}</p><h3>${called(scene, one)}${
    vote.settings.criteria.every(({ key: criterion }) => criterion in (mine[one.id] ?? {})) ? html` ${icon("check")}`
      : nothing}</h3>${asks(scene, vote, one)}<p class="row">${way(at - 1, t("criteria.back"), "")}${
    way(at + 1, t("criteria.on"), "onward")}</p></section>`;
}

/** The table of means, the first first.  @param {VoteScene} scene @param {Criteria} vote */
function table(scene, vote) {
  const tally = seen(scene, vote);
  if (!tally) return nothing;
  const { criteria } = vote.settings, open = scene.ui.open(vote), named = things(vote);
  const order = (/** @type {Votable} */ { id }) => tally.items[id]?.order ?? 0;
  const rows = open ? named : [...named].sort((a, b) => order(b) - order(a));
  return html`<section class="result"><h2>${title(vote)}</h2><div class="across" tabindex="0" role="group"
    aria-label=${title(vote)}><table class="means"><thead><tr><th scope="col">${t("criteria.weighted")}</th>${criteria.map(
    ({ title: words, weight }) => html`<th scope="col">${
      word(words)}${weight > 1 ? ` ×${weight}` : ""}</th>`)}</tr></thead><tbody>${
    rows.map((one) => {
      const item = tally.items[one.id];
      return html`<tr><th scope="rowgroup" colspan=${criteria.length + 1}>${
        item ? edge(scene, vote, one.id, tells, nothing) : nothing} ${called(scene, one)}</th></tr><tr><td><b>${
        item?.score === undefined ? "–" : figure(item.score)}</b></td>${criteria.map(({ key }) => {
        const of = item?.marks[key];
        return html`<td>${of ? figure(of.sum / of.n) : "–"}</td>`;
      })}</tr>`;
    })}</tbody></table></div><p class="soft">${t("criteria.each")} ${count("voters", tally.ballots)}</p></section>`;
}

/** @param {VoteScene} scene @param {Criteria} vote */
export function draw(scene, vote) {
  if (!things(vote).length) return absent(scene, vote, { gave, tells });
  const mine = scene.page.seat && scene.ui.open(vote) && may(/** @type {Scene} */ (scene), vote, things(vote)[0]);
  return html`${mine ? stepped(/** @type {Scene} */ (scene), vote) : nothing}${table(scene, vote)}`;
}

/** The marks that the seat gave, in words.  @param {Criteria} vote @param {Marks} marks */
const gave = (vote, marks) => vote.settings.criteria.filter(({ key }) => key in marks).map(({ key, title: named }) =>
  `${word(named)} ${marks[key]}`).join(" · ");

/** What a thing came to: its weighted mean, and exactly, where one decimal does not say it.
 * @param {Criteria} _vote @param {Marked} item */
export function tells(_vote, { score, order = 0, num, den }) {
  const exact = num !== undefined && den && 10 % den ? t("criteria.exactly", { fraction: `${num}/${den}` }) : "";
  return { said: score === undefined ? "–" : t("criteria.mean", { n: figure(score) }), rank: order, parts: [score ?? 0],
    ...exact && { also: exact } };
}
