/** The speakers' list, drawn from the cards of the copy alone: who speaks, who comes and when, where one stands. */
import { delegation, facts, t } from "../shell/page.js";
import { html, icon, nothing, repeat } from "../shell/parts.js";

/** @import { Drawn, Page, Speaking, Speech } from "../types.js" */

/** @typedef {{card: Speech, why: string, wait: number}} Waiting one who waits: minutes until then */
/** @typedef {{floor: Speaking, now: Speech|undefined, line: Waiting[]}} List */

const NEAR = 3; // of whom it is said that they have let others go first
const LAST = 30; // seconds of a turn in which its clock stands out
const HALL = ["hall", "paper"];
/** As long as nobody has set anything (workshop/pages/speaking/view.py). */
const USUAL = /** @type {Speaking} */ ({ kind: "speaking", id: "", seq: 0, open: true, rule: "arrival", asking: true,
  queue: false, nameless: false, spent: {}, n: 0, minutes: { turn: 3, question: 1, answer: 2, order: 1 }, order: [] });

/** The list as it is now.  @param {Page} page @returns {List} */
export function speakers(page) {
  const floor = page.copy.all("speaking")[0] ?? { ...USUAL, nameless: facts.workshop.privacy === "anonymous" };
  const now = page.copy.all("speech", (one) => Boolean(one.since))[0];
  let wait = now ? Math.max(0, secondsOf(page, now)) / 60 : 0;
  /** @type {Waiting[]} */
  const line = [];
  for (const [id, why] of floor.order) {
    const card = page.copy.get(id, "speech");
    if (!card || card.since) continue;
    line.push({ card, why, wait: Math.round(wait) });
    wait += floor.minutes[card.as];
  }
  return { floor, now, line };
}

/** Seconds that a turn still has; below nothing when it is over.  @param {Page} page @param {Speech} now */
export const secondsOf = (page, now) => Math.round((now.seconds ?? 0) + Date.parse(now.since ?? "") / 1000
  - Date.now() / 1000 - page.line.skew);

/** How somebody is called: by the number of the hand where names are not shown.  @param {Speech} card */
export const called = (card) => card.name || t("speak.hand", { n: card.number });

/** A length of time: 3:05.  @param {number} n seconds */
export const clock = (n) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;

/** For whom, what for, from where.  @param {Speech} card */
function about(card) {
  const one = delegation(card.for);
  return html`${one ? html`<span class="from"><i class="weave w${one.weave}"></i>${card.delegation
      && card.delegation !== card.for ? t("speak.for", { name: one.name }) : one.name}</span>` : nothing}${
    card.as === "turn" ? nothing : html` <span>${t(`speak.kind.${card.as}`)}</span>`} <span>${
    t(HALL.includes(card.channel ?? "") ? "speak.here" : "speak.far")}</span>`;
}

/** Who speaks, with the clock.  @param {Page} page @param {Speech} now @param {Drawn} [more] */
export function speaker(page, now, more) {
  const left = secondsOf(page, now);
  return html`<div class="now-speaking ${left <= LAST ? "ending" : ""}"><p class="over-line"><span>${t("speak.now")}</span>
    <b class="time" role="timer" aria-label=${t("speak.left")}>${icon("clock")} ${
      left < 0 ? t("speak.over", { time: clock(-left) }) : clock(left)}</b></p>
    <p class="who-speaks"><bdi>${called(now)}</bdi></p><p class="of">${about(now)}${more ?? nothing}</p></div>`;
}

/** Those who wait: the first `most` and one's own, the others folded, or (`fold` false) only counted.
 * @param {List} list @param {number} [most] @param {(one: Waiting, n: number) => Drawn} [acts] @param {boolean} [fold] */
export function waiting({ line }, most = line.length, acts = () => nothing, fold = true) {
  const all = line.map((one, n) => ({ ...one, n })), near = all.filter(({ card, n }) => n < most || card.mine);
  const others = all.filter((one) => !near.includes(one)), n = others.length;
  return html`${rows(near, acts)}${n && fold ? html`<details class="rest"><summary>${t("speak.more", { n })}</summary>${
    rows(others, acts)}</details>` : n ? html`<p class="soft">${t("speak.more", { n })}</p>` : nothing}`;
}

/** @param {(Waiting & {n: number})[]} some @param {(one: Waiting, n: number) => Drawn} acts */
const rows = (some, acts) => html`<ol class="hands">${repeat(some, ({ card }) => card.id, ({ card, why, wait, n }) =>
  html`<li class=${card.mine ? "mine" : ""}><b class="n">${n + 1}</b><span class="name"><bdi>${called(card)}</bdi>${
    card.mine ? html` <span class="soft">${t("speak.me")}</span>` : nothing}${
    why === "hand" || (why === "waited" && n < NEAR) ? html` <span class="soft">${t(`speak.why.${why}`)}</span>` : nothing}${
    card.entered ? html` <span class="soft">${t("speak.team")}</span>` : nothing}</span>
    <span class="of">${about(card)}${card.mine ? html` <span class="soft">${
      n ? t("speak.about", { n: wait }) : t("speak.next")}</span>` : nothing}</span>${
    acts({ card, why, wait }, n)}</li>`)}</ol>`;
