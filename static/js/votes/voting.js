/** What the panels of votes share: the name of a vote, whether its result may be seen, what may be chosen, one of several,
 * what was given to what is here no more, rows of a result. */
import { http } from "../line/line.js";
import { colon } from "../shell/colon.js";
import { cardNumber, count, facts, later, t, word } from "../shell/page.js";
import { html, icon, nothing, svg } from "../shell/parts.js";
import { barred } from "./may-vote.js";

/** @import { Choice, Drawn, Named, OptionVote, Placed, Says, Scene, Told } from "../types.js" */
/** @import { Votable, Vote, VoteOf, VoteScene } from "../types.js" */

const ABOUT_ALL = ["room", "words"]; // keys of what is about no card
const DOTS = 12; // so many can be counted at a glance

/** @param {Vote} vote */
export const title = (vote) => [word(vote.settings.title) || vote.title || t(`vote.${vote.of}`),
  (vote.round ?? 1) > 1 && t("vote.round", { n: vote.round })].filter(Boolean).join(" · ");

/** The tally where it may be seen now; a vote that is open again keeps its old one to itself.
 * @template {Vote} V @param {VoteScene} scene @param {V} vote @returns {V["tally"]} */
export const seen = (scene, vote) =>
  vote.tally && (!scene.ui.open(vote) || vote.settings.reveal === "live") ? vote.tally : soFar(scene, vote);

const FRESH_MS = 10000; // what a vote came to so far is asked for again at the next drawing after that

/** What was answered to a device that has voted, by vote and seat; `rev` of the ballot with which it asked.
 * @type {Map<string, {rev: number, at: number, tally: any}>} */
const answers = new Map();

/** What a vote came to so far that is hidden from those who have not voted: no card has it, whoever has asks.
 * @template {Vote} V @param {VoteScene} scene @param {V} vote @returns {V["tally"]} */
function soFar({ page, ui, redraw }, vote) {
  const key = `${vote.id}/${page.seat?.id}`, ballot = page.ballots.get(key);
  if (vote.settings.reveal !== "voted" || !ui.open(vote) || !ballot || !Object.keys(ballot.choices).length) return null;
  const held = answers.get(key);
  if (held?.rev === ballot.rev && Date.now() - held.at < FRESH_MS) return held.tally;
  const asked = { rev: ballot.rev, at: Date.now(), tally: held?.tally ?? null };
  answers.set(key, asked);
  void http(`/w/${facts.workshop.id}/votes/${vote.id}/now?seat=${page.seat?.id}`).then(({ tally }) => {
    asked.tally = tally ?? null;
    redraw();
  }, () => undefined);
  return asked.tally;
}

/** A number with at most one decimal.  @param {number} n */
export const figure = (n) => new Intl.NumberFormat(facts.language, { maximumFractionDigits: 1 }).format(n);

/** What the seat has chosen.  @template C @param {VoteScene} scene @param {VoteOf<object, object, C>} vote
 * @returns {Record<string, C>} */
export const given = (scene, vote) => /** @type {Record<string, C>} */ (scene.page.myBallot(vote.id).choices);

/** The seat's ballot with one more choice.  @template {Choice} C @param {VoteScene} scene
 * @param {VoteOf<object, object, C>} vote @param {string} key @param {C} value */
export const put = (scene, vote, key, value) => scene.page.castBallot(vote.id, { ...given(scene, vote), [key]: value });

/** What a card, a group or a named thing is called.  @param {VoteScene} scene @param {Votable} card */
export const called = (scene, card) => card.kind === "option" ? word(card.title)
  : card.kind === "group" ? card.body.text : cardNumber(card, scene.room.number);

/** The named things that a vote is on instead of cards.  @param {Vote & {settings: {options?: Named[]}}} vote
 * @returns {Votable[]} */
export const things = (vote) => (vote.settings.options ?? []).map(({ key, title: named }) =>
  ({ kind: "option", id: key, title: named }));

/** Whether a vote is on named things, and this is a card.  @param {Vote} vote @param {Votable} card */
export const elsewhere = (vote, card) => things(vote).length > 0 && card.kind !== "option";

/** The named things, each with what is chosen on it and what came of it, as they were named, or the first first when the
 * vote is over.  @template {Vote} V @param {VoteScene} scene @param {V & {settings: {options?: Named[]}}} vote
 * @param {{onCard(scene: Scene, vote: V, card: Votable): Drawn, tells?: Says["tells"]}} panel
 * @param {Drawn} [about] all of them */
export function listed(scene, vote, { onCard: each, tells: told }, about = nothing) {
  const tally = seen(scene, vote), open = scene.ui.open(vote), items = tally?.items ?? {};
  if (!open && !tally) return nothing;
  const rank = (/** @type {Votable} */ { id }) => items[id] && told ? told(vote, items[id]).rank ?? 0 : -1e9;
  const all = things(vote);
  if (!open) all.sort((a, b) => rank(b) - rank(a));
  return html`<section class="result things"><h2>${title(vote)}</h2><ul>${all.map((one) => html`<li class="thing"><b
    class="named">${called(scene, one)}</b>${each(/** @type {Scene} */ (scene), vote, one)}</li>`)}</ul>${
    tally?.ballots ? html`<p class="soft">${about}${about === nothing ? "" : " "}${
      gaveAll(vote)}</p>` : nothing}</section>`;
}

/** How large a word stands in a cloud: five sizes.  @param {number} n @param {number} most */
export const size = (n, most) => `z${most > 1 ? 1 + Math.round(4 * Math.sqrt((n - 1) / (most - 1))) : 2}`;

/** Whether ideas are here that the first view left out: then what is not here may still be on the board.
 * @param {VoteScene} scene */
export const partly = ({ page, room }) => Object.values(page.copy.earlier.get(room.stream) ?? {}).some((n) => n > 0);

/** Whether a card is shown under the one that it went into.  @param {VoteScene} scene @param {Votable} card */
const under = (scene, card) => card.kind !== "option" && card.into
  && (scene.page.copy.get(card.into) || (!scene.page.copy.cards.has(card.into) && partly(scene)));

/** What people may choose in a vote: the cards that stand for themselves; where it is about groups, those that have cards,
 * and the cards in none.  @param {VoteScene} scene @param {Vote} vote @returns {Set<string>} */
export function candidates(scene, vote) {
  const { copy } = scene.page, ids = new Set();
  for (const card of copy.all("idea", (one) => one.activity === vote.settings.source && !one.hidden && !under(scene, one)))
    ids.add(vote.settings.per === "group" && copy.get(card.group) ? card.group : card.id);
  return ids;
}

/** Whether the seat may choose on this card now: it can be chosen, or the seat has chosen it and may take that back.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable} card */
export const may = (scene, vote, card) => Boolean(scene.page.seat && scene.ui.open(vote) && !kept(scene, vote, card)
  && (card.kind === "option" || (!card.waiting && !excluded(scene, vote, card)
    && (card.id in given(scene, vote) || fresh(scene, vote, card)))));

/** Whether the step lets everybody choose among their own ideas only, and this is another's.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable|undefined} card */
const excluded = ({ page, room }, vote, card) => room.now?.may?.vote === "own" && !vote.settings.always
  && card?.kind !== "option" && card?.mine !== page.seat?.id;

/** Whether the rules of the vote let nobody choose what they have written, and this is the seat's own, or let others vote.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable|undefined} card */
const kept = ({ page: { seat } }, vote, card) => Boolean(barred(vote, seat)) || (vote.settings.rules?.own === false
  && card?.kind !== "option" && card?.mine === seat?.id);

/** Why one cannot choose on a card, in place of buttons.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable|undefined} card */
export const locked = (scene, vote, card) => scene.page.seat && scene.ui.open(vote) && excluded(scene, vote, card)
  ? html`<span class="locked">${icon("lock")} ${later("vote.locked", scene.redraw)}</span>` : nothing;

/** Whether the card can be chosen by who has not chosen it.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable} card */
const fresh = (scene, vote, card) => card.kind !== "option" && !card.hidden && !under(scene, card)
  && (vote.settings.per === "group" ? card.kind === "group" || !scene.page.copy.get(card.group) : card.kind !== "group");

/** A way to take back what the seat has chosen on a card that stands for itself no more.
 * @param {VoteScene} scene @param {Vote} vote @param {Votable} card */
export const undo = (scene, vote, card) =>
  card.kind !== "option" && may(scene, vote, card) && !fresh(scene, vote, card) && later("vote.absent.back", scene.redraw)
    ? html`<button type="button" class="small"
      @click=${() => scene.page.castBallot(vote.id, without(scene, vote, (key) => key === card.id))}>
      ${t("vote.absent.back")} <span class="unseen">${called(scene, card)}</span></button>` : nothing;

/** The seat's ballot without some of it.
 * @param {VoteScene} scene @param {Vote} vote @param {(key: string) => boolean} out */
const without = (scene, vote, out) => Object.fromEntries(Object.entries(given(scene, vote)).filter(([key]) => !out(key)));

/** Whether what was chosen under this key is known to stand on the board no more.
 * @param {VoteScene} scene @param {Vote} vote @param {string} key */
function gone(scene, vote, key) {
  const { copy } = scene.page, card = copy.get(key);
  if (ABOUT_ALL.includes(key) || things(vote).some(({ id }) => id === key)) return false;
  if (card?.kind === "group")
    return !partly(scene) && !copy.all("idea", (one) => one.group === key && !under(scene, one)).length;
  if (card) return card.kind !== "idea" || card.activity !== vote.settings.source;
  return copy.cards.has(key) || !partly(scene);
}

/** That a vote is on, for who has no seat and so only looks.
 * @param {VoteScene} scene @param {Vote} vote @param {(string|number)[]} [options] of it */
export const looking = ({ page, ui }, vote, options = []) => page.seat || !ui.open(vote) || vote.settings.always ? nothing
  : html`<p class="left">${options.length ? before(vote, true) + options.join(" · ") : title(vote)}</p>`;

/** What was given to what is here no more: the seat's own with a way to take it back, what all have given.
 * @param {VoteScene} scene @param {Vote} vote @param {Says} panel
 * @param {(key: string) => boolean} [lost] which keys those are */
export function absent(scene, vote, { gave, tells: told }, lost = (key) => gone(scene, vote, key)) {
  const { page, redraw } = scene, choices = given(scene, vote);
  const mine = Object.keys(choices).filter(lost);
  const all = Object.entries(seen(scene, vote)?.items ?? {}).filter(([key]) => lost(key));
  if (!(mine.length || all.length) || !later("vote.absent", redraw)) return looking(scene, vote);
  const back = () => page.castBallot(vote.id, without(scene, vote, lost));
  const name = (/** @type {string} */ key) => {
    const group = page.copy.get(key, "group")?.body.text ?? vote.tally?.names?.[key];
    return group ? `«${group}»` : vote.settings.per === "row" ? key : t("vote.gone");
  };
  const undo = html`<button type="button" class="small" @click=${back}>${t("vote.absent.back")}</button>`;
  return html`${looking(scene, vote)}<section class="result absent" id="absent-${vote.id}">
    <h2>${t("vote.absent", { vote: title(vote) })}</h2>
    ${all.length ? html`<ul>${all.map(([key, result]) => html`<li>${name(key)}${colon()}${
      told(vote, result).said}</li>`)}</ul>`
      : nothing}
    ${mine.length ? html`<p>${t("vote.absent.mine", { what: mine.map((key) => gave(vote, choices[key])).join(" · ") })}
      ${page.seat && scene.ui.open(vote) ? undo : nothing}</p>` : nothing}</section>`;
}

/** A way to what the seat gave to what is here no more, for the bar.  @param {VoteScene} scene @param {Vote} vote */
export const astray = (scene, vote) => Object.keys(given(scene, vote)).some((key) => gone(scene, vote, key))
  && later("vote.absent.see", scene.redraw)
  ? html` <a class="link" href="#absent-${vote.id}">${t("vote.absent.see")}</a>` : nothing;

/** Radio buttons: [key, what stands on it, class] each.  @template K @param {string} name
 * @param {[key: K, content: Drawn, style?: string][]} options @param {K|undefined} held the key that is chosen
 * @param {(key: K) => void} choose @param {boolean} [open] */
export const radios = (name, options, held, choose, open = true) => options.map(([key, content, style = ""]) => html`<label>
  <input type="radio" class="unseen" name=${name} .checked=${held === key} ?disabled=${!open} @change=${() => choose(key)}>
  <span class=${style}>${content}</span></label>`);

/** One option for a card; `signs` go with the words.
 * @param {VoteScene} scene @param {OptionVote} vote @param {Votable} card @param {string[]} signs */
export const onCard = (scene, vote, card, signs) => html`${
  asked(scene, vote, card.id, called(scene, card), signs, may(scene, vote, card))}${undo(scene, vote, card)}`;

/** The key of an option that was chosen, also with a reason.  @param {Choice|undefined} choice */
export const picked = (choice) => choice && typeof choice === "object" && !Array.isArray(choice)
  ? "is" in choice ? choice.is : undefined : choice;

/** One option for a card or a row.  @param {VoteScene} scene @param {OptionVote} vote @param {string} key its own
 * @param {string} named @param {string[]} signs @param {boolean} open */
export function asked(scene, vote, key, named, signs, open) {
  const result = seen(scene, vote)?.items[key];
  if (!open && !result) return locked(scene, vote, scene.page.copy.get(key, "idea"));
  /** @type {[string, Drawn, string][]} */
  const options = vote.settings.options.map((option, i) => [option.key, html`<i aria-hidden="true">${signs[i]}</i>
    ${word(option.title)} ${result ? html`<b>${result.counts[option.key] ?? 0}</b>` : nothing}`, `s${i}`]);
  const several = scene.votes && scene.votes.length > 1; // on one card: each says which it is
  return html`<fieldset class="one-of graded"><legend class=${several ? "" : "unseen"}>${title(vote)} <span class="unseen">${
    named}</span></legend>
    ${radios(`${vote.id}-${key}`, options, /** @type {string|undefined} */ (picked(given(scene, vote)[key])),
      (chosen) => put(scene, vote, key, chosen), open)}${edge(scene, vote, key, tells, nothing)}</fieldset>`;
}

/** How many there are to vote on, and how many of them wait for an answer of the seat; the cards that the first view left
 * out too, with what was answered of them.  @param {VoteScene} scene @param {Vote} vote
 * @param {Votable[]} [named] of a vote on such */
export function cards(scene, vote, named = []) {
  const { page, room } = scene, choices = given(scene, vote);
  if (named.length) return { all: named.length, wait: named.filter(({ id }) => !(id in choices)).length };
  const here = [...candidates(scene, vote)];
  // Of what group those are that the first view left out is not known.
  const left = vote.settings.per === "group" ? {} : page.copy.earlier.get(room.stream) ?? {};
  const earlier = Object.values(left).reduce((sum, n) => sum + n, 0);
  const answered = Object.keys(choices).filter((id) => !page.copy.cards.has(id)).length;
  const wait = here.filter((id) => !(id in choices)).length + Math.max(0, earlier - answered);
  return { all: here.length + earlier, wait };
}

/** Its name before what is said of it.  @param {Vote} vote @param {boolean} named */
export const before = (vote, named) => !named ? "" : /[?!]$/.test(title(vote)) ? `${title(vote)} ` : title(vote) + colon();

/** What is left in words, which is read out as it changes, beside it as dots or, of many, as a bar (filled: still in hand),
 * and the rule in a sentence.  @param {VoteScene} scene @param {Vote} vote
 * @param {{left: string, n: number, all: number, rule: string, named?: boolean}} what */
export const told = (scene, vote, { left, n, all, rule, named = true }) => html`<div class="budget">
  <p class="left" role="status">${before(vote, named && !scene.ui.asked)}${left}${astray(scene, vote)}</p>
  ${all > DOTS ? bars([n], all) : html`<span class="dots" aria-hidden="true">${
    Array.from({ length: all }, (_, i) => html`<i class=${i < n ? "held" : ""}></i>`)}</span>`}
  <small>${rule}</small></div>`;

/** The rule of a vote, and when its result is seen.
 * @param {VoteScene} scene @param {Vote} vote @param {Record<string, Record<string, unknown>>} sentences */
export const rule = ({ redraw }, vote, sentences) =>
  Object.entries({ ...sentences, [vote.settings.reveal === "close" ? "rule.close" : "rule.change"]: {} })
    .map(([key, values]) => later(key, redraw) && t(key, values)).filter(Boolean).join(" ");

/** How much there is to give, and how much of it one card takes, where that is less.
 * @param {VoteScene} scene @param {Vote & {settings: {budget: number, per_item?: number}}} vote */
export function shares(scene, vote) {
  const { budget: all, per_item: most = all } = vote.settings;
  const each = things(vote).length ? "rule.each" : "rule.most";
  return rule(scene, vote, { "rule.budget": { n: all }, ...most < all && { [each]: { n: most } } });
}

/** Without a card there is nothing to give.  @param {VoteScene} scene @param {Vote} vote @param {boolean} [named] */
export const none = (scene, vote, named = true) => html`<p class="left">${
  before(vote, named)}${later("vote.none", scene.redraw)}${astray(scene, vote)}</p>`;

/** How many cards wait for an answer; `left` says it in the kind's words.
 * @param {VoteScene} scene @param {Vote} vote @param {(wait: number) => string} left @param {boolean} [named]
 * @param {Votable[]} [on] named things */
export function bar(scene, vote, left, named = true, on = []) {
  const { all, wait } = cards(scene, vote, on);
  return all ? told(scene, vote, { left: left(wait), n: wait, all, named, rule: rule(scene, vote, { "rule.answer": {} }) })
    : none(scene, vote, named);
}

/** An option that was chosen, in words.  @param {OptionVote} vote @param {string} key */
export const gave = (vote, key) => word(vote.settings.options.find((option) => option.key === key)?.title ?? key);

/** What the options say of a card, how they rank it, and the parts of its bar.
 * @param {OptionVote} vote @param {{counts: Record<string, number>}} result @returns {Told} */
export function tells({ settings: { options } }, { counts }) {
  const parts = options.map((option) => counts[option.key] ?? 0);
  const said = options.map((option, i) => `${word(option.title)} ${parts[i]}`);
  return { said: said.join(" · "), rank: parts[0] - parts[parts.length - 1], parts };
}

/** The one drawing of a bar (templates/votes/macros.html draws the same): parts of a whole beside each other, or, of two
 * axes, `apart`, under each other.  The number beside it says it too.
 * @param {number[]} parts @param {number} whole @param {boolean} [apart] @param {number[]} [tones] */
export function bars(parts, whole, apart = false, tones = []) {
  let sum = 0;
  return html`<svg class="share" aria-hidden="true">${parts.map((part, i) => {
    const from = apart ? 0 : long(sum, whole);
    sum += part;
    const size = long(apart ? part : sum, whole) - from;
    return svg`<rect class=${`p${(tones[i] ?? i) % 5}`} x=${`${from / 10}%`} y=${apart ? `${60 * i}%` : "0"} width=${
      `${size / 10}%`} height=${apart ? "40%" : "100%"}></rect>`;
  })}</svg>`;
}

/** Thousandths.  @param {number} part @param {number} whole */
const long = (part, whole) => whole ? Math.floor((1000 * part) / whole + .5) : 0;

/** The longest bar of a vote, and the ranks of all that was voted on, until the tally is another.
 * @type {WeakMap<object, {whole: number, ranks: (number|null)[]}>} */
const measures = new WeakMap();

/** @param {Vote} vote @param {Says["tells"]} tells @param {NonNullable<Vote["tally"]>} tally */
function measure(vote, tells, tally) {
  const all = measures.get(tally) ?? Object.values(tally.items ?? {}).map((one) => tells(vote, one));
  if (!Array.isArray(all)) return all;
  const made = { whole: Math.max(0, ...all.map(({ parts, whole }) => whole ?? parts.reduce((sum, n) => sum + n, 0))),
    ranks: all.map(({ rank }) => rank) };
  measures.set(tally, made);
  return made;
}

/** What is drawn of a result: what the kind tells, the whole of which its bar is a part, and, when the vote is over, its
 * place; equals have the same.  @param {VoteScene} scene @param {Vote} vote @param {object} result
 * @param {Says["tells"]} tells @returns {Placed} */
export function placed(scene, vote, result, tells) {
  const one = tells(vote, result), { rank } = one;
  const { whole, ranks } = measure(vote, tells, seen(scene, vote) ?? vote.tally ?? {});
  const over = rank !== null && !scene.ui.open(vote);
  return { ...one, whole, apart: Boolean(one.whole), place: over ? 1 + ranks.filter((of) => (of ?? 0) > rank).length : 0,
    tied: over && ranks.filter((of) => of === rank).length > 1 };
}

/** A place in words and figures.  @param {VoteScene} scene @param {Pick<Placed, "place"|"tied">} of */
export const place = ({ redraw }, { place: n, tied }) => n ? html`<b class="rank"><span class="unseen">${
  later("vote.place", redraw) && t("vote.place")} </span>${n}${
  tied && later("vote.tied", redraw) ? html` <small>${t("vote.tied")}</small>` : nothing}</b>` : nothing;

/** What came of a vote on a card, with its bar on the card's lower edge.
 * @param {VoteScene} scene @param {Vote} vote @param {string} key @param {Says["tells"]} tells @param {Drawn} [said] */
export function edge(scene, vote, key, tells, said) {
  const result = seen(scene, vote)?.items?.[key];
  if (!result) return nothing;
  const of = placed(scene, vote, result, tells);
  return html`${locked(scene, vote, scene.page.copy.get(key, "idea"))}${place(scene, of)}${
    said === nothing ? nothing : html`<span class="sum">${said ?? of.said}</span>`}<span class="edge ${lit(of)}">${
    bars(of.parts, of.whole, of.apart, of.tones)}</span>`;
}

/** Whether it has won, or a vote is over that others have won.  @param {Pick<Placed, "place">} of */
export const lit = ({ place: n }) => n === 1 ? "won" : n ? "behind" : "";

/** A line of a result: its place, what, how many, a bar, and what is known besides.
 * @param {VoteScene} scene @param {Drawn} what
 * @param {Placed & {n?: number|string, about?: string, before?: number[][]}} of `before`: its parts in earlier rounds */
export const row = (scene, what, of) => html`<li class=${lit(of)}>${place(scene, of)}<span>${what}</span>${
  of.n === undefined ? nothing : html`<b>${of.n}</b>`}${bars(of.parts, of.whole, of.apart, of.tones)}${
  of.about ? html`<small>${of.about}</small>` : nothing}${(of.before ?? []).map((parts, i) => parts.length
  ? html`<span class="before"><small>${t("vote.round", { n: i + 1 })}${colon()}${parts.map(figure).join(" · ")}</small>${
    bars(parts, of.whole, of.apart, of.tones)}</span>` : nothing)}</li>`;

/** A row of what is counted in people only; `places` once one is better than another.
 * @param {VoteScene} scene @param {string} label @param {number} n @param {number[]} counts @param {boolean} [places] */
export const counted = (scene, label, n, counts, places = false) => row(scene, label, { said: "", rank: n, parts: [n], n,
  whole: Math.max(...counts), apart: false, place: places ? 1 + counts.filter((one) => one > n).length : 0,
  tied: places && counts.filter((one) => one === n).length > 1 });

/** How many of those who voted in both rounds changed their vote; '' where that is not told.
 * @param {{changed: number|null, stayed: number|null}|undefined} moved */
export function moves(moved) {
  const known = moved && (moved.changed === null ? "stayed" : moved.stayed === null ? "changed" : "both");
  return known ? t(`vote.moved.${known}`, moved) : "";
}

/** What a vote counts: people; `votes` where some have several; working groups where these vote (`unit` is "room").
 * @typedef {{votes?: number, unit?: string}} Counting */

/** @param {Pick<Vote, "settings" | "tally">} vote @returns {Counting} */
export const counting = ({ settings, tally }) => ({ votes: tally?.votes, unit: settings.rules?.one_per });

/** How many gave their vote, and where some have several how many votes they are.  @param {number} n @param {Counting} of */
export const allOf = (n, { votes, unit }) => unit === "room" ? count("voters.room", n)
  : [count("voters", n), ...votes === undefined ? [] : [count("given", votes)]].join(" · ");

/** @param {Pick<Vote, "settings" | "tally">} vote */
export const gaveAll = (vote) => allOf(vote.tally?.ballots ?? 0, counting(vote));

/** Who gave something to a thing.  @param {number} n @param {number} delegations @param {Counting} of */
export const voters = (n, delegations, of) => of.unit === "room" ? count("voters.room", n)
  : `${count(of.votes === undefined ? "voters" : "given", n)} · ${count("delegations", delegations)}`;

/** What the columns of a table are called that say it.  @param {Counting} of */
export const whose = ({ votes, unit }) => unit === "room" ? ["groups"]
  : [votes === undefined ? "people" : "votes", "delegations"];

/** What stands in them.  @param {number} n @param {number} delegations @param {Counting} of */
export const figures = (n, delegations, of) =>
  [n, delegations].slice(0, whose(of).length).map((one) => html`<td>${one}</td>`);
