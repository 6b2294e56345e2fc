/** What is to be paid from one sum: things with their costs to tick; what came of it by votes and by equal shares. */
import { count, facts, t, word } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./budget.css";
import { counted, given, looking, none, rule, seen, title, told } from "../../../static/js/votes/voting.js";

/** @import { CardVote, Named, Scene, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{chosen: Record<string, number>, left: number, lots?: Record<string, 1>, added?: Record<string, 1>}} Side */
/** @typedef {{seats: number}} Result */
/** @typedef {Named & {cost: number}} Costly */
/** @typedef {{options: Costly[], total: number, currency?: string, most?: number, within?: boolean}} Settings */
/** @typedef {CardVote<Settings, Result, 1>} Budget */

// Thousands apart in every language, as the server writes them.
const grouped = new Intl.NumberFormat(facts.language,
  /** @type {Intl.NumberFormatOptions} */ (/** @type {unknown} */ ({ useGrouping: "always" })));
wear(rules);

/** A sum with its currency.  @param {Budget} vote @param {number} n */
const money = ({ settings: { currency } }, n) => [grouped.format(n), currency].filter(Boolean).join(" ");

/** What those of the things cost.  @param {Budget} vote @param {object} chosen */
const cost = ({ settings: { options } }, chosen) =>
  options.reduce((sum, one) => sum + (one.key in chosen ? one.cost : 0), 0);

/** One thing more, or one fewer; says why not.  @param {VoteScene} scene @param {Budget} vote @param {Costly} one */
function turn(scene, vote, one) {
  const { [one.key]: was, ...others } = given(scene, vote), { most, within, total } = vote.settings;
  const over = cost(vote, others) + one.cost - total;
  if (!was && within && over > 0) return scene.page.say(t("budget.over", { n: money(vote, over) }));
  if (!was && most && Object.keys(others).length >= most) return scene.page.say(t("budget.most", { n: most }));
  return void scene.page.castBallot(vote.id, was ? others : { ...others, [one.key]: 1 });
}

/** The things, each with its cost, and what is left.  @param {Scene} scene @param {Budget} vote */
export function bar(scene, vote) {
  const { options, total, most, within } = vote.settings, chosen = given(scene, vote);
  if (!options.length) return none(scene, vote);
  const spent = cost(vote, chosen), n = within ? total - spent : spent;
  return html`${told(scene, vote, {
    left: within ? t("budget.left", { n: grouped.format(n), all: money(vote, total) })
      : t("budget.chosen", { n: grouped.format(n), all: money(vote, total) }),
    n: Math.min(n, total), all: Math.max(total, 13), named: false, rule: rule(scene, vote, {
      ...within && { "rule.fits": {} }, ...most && { "rule.things": { n: most } },
      ...!within && !most && { "rule.worth": {} } }) })}
    <fieldset class="one-of worded costly"><legend class="unseen">${title(vote)}</legend>${options.map((one) => html`<label>
      <input type="checkbox" class="unseen" name=${vote.id} .checked=${one.key in chosen} @change=${
        (/** @type {Event} */ { target }) => {
          turn(scene, vote, one);
          /** @type {HTMLInputElement} */ (target).checked = one.key in given(scene, vote);
        }}><span>${word(one.title)} <b>${money(vote, one.cost)}${one.cost > total
          ? html` <small>${t("budget.too_much")}</small>` : nothing}</b></span></label>`)}</fieldset>`;
}

/** What one of the rules gives.  @param {Budget} vote @param {string} named @param {Side} side */
function listed(vote, named, side) {
  const { options, total } = vote.settings, at = (/** @type {Costly} */ { key }) => side.chosen[key];
  const inside = options.filter(at).sort((a, b) => at(a) - at(b));
  return html`<section><h3>${named}</h3>${inside.length ? html`<ol>${inside.map((one) => html`<li><span>${word(one.title)}${
    one.key in (side.lots ?? {}) ? html` <small>(${t("budget.lot")})</small>` : nothing}${
    one.key in (side.added ?? {}) ? html` <small>(${t("budget.added")})</small>` : nothing}</span> <b>${
    grouped.format(one.cost)}</b></li>`)}</ol>` : html`<p>${t("budget.nothing.in")}</p>`}
    <p class="soft">${t("budget.paid", { n: grouped.format(total - side.left), all: money(vote, total) })}</p></section>`;
}

/** Both results side by side, then the votes.  @param {VoteScene} scene @param {Budget} vote */
export function draw(scene, vote) {
  const { options } = vote.settings, tally = seen(scene, vote);
  if (!tally) return looking(scene, vote, options.map((one) => word(one.title)));
  const { sides } = /** @type {{sides?: {votes: Side, shares: Side}}} */ (tally);
  const n = (/** @type {Costly} */ { key }) => tally.items[key]?.seats ?? 0, counts = options.map(n);
  const all = [...options].sort((a, b) => n(b) - n(a)).map((one) =>
    counted(scene, `${word(one.title)} · ${money(vote, one.cost)}`, n(one), counts));
  return html`<section class="result budgeted"><h2>${title(vote)}</h2>${sides ? html`<div class="sides">${
    listed(vote, t("budget.votes"), sides.votes)}${listed(vote, t("budget.shares"), sides.shares)}</div>
    <details><summary>${t("budget.all")}</summary><ol>${all}</ol></details>` : html`<ol>${all}</ol>`}
    <p class="soft">${count("voters", tally.ballots)}</p></section>`;
}

/** What the votes say of a thing, and how they rank it.  @param {Budget} _vote @param {Result} result */
export const tells = (_vote, result) => ({
  said: count("budget.by", result.seats), rank: result.seats, parts: [result.seats] });
