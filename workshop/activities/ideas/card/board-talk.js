/** What not every card needs: changing it, its comments, what it grew out of; and what the form says before one writes. */
import { own, sent } from "../../../../static/js/participant/drafts.js";
import { cardNumber, count, facts, t } from "../../../../static/js/shell/page.js";
import { from, html, nothing, repeat } from "../../../../static/js/shell/parts.js";
import { late } from "./late.js";
import rules from "../../../../static/css/board/talk.css";
import { wear } from "../../../../static/js/shell/wear.js";

/** @import { BoardActivity, Body, Comment, Hidden, Idea, Page, Parts, Scene } from "../../../../static/js/types.js" */

wear(rules);

/** @typedef {import("../board/board.js").Board} Board */

const GLIMPSE = 30; // characters of a card that has no number yet

/** @param {Pick<Scene, "room">} scene @param {Idea|Hidden} card */
const called = (scene, card) => card.number ? cardNumber(card, scene.room.number) : `«${card.body.text.slice(0, GLIMPSE)}»`;

/** What is being changed: the body as it is typed, on which revision, and as the card had it when one began. */
let opened = { key: "", seat: /** @type {string|undefined} */ (""), rev: 0, body: /** @type {Body|null} */ (null),
  before: "" };

/** Begin to change a card, or go on with what was typed before the page went away.
 * @param {Scene} scene @param {Idea} card */
function begin({ ui, page }, card) {
  const key = `edit.${card.id}`, seat = page.seat?.id;
  if (opened.key === key && opened.seat === seat && ui.typed === null) return opened;
  const now = { rev: card.rev, body: card.body }, before = JSON.stringify(card.body);
  if (ui.typed !== null) {
    now.body = { ...card.body, ...ui.typed };
    page.draft(key, JSON.stringify(now));
  }
  ui.typed = null;
  return opened = { key, seat, before, ...now, ...JSON.parse(own(page, key) ?? "{}") };
}

/** The card's text to be changed.
 * @param {Board} board @param {Idea} card @param {Parts["board-fields"]} more the part for fields, where the board has some
 * */
export function editor({ scene, settings }, card, more) {
  const { key, rev, before, ...held } = begin(scene, card), { page } = scene;
  const typed = { ...card, body: held.body ?? card.body };
  const seat = page.seat?.id ?? null;
  const said = (/** @type {Event} */ event) => {
    const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const text = String(data.get("text") ?? "").trim();
    return more ? more.body(settings, typed, data) : { ...typed.body, text };
  };
  const keep = (/** @type {Body} */ body, /** @type {number} */ base_rev) =>
    scene.page.write("contribution.edit", { id: card.id, body, base_rev }, seat);
  const done = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const body = said(event), is = JSON.stringify(body);
    if (body.text && ![before, JSON.stringify(card.body)].includes(is)) {
      void keep(body, rev);
      if (!scene.ui.late("edit", card)) scene.page.done(t("arrange.done"), () => keep(card.body, card.rev + 1));
    }
    close();
  };
  const close = () => {
    sent(page, key, page.draft(key));
    page.draft(key, opened.key = "");
    scene.ui.editing = null;
    scene.redraw();
  };
  const write = (/** @type {Event} */ event) => page.draft(key, JSON.stringify({ rev, body: said(event) }));
  const form = () => html`<form class="editor" @submit=${done} @input=${write}>
    ${more ? more.inputs(settings, typed) : html`<label class="unseen" for="edit-${card.id}">${t("edit")}</label><textarea
      id="edit-${card.id}" name="text" rows="4" data-most="4000" .value=${typed.body.text}></textarea>`}
    ${late(scene, "edit", card)}
    <p><button class="small main">${t(scene.ui.late("edit", card) ? "late.send" : "keep")}</button>
      <button type="button" class="small" @click=${close}>${t("cancel")}</button></p></form>`;
  return repeat([seat], () => seat, form); // another person of this device has another form
}

/** Whether a comment waits for the facilitator.  @param {Scene} scene @param {Comment} one */
const isHeld = ({ room, ui }, one) => one.waits || (one.line !== room.stream && ui.inbox(one));

/** The card's comments, and one more.
 * @param {Scene} scene @param {BoardActivity} activity @param {Idea} card @param {Comment[]} comments */
export function talk(scene, activity, card, comments) {
  const { page } = scene, key = `talk.${card.id}`, seat = page.seat?.id;
  const keep = (/** @type {string} */ text) => page.draft(key, text && JSON.stringify({ activity: activity.id, text }));
  const write = (/** @type {Event} */ event) => keep(/** @type {HTMLInputElement} */ (event.target).value);
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const text = String(new FormData(form).get("text") ?? "").trim(), id = scene.ui.newId();
    if (text) void page.write("contribution.add", { activity: activity.id, id, body: { text }, parent: card.id });
    sent(page, key, page.draft(key));
    keep(form.text.value = "");
  };
  const said = (/** @type {Comment} */ one) => html`<li>${
    one.name || one.staff ? html`<bdi class=${one.staff ? "staff" : "who"}>${one.name ?? t("staff")}</bdi>` : nothing}
      ${from(one.delegation, true)} <span class="said">${one.body.text}</span>${
    isHeld(scene, one) ? html` <span class="state waits">${t("in_inbox")}</span>` : nothing}</li>`;
  return html`<div class="talk"><ul>${comments.map(said)}</ul>
    ${repeat(scene.ui.talk === card.id ? [seat] : [], () => seat, () => html`<form @submit=${send}>${
      late(scene, "comment", card)}<label class="unseen" for="talk-${card.id}">${t("comment")}</label>
      <input id="talk-${card.id}" name="text" data-most="4000" autocomplete="off" enterkeyhint="send" @input=${write}
        value=${JSON.parse(own(page, key) ?? "{}").text ?? ""} placeholder=${t("comment.hint")}>
      <button class="small main">${t(scene.ui.late("comment", card) ? "late.send" : "send")}</button></form>`)}</div>`;
}

/** The cards out of which this one grew, those that grew out of it, and the rooms that it came along from and went to.
 * @param {Board} board @param {Idea} card */
export function kin(board, card) {
  const { scene, grown } = board;
  const origins = (card.from ?? []).flatMap((id) => scene.page.copy.get(id, "idea") ?? []);
  const told = (/** @type {string} */ key, /** @type {Idea[]} */ cards) => cards.length ? html`<p class="kin">${
    t(key, { cards: "" })}${cards.map((one) => html` <a href="#${one.id}">${called(scene, one)}</a>`)}</p>` : nothing;
  return [way(board, card), told("grow.from", origins), told("grow.into", grown.get(card.id) ?? [])];
}

/** @type {WeakMap<Board, Map<string, Set<number>>>} the rooms whose summaries cite a card, by its number */
const taken = new WeakMap();

/** The rooms whose summaries cite the card, or another copy of it.  @param {Board} board @param {Idea} card */
function cited(board, card) {
  const { page, room } = board.scene;
  let found = taken.get(board);
  if (!found) {
    taken.set(board, found = new Map());
    for (const item of board.said) for (const number of item.numbers) {
      const of = page.copy.get(item.room, "room")?.number, key = cardNumber({ number }, of);
      if (of !== undefined) found.set(key, (found.get(key) ?? new Set()).add(of));
    }
  }
  return [...found.get(cardNumber(card, room.number)) ?? []].sort((a, b) => a - b);
}

/** Where the card came along from, where it went along to, and the summaries that cite it.
 * @param {Board} board @param {Idea} card */
function way(board, card) {
  const { scene } = board;
  const here = `/w/${facts.workshop.id}/`, rooms = `${here}r/`, thread = `${here}card/${card.id}`;
  const elsewhere = (card.from ?? []).filter((id) => !scene.page.copy.get(id)).length;
  const onward = facts.onward?.[card.id] ?? [];
  return html`${card.copy_of ? html`<p class="kin"><a href=${thread}>${t("carried.from", { n: card.home })}</a></p>`
    : elsewhere ? html`<p class="kin"><a href=${thread}>${t("grow.elsewhere")}</a></p>` : nothing}
    ${cited(board, card).map((n) => html`<p class="kin"><a href=${thread}>${t("taken.up", { n })}</a></p>`)}
    ${onward.map((n) => html`<p class="kin"><a href="${rooms}${n}">${t("carried.to", { n })}</a></p>`)}`;
}

/** Our own ideas and comments that a facilitator has hidden: why, and what may be done.
 * @param {Board} board @param {Hidden[]} cards */
export function hidden({ scene }, cards) {
  const { ui } = scene;
  const what = (/** @type {Hidden} */ card) => card.number ? t("hidden.idea", { card: called(scene, card) })
    : card.waits ? `${t("hidden.waits")} ${t("hidden.again")}` : t("hidden.comment");
  return cards.map((card) => html`<div class="card taken" role="note"><p>${what(card)}</p>
    ${card.reason ? html`<p>${t("hidden.why", { reason: card.reason })}</p>` : nothing}<blockquote
      class="said transcript">${card.body.text}</blockquote>
    ${ui.still ? nothing : html`<button type="button" class="small"
      @click=${() => ui.withdraw(card)}>${t("withdraw")}</button>`}</div>`);
}

/** That there is nothing to be seen; who may write is asked to, and of private steps it is not known what there is.
 * @param {Scene} scene */
export const empty = ({ room, ui }) => html`<p class="empty">${t(
  room.state === "open" && (room.now?.see ?? "room") !== "room" ? "board.own"
    : ui.posting ? "board.empty" : "board.none")}</p>`;

/** @type {Set<string>} what waits for the facilitator */
const waiting = new Set();

/** What became of our ideas and comments that waited: said once, when it happens.
 * @param {Page} page @param {number} room */
export function became(page, room) {
  for (const { id, kind, waits } of page.copy.cards.values()) if (waits && kind !== "hidden") waiting.add(id);
  for (const id of waiting) {
    const card = page.copy.get(id), idea = page.copy.get(id, "idea");
    if (card?.waits && card.kind !== "hidden") continue;
    waiting.delete(id);
    if (card) page.say(card.kind === "hidden" ? t("inbox.not")
      : idea?.number ? t("inbox.shown", { card: cardNumber(idea, room) }) : t("inbox.comment"));
  }
}

/** How many ideas the step still takes, and out of which cards the next one grows.
 * @param {Scene} scene @param {number} left */
export function hints(scene, left) {
  const { page, room, ui, redraw } = scene;
  const cards = [...ui.growing].flatMap((id) => page.copy.get(id, "idea") ?? []).map((card) => called(scene, card))
    .join(", ");
  const leave = () => {
    ui.growing.clear();
    redraw();
  };
  const limit = left > 0 ? count("limit.left", left) : t("limit.none");
  return html`${room.now.limit && page.seat ? html`<p class="left">${limit}</p>` : nothing}
    ${cards ? html`<p class="left">${t("grow.from", { cards })}
      <button type="button" class="small quiet" aria-label=${t("cancel")} @click=${leave}>×</button></p>` : nothing}`;
}
