/** An order of preference: tap what comes next, move it up or down, or drag it by its number. */
import { count, t } from "../../../static/js/shell/page.js";
import { html, nothing, repeat, svg } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./rank.css";
import {
  absent, called, candidates, cards, counted, edge, elsewhere, figure, given, locked, looking, may, none, placed, row, rule,
  seen, things, title, told,
} from "../../../static/js/votes/voting.js";

/** @import { CardVote, Named, Scene, Votable, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{first: number, ranked: number, place?: number, n?: number}} Result */
/** @typedef {{rule: string, in: string[], tied: string[], drawn: string[], seed: string}} Won */
/** @typedef {CardVote<{options?: Named[], places?: number}, Result, number>} Ranking */

const DRAWN_MS = 60; // after a change the page has been drawn
const LONG = 80; // characters of a card
const UP = "M5 15l7-7 7 7", DOWN = "M5 9l7 7 7-7", OUT = "M6 6l12 12M18 6L6 18";
wear(rules);

/** What was done last on this device, so that it can be undone.
 * @type {{vote: string, seat?: string, key: string, before: Record<string, number>, said: string}|undefined} */
let last;

/** @param {string} d */
const sign = (d) => html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${d}></path>`}</svg>`;

/** The keys in the order of the seat.  @param {VoteScene} scene @param {Ranking} vote */
function order(scene, vote) {
  const places = given(scene, vote);
  return Object.keys(places).sort((a, b) => places[a] - places[b]);
}

/** What can be put in order.  @param {VoteScene} scene @param {Ranking} vote @returns {Votable[]} */
const all = (scene, vote) => things(vote).length ? things(vote)
  : [...candidates(scene, vote)].map((id) => /** @type {Votable} */ (scene.page.copy.get(id))).filter(Boolean);

/** What it is called in a list, with its words.  @param {VoteScene} scene @param {Votable} one */
function named(scene, one) {
  const text = one.kind === "idea" ? one.body.title || one.body.text : "";
  return `${called(scene, one)}${text ? ` ${text.length > LONG ? `${text.slice(0, LONG)}…` : text}` : ""}`;
}

/** The seat's ballot in another order; what was done is said, and can be undone.
 * @param {VoteScene} scene @param {Ranking} vote @param {string[]} keys @param {Votable} one */
function keep(scene, vote, keys, one) {
  const at = keys.indexOf(one.id) + 1, what = named(scene, one);
  last = { vote: vote.id, seat: scene.page.seat?.id, key: one.id, before: given(scene, vote),
    said: at ? t("rank.moved", { what, n: at }) : t("rank.gone", { what }) };
  void scene.page.castBallot(vote.id, Object.fromEntries(keys.map((key, i) => [key, i + 1])));
}

/** Puts it in another place of the order as it is now, which may be drawn a moment later; `to(its place)`: none, out of it.
 * @param {VoteScene} scene @param {Ranking} vote @param {Votable} one @param {(at: number) => number|undefined} to */
function move(scene, vote, one, to) {
  const now = order(scene, vote), keys = now.filter((key) => key !== one.id), at = to(now.indexOf(one.id));
  if (at !== undefined) keys.splice(Math.max(0, at), 0, one.id);
  keep(scene, vote, keys, one);
}

/** Moves it by one place, and keeps the keyboard on its button.
 * @param {VoteScene} scene @param {Ranking} vote @param {Votable} one @param {-1|1} by */
function step(scene, vote, one, by) {
  move(scene, vote, one, (at) => at + by);
  setTimeout(() => {
    const at = document.getElementById(`rank-${vote.id}-${one.id}`), [up, down] = at?.querySelectorAll("button") ?? [];
    (by < 0 ? up?.disabled ? down : up : down?.disabled ? up : down)?.focus();
  }, DRAWN_MS);
}

/** Drags a row by its number to another place.
 * @param {PointerEvent} event @param {VoteScene} scene @param {Ranking} vote @param {Votable} one */
function drag(event, scene, vote, one) {
  const row_ = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("li"));
  const list = row_?.parentElement;
  if (!row_ || !list || event.button) return;
  event.preventDefault();
  const rows = [...list.children], from = rows.indexOf(row_), middles = rows.map((each) => {
    const { top, height } = each.getBoundingClientRect();
    return top + height / 2;
  });
  let to = from;
  row_.classList.add("dragged");
  const on = (/** @type {PointerEvent} */ { clientY, pointerId }) => {
    if (pointerId !== event.pointerId) return;
    row_.style.transform = `translateY(${clientY - event.clientY}px)`;
    to = middles.filter((middle, i) => i !== from && middle < clientY).length;
    rows.forEach((each, i) => {
      each.classList.toggle("above", to < from && i === to);
      each.classList.toggle("below", to > from && i === to);
    });
  };
  const end = (/** @type {PointerEvent} */ { pointerId, type }) => {
    if (pointerId !== event.pointerId) return;
    for (const name of ["pointerup", "pointercancel"]) removeEventListener(name, /** @type {EventListener} */ (end));
    removeEventListener("pointermove", on);
    row_.style.transform = "";
    for (const each of rows) each.classList.remove("above", "below", "dragged");
    if (type === "pointerup" && to !== from) move(scene, vote, one, () => to);
  };
  addEventListener("pointermove", on);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, /** @type {EventListener} */ (end));
}

/** What was done last, and a way back.  @param {VoteScene} scene @param {Ranking} vote */
function said(scene, vote) {
  const mine = last?.vote === vote.id && last.seat === scene.page.seat?.id ? last : undefined;
  const back = () => {
    if (mine) void scene.page.castBallot(vote.id, mine.before);
    last = undefined;
    scene.redraw();
  };
  return html`<p class="said"><span role="status">${mine?.said ?? ""}</span>${mine ? html`<button type="button"
    @click=${back}>${t("rank.back")}</button>` : nothing}</p>`;
}

/** The seat's order, and what is not in it yet.  @param {VoteScene} scene @param {Ranking} vote */
function ordering(scene, vote) {
  const on = all(scene, vote), keys = order(scene, vote), known = new Map(on.map((one) => [one.id, one]));
  const mine = keys.map((key) => known.get(key)).filter((one) => one !== undefined);
  const rest = things(vote).length ? on.filter(({ id }) => !keys.includes(id) && id) : [];
  const line = (/** @type {Votable} */ one) => {
    const i = mine.indexOf(one), what = named(scene, one);
    return html`<li id=${`rank-${vote.id}-${one.id}`} class=${last?.key === one.id && last.vote === vote.id ? "moved" : ""}>
      <span class="at" @pointerdown=${(/** @type {PointerEvent} */ event) => drag(event, scene, vote, one)}>${i + 1}</span>
      <span class="what">${what}</span>
      <button type="button" aria-label=${t("rank.up", { what })} ?disabled=${!i}
        @click=${() => step(scene, vote, one, -1)}>${sign(UP)}</button>
      <button type="button" aria-label=${t("rank.down", { what })} ?disabled=${i === mine.length - 1}
        @click=${() => step(scene, vote, one, 1)}>${sign(DOWN)}</button>
      <button type="button" aria-label=${t("rank.out", { what })}
        @click=${() => move(scene, vote, one, () => undefined)}>${sign(OUT)}</button></li>`;
  };
  const next = (/** @type {Votable} */ one) => html`<li><button type="button" class="next"
    @click=${() => move(scene, vote, one, () => Infinity)}><span class="at" aria-hidden="true">${keys.length + 1}</span>
    <span class="what">${named(scene, one)}</span></button></li>`;
  return html`<section class="result ranking"><h2>${title(vote)}</h2>
    ${mine.length ? html`<h3>${t("rank.yours")}</h3><ol>${repeat(mine, ({ id }) => id, line)}</ol>` : nothing}
    ${said(scene, vote)}
    ${rest.length ? html`<h3>${mine.length ? t("rank.more") : t("rank.rest")}</h3><ul>${
      repeat(rest, ({ id }) => id, next)}</ul>` : nothing}</section>`;
}

/** @param {Scene} scene @param {Ranking} vote @param {Votable} card */
export function onCard(scene, vote, card) {
  if (elsewhere(vote, card)) return nothing;
  const open = may(scene, vote, card), result = seen(scene, vote)?.items[card.id], keys = order(scene, vote);
  if (!open && !result) return locked(scene, vote, card);
  const at = keys.indexOf(card.id) + 1, put = () => move(scene, vote, card, (now) => now < 0 ? Infinity : undefined);
  return html`<div class="vote">${open ? html`<button type="button" class="one ${at ? "gave" : ""}"
      aria-pressed=${Boolean(at)} @click=${put}>${at ? t("rank.place", { n: at })
        : t("rank.put", { n: keys.length + 1 })} <span class="unseen">${called(scene, card)}</span></button>` : nothing}
    ${edge(scene, vote, card.id, tells)}</div>`;
}

/** How much of it is in order.  @param {Scene} scene @param {Ranking} vote */
export function bar(scene, vote) {
  const { all: n, wait } = cards(scene, vote, things(vote)), mine = order(scene, vote).length;
  if (!n) return none(scene, vote);
  const left = !mine ? t("rank.none") : wait ? count("rank.some", mine) : t("rank.all");
  return told(scene, vote, { left, n: wait, all: n, named: !things(vote).length, rule: rule(scene, vote, {}) });
}

/** @param {VoteScene} scene @param {Ranking} vote */
export function draw(scene, vote) {
  const { page, ui } = scene, on = things(vote), open = ui.open(vote), tally = seen(scene, vote);
  const casts = Boolean(page.seat) && open && (!on.length || may(/** @type {Scene} */ (scene), vote, on[0]));
  if (!on.length) return html`${casts && order(scene, vote).length ? ordering(scene, vote) : nothing}${
    absent(scene, vote, { gave, tells })}`;
  const asked = casts ? ordering(scene, vote) : tally ? nothing : looking(scene, vote, on.map((one) => called(scene, one)));
  return html`${asked}${tally ? came(scene, vote, on, tally) : nothing}`;
}

/** First choices while people vote; what came of it once it is over.
 * @param {VoteScene} scene @param {Ranking} vote @param {Votable[]} on @param {NonNullable<Ranking["tally"]>} tally */
function came(scene, vote, on, tally) {
  const open = scene.ui.open(vote), { items } = tally, first = (/** @type {Votable} */ { id }) => items[id]?.first ?? 0;
  const name = (/** @type {string} */ key) => named(scene, on.find(({ id }) => id === key) ?? on[0]);
  if (open) return html`<section class="result"><h2>${title(vote)}</h2><p class="soft">${t("rank.firsts")}</p>
    <ol>${on.map((one) => counted(scene, called(scene, one), first(one), on.map(first)))}</ol>
    <p class="soft">${count("voters", tally.ballots)}</p></section>`;
  const lines = on.filter(({ id }) => items[id]).sort((a, b) => (items[a.id].place ?? 0) - (items[b.id].place ?? 0));
  return html`<section class="result"><h2>${title(vote)}</h2>
    <ol>${lines.map((one) => row(scene, called(scene, one), shown(scene, vote, items[one.id])))}</ol>
    <p>${about(vote, name)}</p><p class="soft">${count("voters", tally.ballots)}</p></section>`;
}

/** @param {VoteScene} scene @param {Ranking} vote @param {Result} item */
function shown(scene, vote, item) {
  const of = placed(scene, vote, item, tells);
  return { ...of, n: figure(item.n ?? item.first), about: of.also };
}

const RULES = { runoff: () => t("rank.rule.runoff"), borda: () => t("rank.rule.borda"), first: () => t("rank.rule.first"),
  condorcet: () => t("rank.rule.condorcet"), stv: () => t("rank.rule.stv") };

/** Who won by which rule, who is level, what the lot decided.
 * @param {Ranking} vote @param {(key: string) => string} name */
export function about(vote, name) {
  const { won, counting } = /** @type {{won?: Won, counting?: boolean}} */ (vote.tally ?? {});
  if (!won) return counting ? t("rank.counting") : "";
  const by = RULES[/** @type {keyof RULES} */ (won.rule)]();
  const what = (/** @type {string[]} */ keys) => keys.map(name).filter(Boolean).join(", ");
  return [won.in.length ? t("rank.won", { rule: by, what: what(won.in) })
    : won.tied.length ? "" : t("rank.nobody", { rule: by }),
    won.tied.length && !won.drawn.length ? t("rank.open", { rule: by, what: what(won.tied) }) : "",
    won.drawn.length ? t("rank.drawn", { what: what(won.tied), seed: won.seed }) : ""].filter(Boolean).join(" ");
}

/** Where the seat put it.  @param {Ranking} _vote @param {number} n */
const gave = (_vote, n) => t("rank.place", { n });

/** What is said of it: how many put it first; once it is over its place by the rule that decides.
 * @param {Ranking} vote @param {Result} item */
export function tells(vote, { first, place, n }) {
  const { counting } = /** @type {{counting?: boolean}} */ (vote.tally ?? {}), said = count("rank.first", first);
  return { said, rank: place ? -place : counting ? null : first, parts: [n ?? first], also: said };
}
