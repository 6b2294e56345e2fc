/** Chosen cards: to another place, into a group, put together, to another room; each can be undone. */
import { cardNumber, count, t, word } from "../../static/js/page.js";
import { html, nothing } from "../../static/js/parts.js";
import { act, backFrom, by } from "./acts.js";
import { rows } from "./sections.js";
import { wear } from "./wear.js";
import rules from "./board-arrange.css";

wear(rules);

/** @typedef {import("./board.js").Board} Board */

/** The toolbar for the cards that are chosen.  @param {Board} board */
export function bar(board) {
  const { scene } = board, { ui } = scene;
  const cards = /** @type {any[]} */ ([...ui.picked].map((id) => scene.page.copy.get(id)).filter(Boolean));
  if (!cards.length) return nothing;
  const shared = cards.every((card) => card.line === scene.room.stream), group = ui.lets("group") && shared;
  return html`<section class="arrange" aria-label=${t("arrange")}><p><b role="status">${count("arrange.n", cards.length)}</b>
      <button type="button" class="small" @click=${() => { ui.picked.clear(); scene.redraw(); }}>${t("arrange.done")}</button></p>
    ${cards.every((card) => ui.lets("move", card)) ? moving(board, cards) : nothing}
    ${group ? grouping(board, cards) : nothing}
    ${ui.posting ? html`<p><button type="button" class="small" @click=${() => { ui.growing = new Set(ui.picked); ui.picked.clear(); scene.redraw(); document.getElementById("text")?.focus(); }}>
      ${t("grow.these")}</button></p>` : nothing}
    ${ui.leads && shared ? leading(board, cards) : nothing}</section>`;
}

/** @param {Board} board @param {any[]} cards */
function moving(board, cards) {
  const { settings, activity } = board;
  const sides = /** @type {[string, any[]][]} */ ([["column", settings.columns ?? []],
    ["row", settings.layout === "matrix" ? rows(settings, board.all) : []], ["lane", settings.lanes ?? []]]).filter(([, of]) => of.length);
  if (!sides.length) return nothing;
  const move = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const place = Object.fromEntries([...new FormData(/** @type {HTMLFormElement} */ (event.target))].filter(([, value]) => value));
    if (!Object.keys(place).length) return;
    act(board, "contribution.move", { activity: activity.id, cards: cards.map((card) => card.id), place }, backFrom(activity.id, cards, place));
  };
  return html`<form @submit=${move}>${sides.map(([name, of]) => html`<label>${t(`arrange.to.${name}`)}
      <select name=${name}><option value=""></option>${of.map((one) => html`<option value=${one.key}>${word(one.title)}</option>`)}</select></label>`)}
    <button class="small main">${t("arrange.here")}</button></form>`;
}

/** @param {Board} board @param {any[]} cards */
function grouping(board, cards) {
  const { activity, scene } = board, ids = cards.map((card) => card.id);
  const back = by(cards, (card) => card.group ?? null).map(({ value, ids }) =>
    /** @type {[string, any]} */ (["group.put", { activity: activity.id, group: value, cards: ids }]));
  const put = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const group = String(data.get("group") ?? ""), name = String(data.get("name") ?? "").trim();
    if (group) act(board, "group.put", { activity: activity.id, group, cards: ids }, back);
    else if (name) {
      const id = scene.ui.newId();
      act(board, "group.make", { activity: activity.id, group: id, name, cards: ids }, [...back, ["group.drop", { id }]]);
    }
  };
  const [into, ...rest] = ids;
  const under = cards.flatMap((card) => board.under.get(card.id) ?? []);
  return html`<form @submit=${put}><label>${t("arrange.group")} <select name="group"><option value="">${t("arrange.new")}</option>
        ${[...board.groups.values()].map((one) => html`<option value=${one.id}>${one.body.text}</option>`)}</select></label>
      <label><span class="unseen">${t("arrange.name")}</span><input name="name" maxlength="80" placeholder=${t("arrange.name")} autocomplete="off"></label>
      <button class="small main">${t("arrange.group")}</button></form>
    <p>${cards.some((card) => card.group) ? html`<button type="button" class="small" @click=${() =>
        act(board, "group.put", { activity: activity.id, group: null, cards: ids }, back)}>${t("arrange.out")}</button>` : nothing}
      ${rest.length ? html`<button type="button" class="small" @click=${() => act(board, "contribution.merge", { activity: activity.id, cards: rest, into },
        rest.map((id) => ["contribution.split", { id }]))}>${t("arrange.merge")}</button>` : nothing}
      ${under.map((one) => html`<button type="button" class="small" @click=${() => act(board, "contribution.split", { id: one.id },
        [["contribution.merge", { activity: activity.id, cards: [one.id], into: one.into }]])}>${t("arrange.split")}: ${cardNumber(one, scene.room.number)}</button>`)}</p>`;
}

/** What only facilitators do.  @param {Board} board @param {any[]} cards */
function leading(board, cards) {
  const { page, room } = board.scene;
  const hide = () => {
    const reason = prompt(t("arrange.hide.why"));
    if (reason !== null) for (const card of cards) act(board, "contribution.hide", { id: card.id, reason }, [["contribution.hide", { id: card.id, reason: null }]]);
  };
  const rooms = page.copy.all("room", (one) => one.of === "group" && one.id !== room.id);
  const send = (/** @type {any} */ event) => {
    const to = event.target.value;
    if (to) for (const card of cards) act(board, "contribution.send", { id: card.id, to }, [["contribution.send", { id: card.id, to: room.id }]]);
  };
  return html`<p>${cards.some((card) => card.hidden) ? html`<button type="button" class="small" @click=${() => {
      for (const card of cards) act(board, "contribution.hide", { id: card.id, reason: null }, [["contribution.hide", { id: card.id, reason: card.hidden }]]);
    }}>${t("arrange.show")}</button>` : html`<button type="button" class="small" @click=${hide}>${t("arrange.hide")}</button>`}
    ${rooms.length ? html`<label><span class="unseen">${t("arrange.room")}</span><select @change=${send}><option value="">${t("arrange.room")}</option>
      ${rooms.map((one) => html`<option value=${one.id}>${one.title}</option>`)}</select></label>` : nothing}</p>`;
}

