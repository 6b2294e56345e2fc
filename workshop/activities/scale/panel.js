/** Marks for one question of the room, for each card, or for each of a few named things. */
import { colon } from "../../../static/js/shell/colon.js";
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, nothing, svg } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./scale.css";
import {
  absent, bar as waiting, called, counted, counting, edge, elsewhere, figure, given, listed, locked, looking, may, put,
  radios, seen, things, title, undo, voters,
} from "../../../static/js/votes/voting.js";

/** @import { Named, Scene, Votable, VoteOf, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{mean: number, median: number, spread: number, histogram: Record<string, number>,
 *   delegations: number}} Figures */
/** What was answered: by `n` people of the room, or by `seats` for each card; mean, median and spread once somebody has.
 * @typedef {Figures & {n: number, items?: Record<string, Figures & {seats: number}>, ballots: number,
 *   votes?: number}} Answers */
/** @typedef {VoteOf<{from: number, to: number, marks?: Named[], options?: Named[]}, Answers, number>} Scale */

const ROOM = "room"; // the answer is about no card
const ENOUGH = 3; // answers, of which one may say that people agree
wear(rules);

/** @param {Scale} vote */
const ofRoom = ({ settings: { per = ROOM, options = [] } }) => per === ROOM && !options.length;

/** @param {Scale} vote */
const marks = ({ settings: { from, to } }) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Whether each mark has words of its own.  @param {Scale} vote */
const worded = ({ settings: { from, to, marks: words = [] } }) => words.length === to - from + 1;

/** A mark, with its words where each has some.  @param {Scale} vote @param {number} mark */
const named = (vote, mark) => worded(vote) ? `${mark} ${word(vote.settings.marks?.[mark - vote.settings.from].title)}`
  : String(mark);

/** What the ends mean, where only they have words.  @param {Scale} vote */
function ends(vote) {
  const { from, to, marks: [low, high] = [] } = vote.settings;
  return low && high && !worded(vote) ? html`<small class="ends"><span>${from}${colon()}${word(low.title)}</span><span>${
    to}${colon()}${word(high.title)}</span></small>` : nothing;
}

/** @param {Scene} scene @param {Scale} vote @param {string} key @param {string} [about] */
const choose = (scene, vote, key, about = "") => radios(`${vote.id}-${key}`, marks(vote).map((mark) =>
  /** @type {[number, import("../../../static/js/types.js").Drawn]} */ ([mark, html`${named(vote, mark)}<span
    class="unseen"> ${about}</span>`])), given(scene, vote)[key], (mark) => put(scene, vote, key, mark));

/** How many gave each mark, as columns: the numbers beside it say the same in short.
 * @param {Scale} vote @param {Figures} one */
function columns(vote, { histogram }) {
  const all = marks(vote), most = Math.max(...Object.values(histogram));
  return html`<svg class="hist" viewBox=${`0 0 ${all.length * 10} 20`} preserveAspectRatio="none" aria-hidden="true">${
    all.map((mark, i) => {
      const high = Math.floor((20 * (histogram[mark] ?? 0)) / most + .5);
      return svg`<rect x=${i * 10 + 1} y=${20 - high} width="8" height=${high}></rect>`;
    })}</svg>`;
}

/** @param {Scene} scene @param {Scale} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (ofRoom(vote) || elsewhere(vote, card)) return nothing;
  const open = may(scene, vote, card), result = seen(scene, vote)?.items?.[card.id];
  if (!open && !result) return locked(scene, vote, card);
  const words = worded(vote) ? "worded" : "", about = called(scene, card);
  return html`<div class="vote">${open ? html`<fieldset class="one-of scale on ${words}"><legend class="unseen">${
    title(vote)} ${about}</legend>${choose(scene, vote, card.id, about)}${ends(vote)}</fieldset>` : nothing}
    ${result ? columns(vote, result) : nothing}${edge(scene, vote, card.id, tells)}${undo(scene, vote, card)}</div>`;
}

/** @param {Scene} scene @param {Scale} vote */
export function bar(scene, vote) {
  if (!ofRoom(vote))
    return waiting(scene, vote, (wait) => wait ? count("scale.left", wait) : t("scale.none"), true, things(vote));
  return html`<fieldset class="one-of scale ${worded(vote) ? "worded" : ""}"><legend>${title(vote)}</legend>
    ${choose(scene, vote, ROOM)}${ends(vote)}</fieldset>`;
}

/** On what people are closest to each other, and on what furthest apart; nothing of few answers.
 * @param {Scale} vote @param {(key: string) => string} name */
export function about(vote, name) {
  const known = Object.entries(vote.tally?.items ?? {}).filter(([key, { seats }]) => seats >= ENOUGH && name(key))
    .sort(([one, a], [other, b]) => a.spread - b.spread || (name(one) < name(other) ? -1 : 1));
  const [near] = known, far = known[known.length - 1];
  return !near || near[1].spread === far[1].spread ? "" : t("scale.near", { near: name(near[0]), far: name(far[0]),
    least: figure(near[1].spread), most: figure(far[1].spread) });
}

/** @param {VoteScene} scene @param {Scale} vote */
export function draw(scene, vote) {
  const named_ = things(vote);
  if (named_[0]) {
    const name = (/** @type {string} */ key) => {
      const one = named_.find(({ id }) => id === key);
      return one ? called(scene, one) : "";
    };
    return listed(scene, vote, { onCard, tells }, seen(scene, vote) ? about(vote, name) : "");
  }
  if (!ofRoom(vote)) return absent(scene, vote, { gave, tells });
  const tally = seen(scene, vote);
  if (!tally?.n) return looking(scene, vote, marks(vote).map((mark) => named(vote, mark)));
  const { n, delegations, mean, median, spread, histogram } = tally;
  return html`<section class="result ${worded(vote) ? "" : "scale"}"><h2>${title(vote)}</h2>
    <ol>${marks(vote).map((mark) => counted(scene, named(vote, mark), histogram[mark] ?? 0, Object.values(histogram)))}</ol>
    ${ends(vote)}
    <p class="soft">${t("scale.result", { mean: figure(mean), median: figure(median), spread: figure(spread) })}
      ${voters(n, delegations, counting(vote))}</p></section>`;
}

/** The mark that the seat gave to a card.  @param {Scale} vote @param {number} mark */
const gave = (vote, mark) => named(vote, mark);

/** What the marks of a card say, and how they rank it.
 * @param {Scale} _vote @param {Figures & {seats: number}} result */
export const tells = (_vote, { mean, spread }) => ({
  said: `${t("scale.mean", { n: figure(mean) })} · ${t("scale.apart", { n: figure(spread) })}`, rank: mean, parts: [mean],
  also: t("scale.apart", { n: figure(spread) }) });
