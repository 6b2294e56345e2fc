/** The board of ideas: one column at a time on a phone, side by side on a wide page. */
import { cardNumber, count, t } from "../../static/js/page.js";
import { from, html, nothing, repeat } from "../../static/js/parts.js";

/** @typedef {import("../../static/js/page.js").Page} Page */
/** @typedef {{page: Page, room: any, votes: any[], panels: Record<string, any>, ui: any, redraw: () => void}} Scene */

/** @param {any} activity */
export const columns = (activity) => activity.settings.columns.length
  ? activity.settings.columns : [{ key: undefined, title: "" }];

/** Ideas of the board with those that are still on this device.  @param {Scene} scene @param {any} activity */
export function ideas(scene, activity) {
  const { page } = scene;
  const there = page.copy.all("idea", (card) => card.activity === activity.id);
  const waiting = page.outbox.waiting().filter((item) => item.verb === "contribution.add" && !item.payload.parent
    && item.payload.activity === activity.id && !page.copy.cards.has(item.payload.id))
    .map((item) => ({ id: item.payload.id, body: item.payload.body, place: item.payload.place ?? {}, mine: item.seat, waiting: true }));
  return [...there, ...waiting];
}

/** @param {Scene} scene @param {any} activity */
export function draw(scene, activity) {
  const all = ideas(scene, activity);
  const cols = columns(activity);
  const active = cols.find((/** @type {any} */ c) => c.key === scene.ui.column) ?? cols[0];
  const first = cols[0].key;
  const left = scene.page.copy.earlier.get(scene.room.stream) ?? {};
  /** @param {any} c ideas of the column that the first view left out */
  const earlier = (c) => (left[c.key ?? ""] ?? 0) + (c.key && c.key === first ? left[""] ?? 0 : 0);
  return html`${cols.length > 1 ? html`<nav class="tabs" aria-label=${t("columns")}>${cols.map((/** @type {any} */ c) => html`
      <button type="button" aria-pressed=${c === active} @click=${() => { scene.ui.column = c.key; scene.redraw(); }}>
        ${c.title} <b>${all.filter((card) => (card.place?.column ?? first) === c.key).length + earlier(c)}</b></button>`)}</nav>` : nothing}
    <div class="columns n${cols.length}">${cols.map((/** @type {any} */ c) => {
      const here = all.filter((card) => (card.place?.column ?? first) === c.key);
      return html`<section class="column ${c === active ? "active" : ""}">
        ${cols.length > 1 ? html`<h2>${c.title} <b>${here.length + earlier(c)}</b></h2>` : nothing}
        ${earlier(c) ? html`<p class="earlier"><button type="button" class="link" @click=${() => scene.page.line.ask(scene.room.stream, true)}>
          ${count("earlier", earlier(c))}</button></p>` : nothing}
        ${here.length ? html`<ol class="cards">${repeat(here, (card) => card.id, (card) => one(scene, activity, card))}</ol>`
          : html`<p class="empty">${t("board.empty")}</p>`}
      </section>`;
    })}</div>`;
}

/** @param {Scene} scene @param {any} activity @param {any} card */
function one(scene, activity, card) {
  const { page, ui } = scene;
  const mine = card.mine && page.seat?.id === card.mine;
  const owner = card.mine ? ui.seatName(card.mine) : card.staff ? t("staff") : card.name;
  const comments = page.copy.all("comment", (other) => other.parent === card.id).sort((a, b) => a.seq - b.seq);
  return html`<li class="card ${card.mine ? "mine" : ""} ${card.waiting ? "waiting" : ""}" id=${card.id}>
    <p class="head"><b class="number">${card.number ? cardNumber(card, scene.room.number) : "…"}</b>
      ${owner ? html`<span class="who">${owner}</span>` : nothing} ${from(card.delegation)}
      ${card.channel === "phone" ? html`<span class="by">${t("dictated")}</span>` : card.channel === "paper" ? html`<span class="by">${t("on_paper")}</span>` : nothing}</p>
    ${ui.editing === card.id ? editor(scene, card) : html`<p class="text">${card.body.text}</p>`}
    ${ui.files(scene, card)}
    ${card.waiting ? html`<p class="state waits">${t("on_device")}</p>`
      : page.saved.has(card.id) ? html`<p class="state saved">✓ ${t("saved")}</p>` : nothing}
    ${scene.votes.map((vote) => scene.panels[vote.of]?.onCard?.(scene, vote, card) ?? nothing)}
    ${comments.length || ui.talk === card.id ? talk(scene, activity, card, comments) : nothing}
    ${card.waiting || scene.room.state !== "open" ? nothing : html`<p class="tools">
      <button type="button" class="link" @click=${() => { ui.talk = ui.talk === card.id ? null : card.id; scene.redraw(); }}>
        ${comments.length ? count("comments", comments.length) : t("comment")}</button>
      ${mine && scene.ui.posting ? html`<button type="button" class="link" @click=${() => { ui.editing = card.id; scene.redraw(); }}>
        ${t("edit")}</button>` : nothing}
      ${mine || ui.leads ? html`<button type="button" class="link" @click=${() => ui.withdraw(card)}>${t("withdraw")}</button>` : nothing}</p>`}
  </li>`;
}

/** @param {Scene} scene @param {any} card */
function editor(scene, card) {
  const done = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("text") ?? "").trim();
    if (text && text !== card.body.text) void scene.page.write("contribution.edit", { id: card.id, body: { text }, base_rev: card.rev });
    scene.ui.editing = null;
    scene.redraw();
  };
  return html`<form class="editor" @submit=${done}><label class="unseen" for="edit-${card.id}">${t("edit")}</label>
    <textarea id="edit-${card.id}" name="text" rows="4" maxlength="4000" .value=${card.body.text}></textarea>
    <p><button class="small main">${t("keep")}</button>
      <button type="button" class="small" @click=${() => { scene.ui.editing = null; scene.redraw(); }}>${t("cancel")}</button></p></form>`;
}

/** @param {Scene} scene @param {any} activity @param {any} card @param {any[]} comments */
function talk(scene, activity, card, comments) {
  const send = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const text = String(new FormData(form).get("text") ?? "").trim();
    if (text) void scene.page.write("contribution.add", { activity: activity.id, id: scene.ui.newId(), body: { text }, parent: card.id });
    form.reset();
  };
  return html`<div class="talk"><ul>${comments.map((one) => html`<li>${one.name || one.staff ? html`<span class="who">${one.name ?? t("staff")}</span>` : nothing}
      ${from(one.delegation, true)} <span class="said">${one.body.text}</span></li>`)}</ul>
    ${scene.ui.talk === card.id ? html`<form @submit=${send}><label class="unseen" for="talk-${card.id}">${t("comment")}</label>
      <input id="talk-${card.id}" name="text" maxlength="4000" autocomplete="off" enterkeyhint="send" placeholder=${t("comment.hint")}>
      <button class="small main">${t("send")}</button></form>` : nothing}</div>`;
}
