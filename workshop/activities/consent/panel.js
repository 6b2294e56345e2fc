/** Yes, yes with a reservation or no on each card; who does not simply say yes is asked why, and what would change it. */
import { colon } from "../../../static/js/shell/colon.js";
import { count, facts, t, word } from "../../../static/js/shell/page.js";
import { html, nothing, repeat } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./consent.css";
import {
  absent, bar as waiting, called, counted, gave as option, gaveAll, given, looking, may, onCard as one, picked, put, radios,
  seen, tells, title,
} from "../../../static/js/votes/voting.js";

/** @import { Choice, Drawn, OptionVote, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {Record<string, Record<string, Record<string, number>>>} Reasons {option: {why: {change: people}}} */
/** What came of a card, or of an option.  @typedef {{seats?: number, reasons?: Reasons, more?: number}} Answer */

export { tells } from "../../../static/js/votes/voting.js";

const LONGEST = 200, ROOM = "room"; // under this stands an answer that is about no card
wear(rules);

/** @param {OptionVote} vote */
const ofRoom = (vote) => vote.settings.per === ROOM;

/** How many cards wait for an answer, or the answers to what the room is asked.
 * @param {Scene} scene @param {OptionVote} vote */
export const bar = (scene, vote) => ofRoom(vote)
  ? html`<fieldset class="one-of worded"><legend>${title(vote)}</legend>${radios(`${vote.id}-${ROOM}`,
    vote.settings.options.map(({ key, title: words }) => /** @type {[string, Drawn]} */ ([key, html`${word(words)}`])),
    /** @type {string|undefined} */ (picked(given(scene, vote)[ROOM])), (key) => put(scene, vote, ROOM, key))}</fieldset>${
    ask(scene, vote, ROOM, title(vote))}`
  : waiting(scene, vote, (wait) => wait ? count("consent.left", wait) : t("consent.none"));

/** What the seat gave to a card, without the reason.  @param {OptionVote} vote @param {Choice} choice */
const gave = (vote, choice) => option(vote, String(picked(choice)));

/** What the room answered; what was said of cards that are gone.  @param {VoteScene} scene @param {OptionVote} vote */
export function draw(scene, vote) {
  if (!ofRoom(vote)) return absent(scene, vote, { gave, tells });
  const { options } = vote.settings, tally = seen(scene, vote);
  if (!tally) return looking(scene, vote, options.map((one) => word(one.title)));
  const items = /** @type {Record<string, Answer>} */ (/** @type {unknown} */ (tally.items));
  const counts = options.map(({ key }) => items[key]?.seats ?? 0);
  return html`<section class="result"><h2>${title(vote)}</h2><ol>${options.map((one, i) =>
    counted(scene, word(one.title), counts[i], counts, !scene.ui.open(vote)))}</ol>${
    reasons(vote, Object.values(items))}<p class="soft">${gaveAll(vote)}</p></section>`;
}

/** Asks for the reason, and for the change that would lift it.
 * @param {Scene} scene @param {OptionVote} vote @param {string} key @param {string} name of what it is about */
function ask(scene, vote, key, name) {
  const choice = /** @type {Choice|undefined} */ (given(scene, vote)[key]);
  const is = /** @type {string|undefined} */ (picked(choice));
  if (!is || is === vote.settings.options[0].key) return nothing;
  /** @type {{why?: string, change?: string}} */
  const had = typeof choice === "object" && !Array.isArray(choice) ? choice : {};
  const id = `why-${vote.id}-${key}`;
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const { elements } = /** @type {HTMLFormElement} */ (event.target);
    const [why, change] = ["why", "change"].map((field_) =>
      /** @type {HTMLTextAreaElement} */ (elements.namedItem(field_)).value.trim().replace(/\s+/g, " "));
    void put(scene, /** @type {any} */ (vote), key,
      why || change ? { is, ...why && { why }, ...change && { change } } : is);
  };
  const field = (/** @type {"why"|"change"} */ of, /** @type {string} */ label) => html`<label for=${`${id}-${of}`}>${
    label}<span class="unseen"> ${name}</span></label><textarea id=${`${id}-${of}`} name=${of} rows="2"
    data-most=${LONGEST} .defaultValue=${had[of] ?? ""}></textarea>`;
  // Fields of each person's own: what one is typing is not for the next on the same device.
  return repeat([scene.page.seat?.id], (seat) => seat, () => html`<form class="why" @submit=${keep}>${
    field("why", t("consent.why"))}${field("change", t("consent.change"))}<button>${
    had.why || had.change ? t("consent.kept") : t("consent.keep")}</button></form>`);
}

/** What people wrote of a card, or of all that the room could answer.  @param {OptionVote} vote @param {Answer[]} all */
function reasons(vote, all) {
  const lines = all.flatMap((one) => Object.entries(one.reasons ?? {}).flatMap(([key, of]) =>
    Object.entries(of).flatMap(([why, changes]) =>
      Object.entries(changes).map(([change, n]) => ({ key, why, change, n })))));
  const more = all.reduce((sum, one) => sum + (one.more ?? 0), 0);
  if (!lines.length) return nothing;
  return html`<details class="reasons"><summary>${t("consent.reasons")} (${lines.length + more})</summary><ul>${lines.map(
    ({ key, why, change, n }) => html`<li><b>${option(vote, key)}${colon()}</b>${why}${n > 1 ? ` (${n})` : ""}${
      change ? html`<small>${t("consent.by", { what: change })}</small>` : nothing}</li>`)}${more ? html`<li><a
      href="/w/${facts.workshop.id}/votes/${vote.id}">${t("consent.more", { n: more })}</a></li>` : nothing}</ul></details>`;
}

/** @param {Scene} scene @param {OptionVote} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (ofRoom(vote)) return nothing;
  const result = /** @type {Answer|undefined} */ (seen(scene, vote)?.items[card.id]);
  return html`${one(scene, vote, card, ["✓", "~", "✕"])}${may(scene, vote, card)
    ? ask(scene, vote, card.id, called(scene, card)) : nothing}${result ? reasons(vote, [result]) : nothing}`;
}
