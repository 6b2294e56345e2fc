/** What one does in the plenary: raises a hand, asks, wants something answered; and how the team leads it. */
import { facts, t } from "../shell/page.js";
import { html, icon, nothing, paint } from "../shell/parts.js";
import { asked, questions } from "./questions.js";
import { called, clock, speaker, speakers, waiting } from "./speaking.js";

/** @import { Asked, Page, Seat, Speech } from "../types.js" */
/** @typedef {import("./speaking.js").List} List */

const FEW = 5, MANY = 12; // that stand there; the others are folded
const AGAIN_S = 2; // until the next speaker can be called
const KINDS = ["turn", "question", "answer", "order"];
const here = { workshop: facts.workshop?.id };
const leads = ["owner", "facilitator"].includes(facts.role);
/** What was tapped here: {question/seat: [wanted, the revision it stood on]}.  @type {Map<string, [boolean, number]>} */
const tapped = new Map();
let ticks = false;

/** Draws speakers and questions; the clock goes on while somebody speaks.  @param {Page} page */
export function drawFloor(page) {
  const list = speakers(page), all = questions(page);
  paint("floor", html`<section class="speaking" aria-labelledby="speaking">
    ${list.now ? speaker(page, list.now, lost(page, list.now)) : nothing}${leads ? lead(page, list) : nothing}
    <div class="head-line"><h2 id="speaking">${t("speak.list")}</h2><span class="soft">${
      t(`speak.rule.${list.floor.rule}`)}</span></div>
    ${list.line.length ? waiting(list, leads ? MANY : FEW, leads ? ({ card }, n) => rowActs(page, list, card, n) : undefined)
      : html`<p class="empty">${t("speak.empty")}</p>`}
    ${list.floor.open ? nothing : html`<p class="soft">${t("speak.closed")}</p>`}
    ${spent(list)}${page.seats.map((seat) => hand(page, list, seat))}</section>
  <section class="asking" aria-labelledby="asking"><div class="head-line"><h2 id="asking">${t("ask.title")}</h2><span
    class="soft">${all.filter((one) => !one.answered).length || ""}</span></div>
    ${all.length ? asked(all, (one) => questionActs(page, one), MANY) : html`<p class="empty">${t("ask.empty")}</p>`}
    ${page.seats.length ? list.floor.asking ? ask(page, list) : html`<p class="soft">${t("ask.shut")}</p>` : nothing}
    ${leads ? html`<p class="row"><a class="button" href="/w/${here.workshop}/questions">${t("ask.all")}</a></p>` : nothing}
  </section>`);
  bar(page, list);
  if (!ticks) setInterval(() => speakers(page).now && page.changed(), 1000);
  ticks = true;
}

/** The desk sees that the line of whoever speaks is gone; the turn goes on.  @param {Page} page @param {Speech} now */
const lost = (page, now) => now.seat && ["away", "silent"].includes(page.online.lines?.[now.seat]?.state ?? "")
  ? html` <span>${icon("nosignal")} ${t("speak.lost")}</span>` : nothing;

/** The time of turns by delegation, as far as they have spoken.  @param {List} list */
function spent({ floor }) {
  const said = facts.delegations.filter(({ id }) => floor.spent[id]), most = Math.max(1, ...Object.values(floor.spent));
  return said[0] ? html`<details class="rest"><summary>${t("speak.spent")}</summary><ul class="spent">${said.map((one) =>
    html`<li><span>${one.name}</span><meter class="woven w${one.weave}" min="0" max=${most}
      .value=${floor.spent[one.id]}></meter><b>${clock(floor.spent[one.id])}</b></li>`)}</ul></details>` : nothing;
}

/** What one does most, at the bottom of a phone: the hand of whoever has it alone, and the way to the questions.
 * @param {Page} page @param {List} list */
function bar(page, { floor, now, line }) {
  if (!page.seats[0]) return;
  const [seat, second] = page.seats, at = line.findIndex(({ card }) => card.mine === seat.id);
  const speaks = now?.mine === seat.id, lower = () => page.write("speaker.lower", { ...here,
    speech: line[at].card.id }, seat.id);
  paint("floor-bar", html`${second || at < 0 ? nothing : html`<p aria-hidden="true">${
      t("speak.yours", { n: at + 1, all: line.length })}</p>`}
    ${second || speaks || (at < 0 && !floor.open) ? html`<a class="button" href="#speaking">${icon("hand")}${
        t("speak.list")}</a>`
      : at < 0 ? html`<button form="hand-${seat.id}">${icon("hand")}${t("speak.raise")}</button>`
      : html`<button type="button" @click=${lower}>${icon("hand")}${t("speak.lower")}</button>`}
    <a class="button" href="#asking">${t("ask.title")}</a>`);
}

/** A seat's own hand.  @param {Page} page @param {List} list @param {Seat} seat */
function hand(page, { floor, now, line }, seat) {
  const several = page.seats.length > 1, name = seat.name;
  const at = line.findIndex(({ card }) => card.mine === seat.id);
  const mine = at < 0 ? now?.mine === seat.id && now : line[at].card;
  if (mine)
    return html`<div class="my-hand"><p role="status"><b>${mine.since ? t("speak.yours_now")
        : t(several ? "speak.place" : "speak.yours", { name, n: at + 1, all: line.length })}</b></p>
      ${mine.since ? nothing : html`<button type="button" class="wide" @click=${() =>
        page.write("speaker.lower", { ...here, speech: mine.id }, seat.id)}>${icon("hand")}${
        several ? t("speak.lower_for", { name }) : t("speak.lower")}</button>`}</div>`;
  if (!floor.open) return nothing;
  return html`<form class="my-hand" id="hand-${seat.id}" @submit=${(/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const said = new FormData(/** @type {HTMLFormElement} */ (event.target));
    void page.write("speaker.raise", { ...here, kind: said.get("kind") ?? "turn", delegation: said.get("delegation") || null,
      called: said.get("called") ?? "" }, seat.id);
  }}><details class="rest"><summary>${t("speak.how")}</summary>
    <fieldset><legend class="unseen">${t("speak.how")}</legend>${KINDS.map((kind) => html`<label class="choice"><input
      type="radio" name="kind" value=${kind} ?checked=${kind === "turn"}><span>${t(`speak.kind.${kind}`)} <span
      class="soft">${floor.minutes[kind]} min</span></span></label>`)}</fieldset>
    ${facts.delegations.length ? html`<label for="d-${seat.id}">${t("speak.whom")}</label><select id="d-${seat.id}"
      name="delegation"><option value="">${t("speak.myself")}</option>${facts.delegations.map((one) => html`<option
      value=${one.id} ?selected=${one.id === seat.delegation}>${one.name}</option>`)}</select>` : nothing}
    ${facts.workshop.privacy === "anonymous" ? html`<label for="c-${seat.id}">${t("speak.called")}</label><input
      id="c-${seat.id}" name="called" dir="auto">` : nothing}</details>
    <button class="wide">${icon("hand")}${several ? t("speak.raise_for", { name }) : t("speak.raise")}</button></form>`;
}

/** Whether somebody has the word since just now: a second tap was meant for who spoke before.
 * @param {Page} page @param {Speech|undefined} now */
const fresh = (page, now) => Date.now() / 1000 + page.line.skew - Date.parse(now?.since ?? "") / 1000 < AGAIN_S;

/** @param {Page} page @param {List} list */
const lead = (page, { now, line }) => html`<div class="row">${line.length ? html`<button type="button" class="main"
    ?disabled=${fresh(page, now)}
    @click=${() => page.write("speaker.next", { ...here, saw: now?.id ?? "" }, null)}>${icon("onward")}${
    t("speak.call")}</button>` : nothing}${now ? html`<button type="button"
    @click=${() => page.write("speaker.end", { ...here, saw: now.id }, null)}>${t("speak.stop")}</button>` : nothing}<a
  class="button" href="/w/${here.workshop}/speakers">${t("speak.set")}</a></div>`;

/** @param {Page} page @param {List} list @param {Speech} card @param {number} n */
function rowActs(page, { now, line }, card, n) {
  const to = (/** @type {number} */ at) => () => page.write("speaker.place", { ...here, speech: card.id, at }, null);
  return html`<details class="acts"><summary><span class="unseen">${t("speak.more_of", { name: called(card) })}</span>${
    icon("more")}</summary><div class="row">
    <button type="button" class="small" @click=${() => page.write("speaker.next", { ...here, speech: card.id,
      saw: now?.id ?? "" }, null)}>${t("speak.give")}</button>
    ${n ? html`<button type="button" class="small" @click=${to(0)}>${t("speak.first")}</button><button type="button"
      class="small" @click=${to(n - 1)}>${icon("up")}${t("speak.up")}</button>` : nothing}
    ${n < line.length - 1 ? html`<button type="button" class="small" @click=${to(n + 1)}>${icon("down")}${
      t("speak.down")}</button>` : nothing}
    <button type="button" class="small quiet" @click=${() => page.write("speaker.lower", { ...here,
      speech: card.id }, null)}>${t("speak.take")}</button></div></details>`;
}

/** Whether the seat wants it answered, with what was tapped and is on its way.
 * @param {Page} page @param {string} question @param {string} seat */
function wants(page, question, seat) {
  const key = `${question}/${seat}`, held = page.ballots.get(key), [on, rev] = tapped.get(key) ?? [];
  return on !== undefined && (held?.rev ?? 0) <= (rev ?? 0) ? on : Boolean(held?.choices.support);
}

/** @param {Page} page @param {Asked} one */
function questionActs(page, one) {
  const open = !one.answered && !one.waits, id = { ...here, question: one.id };
  const several = page.seats.length > 1, words = t("ask.support");
  return html`${open && several ? html`<span class="soft">${words}</span>` : nothing}${open ? page.seats.map((seat) => {
    const on = wants(page, one.id, seat.id);
    return html`<button type="button" class="chip" aria-pressed=${on}
      aria-label=${several ? `${words} · ${seat.name}` : nothing} @click=${() => {
      tapped.set(`${one.id}/${seat.id}`, [!on, page.ballots.get(`${one.id}/${seat.id}`)?.rev ?? 0]);
      void page.write("question.support", { ...id, on: !on }, seat.id);
      page.changed();
    }}>${icon("up")}${several ? html`<bdi>${seat.name}</bdi>` : words}</button>`;
  }) : nothing}${one.mine && !one.answered ? html`<button type="button" class="chip" @click=${() =>
    page.write("question.drop", id, one.mine)}>${t("ask.drop")}</button>` : nothing}${leads ? html`${one.waits
    ? html`<button type="button" class="chip" @click=${() => page.write("question.let_out", { ...here,
      questions: [one.id] }, null)}>${t("ask.let_out")}</button>`
    : html`<button type="button" class="chip" @click=${() => page.write("question.answer", { ...id,
      on: !one.answered }, null)}>${t(one.answered ? "ask.reopen" : "ask.answered")}</button>`}<button type="button"
    class="chip" @click=${() => page.write("question.drop", id, null)}>${t("ask.drop")}</button>` : nothing}`;
}

/** @param {Page} page @param {List} list */
function ask(page, { floor }) {
  const nameless = floor.nameless && facts.workshop.privacy !== "anonymous";
  return html`<form class="ask" @submit=${(/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target), said = new FormData(form);
    const text = String(said.get("text")).trim();
    if (!text) return;
    void page.write("question.ask", { ...here, text, nameless: said.get("nameless") === "1" },
      String(said.get("seat") ?? page.seats[0].id));
    form.reset();
  }}>${page.seats.length > 1 ? html`<select name="seat" aria-label=${t("ask.mine")}>${page.seats.map((seat) => html`<option
      value=${seat.id}>${seat.name}</option>`)}</select>` : nothing}
    <label for="ask">${t("ask.field")}</label><textarea id="ask" name="text" rows="2" dir="auto" data-most="600"></textarea>
    ${nameless ? html`<label class="choice"><input type="checkbox" name="nameless" value="1"><span>${
      t("ask.nameless")}</span></label>` : nothing}
    <button class="wide">${t("ask.send")}</button></form>`;
}
