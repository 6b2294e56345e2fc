/** Dots on each card: how many are mine, one more, one less. */
import { count, later, t } from "../../../static/js/shell/page.js";
import { html, icon, nothing } from "../../../static/js/shell/parts.js";
import {
  absent, called, cards, edge, elsewhere, given, listed, locked, may, none, rule, seen, shares as shared, things, told,
} from "../../../static/js/votes/voting.js";

/** @import { BudgetVote, Page, Told, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{points: number}} Result */
/** @typedef {BudgetVote<Result> & {settings: {budget_of?: "seat"|"delegation"}}} Dots */

/** @param {Record<string, number>} choices */
const spent = (choices) => Object.values(choices).reduce((sum, n) => sum + n, 0);

/** The delegation whose budget it is, if it is one's.  @param {Page} page @param {Dots} vote */
const shares = (page, vote) => vote.settings.budget_of === "delegation" && page.seat?.delegation;

/** What the server knows of the ballot of a seat, or of a delegation.
 * @param {Page} page @param {Dots} vote @param {string|false|null|undefined} owner */
const known = (page, vote, owner) =>
  /** @type {Record<string, number>} */ (page.ballots.get(`${vote.id}/${owner}`)?.choices ?? {});

/** What the seat can still give.  Of a budget that is its delegation's, what the others have given is gone; what the server
 * knows of its own ballot is in both.  @param {VoteScene} scene @param {Dots} vote */
function left(scene, vote) {
  const { page } = scene, all = known(page, vote, shares(page, vote)).spent;
  return vote.settings.budget - spent(given(scene, vote)) - (all ? all - spent(known(page, vote, page.seat?.id)) : 0);
}

/** @param {VoteScene} scene @param {Dots} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const { page } = scene, { budget, per_item: limit } = vote.settings;
  const open = may(scene, vote, card), which = { card: called(scene, card) };
  const mine = given(scene, vote)[card.id] ?? 0;
  const result = seen(scene, vote)?.items[card.id];
  /** From what was given until now, not from what is drawn: two taps may come in one moment.  @param {number} by */
  const give = (by) => {
    const now = given(scene, vote), points = (now[card.id] ?? 0) + by;
    if (points >= 0 && points <= limit && (by < 0 || left(scene, vote) > 0))
      void page.castBallot(vote.id, { ...now, [card.id]: points });
  };
  // What others of the delegation give does not draw the card anew, so that it is looked at when it is tapped.
  const more = () => shares(page, vote) && left(scene, vote) < 1
    ? void page.refused({ code: "over_shared", values: { limit: budget, left: 0 } }) : give(1);
  if (!open && !result) return locked(scene, vote, card);
  const full = mine >= limit, spentAll = !shares(page, vote) && left(scene, vote) < 1;
  /** A card that has all that one may have says so when more is wanted. */
  const most = () => later("dots.full", scene.redraw) && page.say(t("dots.full", { n: limit }));
  return html`<div class="vote">${edge(scene, vote, card.id, tells)}
    ${open ? html`<span class="pair ${mine ? "gave" : ""}"><button type="button" aria-label=${t("dots.less", which)}
        ?disabled=${!mine} @click=${() => give(-1)}>${icon("minus")}</button>
      <b>${mine ? html`<span class="unseen">${count("dots.mine", mine)}</span>` : nothing}<span
        aria-hidden="true">${mine}</span></b>
      <button type="button" aria-label=${t("dots.more", which)} ?disabled=${spentAll} aria-disabled=${full}
        @click=${full ? most : more}>${icon("plus")}</button></span>` : nothing}</div>`;
}

/** What the seat has left, for the bar.  @param {VoteScene} scene @param {Dots} vote */
export function bar(scene, vote) {
  const { page } = scene, { budget: all, per_item: n } = vote.settings, free = left(scene, vote);
  const together = shares(page, vote);
  if (!together && !cards(scene, vote, things(vote)).all) return none(scene, vote, false);
  const says = together ? t("dots.shared", { n: all - free, all }) : free ? count("dots.left", free) : t("dots.none");
  return told(scene, vote, { left: says, n: free, all, named: false, rule: !together ? shared(scene, vote)
    : rule(scene, vote, { "rule.together": { n: all }, ...n < all && { "rule.most": { n } } }) });
}

/** What the seat gave to a card.  @param {Dots} _vote @param {number} n */
const gave = (_vote, n) => count("points", n);

/** The named things, or what was given to cards that are gone.  @param {VoteScene} scene @param {Dots} vote */
export const draw = (scene, vote) => things(vote).length ? listed(scene, vote, { onCard, tells })
  : absent(scene, vote, { gave, tells });

/** What the dots of a card say, and how they rank it.  @param {Dots} _vote @param {Result} result @returns {Told} */
export const tells = (_vote, result) => ({
  said: count("points", result.points), rank: result.points, parts: [result.points] });
