/** Yes, yes with a reservation or no on each card; who does not simply say yes is asked why, and what would change it. */
import { colon } from "../../../static/js/shell/colon.js";
import { count, t } from "../../../static/js/shell/page.js";
import { html, nothing, repeat } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./consent.css";
import {
  absent, bar as waiting, called, gave as option, given, may, onCard as one, picked, put, seen, tells,
} from "../../../static/js/votes/voting.js";

/** @import { Choice, OptionVote, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {Record<string, Record<string, Record<string, number>>>} Reasons {option: {why: {change: people}}} */

export { tells } from "../../../static/js/votes/voting.js";

const LONGEST = 200;
wear(rules);

/** How many cards wait for an answer.  @param {VoteScene} scene @param {OptionVote} vote */
export const bar = (scene, vote) =>
  waiting(scene, vote, (wait) => wait ? count("consent.left", wait) : t("consent.none"));

/** What the seat gave to a card, without the reason.  @param {OptionVote} vote @param {Choice} choice */
const gave = (vote, choice) => option(vote, String(picked(choice)));

/** What was said of cards that are gone.  @param {VoteScene} scene @param {OptionVote} vote */
export const draw = (scene, vote) => absent(scene, vote, { gave, tells });

/** Asks for the reason, and for the change that would lift it.
 * @param {Scene} scene @param {OptionVote} vote @param {Votable} card */
function ask(scene, vote, card) {
  const choice = /** @type {Choice|undefined} */ (given(scene, vote)[card.id]);
  const is = /** @type {string|undefined} */ (picked(choice));
  if (!is || is === vote.settings.options[0].key || !may(scene, vote, card)) return nothing;
  /** @type {{why?: string, change?: string}} */
  const had = typeof choice === "object" && !Array.isArray(choice) ? choice : {};
  const id = `why-${vote.id}-${card.id}`;
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const { elements } = /** @type {HTMLFormElement} */ (event.target);
    const [why, change] = ["why", "change"].map((name) =>
      /** @type {HTMLTextAreaElement} */ (elements.namedItem(name)).value.trim().replace(/\s+/g, " "));
    void put(scene, /** @type {any} */ (vote), card.id,
      why || change ? { is, ...why && { why }, ...change && { change } } : is);
  };
  const field = (/** @type {"why"|"change"} */ name, /** @type {string} */ label) => html`<label for=${`${id}-${name}`}>${
    label}<span class="unseen"> ${called(scene, card)}</span></label><textarea id=${`${id}-${name}`} name=${name} rows="2"
    data-most=${LONGEST} .defaultValue=${had[name] ?? ""}></textarea>`;
  // Fields of each person's own: what one is typing is not for the next on the same device.
  return repeat([scene.page.seat?.id], (seat) => seat, () => html`<form class="why" @submit=${keep}>${
    field("why", t("consent.why"))}${field("change", t("consent.change"))}<button>${
    had.why || had.change ? t("consent.kept") : t("consent.keep")}</button></form>`);
}

/** What people wrote.  @param {VoteScene} scene @param {OptionVote} vote @param {Votable} card */
function reasons(scene, vote, card) {
  const result = /** @type {{reasons?: Reasons}|undefined} */ (seen(scene, vote)?.items[card.id]), all = result?.reasons;
  if (!all) return nothing;
  const lines = Object.entries(all).flatMap(([key, of]) => Object.entries(of).flatMap(([why, changes]) =>
    Object.entries(changes).map(([change, n]) => ({ key, why, change, n }))));
  return html`<details class="reasons"><summary>${t("consent.reasons")} (${lines.length})</summary><ul>${lines.map(
    ({ key, why, change, n }) => html`<li><b>${option(vote, key)}${colon()}</b>${why}${n > 1 ? ` (${n})` : ""}${
      change ? html`<small>${t("consent.by", { what: change })}</small>` : nothing}</li>`)}</ul></details>`;
}

/** @param {Scene} scene @param {OptionVote} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  return html`${one(scene, vote, card, ["✓", "~", "✕"])}${ask(scene, vote, card)}${reasons(scene, vote, card)}`;
}
