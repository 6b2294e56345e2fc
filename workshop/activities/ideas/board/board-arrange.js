/** Chosen cards: to another place, into a group, put together, to another room; each can be undone. */
import { cardNumber, count, t } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { act, regroup, stay } from "./acts.js";
import { late } from "../card/late.js";
import { moving } from "./moving.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-arrange.css";

/** @import { BoardActivity, Idea, Scene } from "../../../../static/js/types.js" */

wear(rules);

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./acts.js").Command} Command */

/** The toolbar for the cards that are chosen.  @param {Board} board */
export function bar(board) {
  const { scene } = board, { ui } = scene;
  const cards = [...ui.picked].flatMap((id) => scene.page.copy.get(id, "idea") ?? []);
  if (!cards.length) return nothing;
  reach();
  clear(cards[cards.length - 1].id, cards.length);
  const shared = cards.every((card) => card.line === scene.room.stream), group = ui.lets("group") && shared;
  // A name that was begun stays where it is.
  const named = /** @type {HTMLInputElement|null} */ (document.getElementById("group-name"))?.value;
  const close = () => {
    stay(cards[0].id);
    ui.picked.clear();
    scene.redraw();
  };
  const leave = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close();
  const grow = () => {
    ui.growing = new Set(ui.picked);
    ui.picked.clear();
    scene.redraw();
    document.getElementById("text")?.focus();
  };
  return html`<section class="arrange" tabindex="-1" aria-label=${t("arrange")} @keydown=${leave}>
    <p><b role="status">${count("arrange.n", cards.length)}</b>
      <button type="button" class="small quiet push" @click=${close}>${t("cancel")}</button></p>
    ${cards[1] ? nothing : html`<p class="soft">${t("arrange.next")}</p>`}
    ${cards.every((card) => ui.lets("move", card)) ? moving(board, cards) : nothing}
    ${group || named ? grouping(board, cards) : nothing}
    <p>${group ? together(board, cards) : nothing}${ui.posting ? html`<button type="button" class="small" @click=${grow}>
      ${t("grow.these")}</button>` : nothing}
    ${ui.leads && shared ? leading(board, cards) : nothing}</p></section>`;
}

/** Whoever chose the first card with the keyboard is taken to what can be done with it.  The bar stands far above the
 * card. */
function reach() {
  const from = document.activeElement;
  if (document.querySelector(".arrange") || !from?.matches(".card .tools :focus-visible")) return;
  requestAnimationFrame(() => {
    /** @type {HTMLElement|null} */ (document.querySelector(".arrange"))?.focus({ preventScroll: true });
  });
}

let stood = ""; // the card that was chosen last, and how many there were

/** The bar stays below the header, and beside it the card that was just chosen stays in view.
 * @param {string} id @param {number} n */
function clear(id, n) {
  requestAnimationFrame(() => {
    const bar = /** @type {HTMLElement|null} */ (document.querySelector(".arrange")), card = document.getElementById(id);
    const head = document.querySelector(".stick")?.getBoundingClientRect().height ?? 0;
    bar?.style.setProperty("--head", `${head}px`);
    if (stood === `${id} ${n}` || !bar || !card) return;
    stood = `${id} ${n}`;
    const hidden = bar.getBoundingClientRect().bottom + 8 - card.getBoundingClientRect().top;
    if (hidden > 0) scrollBy(0, -hidden);
  });
}

/** @param {Board} board @param {Idea[]} cards */
function grouping(board, cards) {
  const { activity, scene } = board, ids = cards.map((card) => card.id), back = regroup(activity.id, cards);
  const put = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const group = String(data.get("group") ?? ""), name = String(data.get("name") ?? "").trim();
    if (group) act(board, [["group.put", { activity: activity.id, group, cards: ids }]], back);
    else if (name) {
      const id = scene.ui.newId();
      act(board, [["group.make", { activity: activity.id, group: id, name, cards: ids }]],
        [...back, ["group.drop", { id }]]);
    }
  };
  return html`<form @submit=${put}>${late(scene, "group")}${board.groups.size ? html`<p>
        <label for="to-group">${t("arrange.group")}</label>
        <select id="to-group" name="group"><option value="">${t("arrange.new")}</option>
        ${[...board.groups.values()].map((one) => html`<option value=${one.id}>${one.body.text}</option>`)}</select></p>`
        : nothing}
      <p><label class="unseen" for="group-name">${t("arrange.name")}</label><input id="group-name" name="name"
        data-most="80" placeholder=${t("arrange.name")} autocomplete="off"></p>
      ${scene.ui.late("group") ? lateName(scene, activity)
        : html`<button class=${cards[1] ? "small ready" : "small"}>${t("arrange.group")}</button>`}</form>`;
}

/** The name goes to the facilitator as a late idea, where ideas come late too.
 * @param {Scene} scene @param {BoardActivity} activity */
function lateName({ page, ui, redraw }, activity) {
  const send = () => {
    const field = /** @type {HTMLInputElement} */ (document.getElementById("group-name")), text = field.value.trim();
    field.value = "";
    if (text) void page.write("contribution.add", { activity: activity.id, id: ui.newId(), body: { text }, place: {} });
    redraw();
  };
  return ui.shut ? html`<button type="button" class="small" @click=${send}>${t("late.send")}</button>` : nothing;
}

/** Out of the group, into one card, apart again.  @param {Board} board @param {Idea[]} cards */
function together(board, cards) {
  const { activity, scene } = board, ids = cards.map((card) => card.id), back = regroup(activity.id, cards);
  const [into, ...rest] = ids;
  const under = cards.flatMap((card) => board.under.get(card.id) ?? []);
  const out = () => act(board, [["group.put", { activity: activity.id, group: null, cards: ids }]], back);
  const merge = () => act(board, [["contribution.merge", { activity: activity.id, cards: rest, into }]], apart(board, rest));
  const split = (/** @type {Idea} */ one) => () => act(board, [["contribution.split", { id: one.id }]],
    [["contribution.merge", { activity: activity.id, cards: [one.id], into: one.into }]]);
  const number = (/** @type {Idea} */ card) => cardNumber(card, scene.room.number);
  const grouped = cards.some((card) => card.group);
  return html`${grouped ? html`<button type="button" class="small" @click=${out}>${t("arrange.out")}</button>` : nothing}
      ${rest.length ? html`<button type="button" class="small" @click=${merge}>${t("arrange.merge")}<small>(${
        t("arrange.keeps", { card: number(cards[0]) })})</small></button>` : nothing}
      ${under.map((one) => html`<button type="button" class="small" @click=${split(one)}>${
        t("arrange.split", { card: number(one) })}</button>`)}`;
}

/** The commands that take cards out of one into which they go, each with what had gone into it before.
 * @param {Board} board @param {string[]} ids @returns {Command[]} */
const apart = (board, ids) => ids.flatMap((id) => {
  const under = (board.under.get(id) ?? []).map((one) => one.id);
  return /** @type {Command[]} */ ([["contribution.split", { id }],
    ...under.length ? [["contribution.merge", { activity: board.activity.id, cards: under, into: id }]] : []]);
});

/** What only facilitators do.  @param {Board} board @param {Idea[]} cards */
function leading(board, cards) {
  const { page, room } = board.scene;
  /** The same command for each card.  @param {string} verb @param {(card: Idea) => object} what @returns {Command[]} */
  const each = (verb, what) => cards.map((card) => [verb, { id: card.id, ...what(card) }]);
  const shows = () => each("contribution.hide", () => ({ reason: null }));
  const hide = () => {
    const reason = prompt(t("arrange.hide.why"));
    if (reason !== null) act(board, each("contribution.hide", () => ({ reason })), shows());
  };
  const show = () => act(board, shows(), each("contribution.hide", (card) => ({ reason: card.hidden ?? null })));
  const rooms = page.copy.all("room", (one) => one.of === "group" && one.id !== room.id);
  const send = (/** @type {Event} */ event) => {
    const to = /** @type {HTMLSelectElement} */ (event.target).value;
    if (to) act(board, each("contribution.send", () => ({ to })), each("contribution.send", () => ({ to: room.id })));
  };
  return html`${cards.some((card) => card.hidden) ? html`<button type="button" class="small"
    @click=${show}>${t("arrange.show")}</button>`
      : html`<button type="button" class="small" @click=${hide}>${t("arrange.hide")}</button>`}
    ${rooms.length ? html`<label><span class="unseen">${t("arrange.room")}</span><select @change=${send}>
      <option value="">${t("arrange.room")}</option>
      ${rooms.map((one) => html`<option value=${one.id}>${one.title}</option>`)}</select></label>` : nothing}`;
}
