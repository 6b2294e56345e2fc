/** What not every card needs: changing it, its comments, what it grew out of; and what the form says before one writes. */
import { cardNumber, count, t } from "../../static/js/page.js";
import { from, html, nothing } from "../../static/js/parts.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./panel.js").Scene} Scene */

const GLIMPSE = 30; // characters of a card that has no number yet

/** @param {Scene} scene @param {any} card */
const called = (scene, card) => card.number ? cardNumber(card, scene.room.number) : `«${card.body.text.slice(0, GLIMPSE)}»`;

/** The card's text to be changed.  @param {Board} board @param {any} card @param {any} more the part for fields, where the board has some */
export function editor({ scene, settings }, card, more) {
  const typed = scene.ui.typed === null ? card : { ...card, body: { ...card.body, text: scene.ui.typed } };
  const done = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = String(data.get("text") ?? "").trim();
    const body = more ? more.body(settings, card, data) : { ...card.body, text };
    if (body.text && JSON.stringify(body) !== JSON.stringify(card.body)) void scene.page.write("contribution.edit", { id: card.id, body, base_rev: card.rev });
    close();
  };
  const close = () => {
    scene.ui.editing = scene.ui.typed = null;
    scene.redraw();
  };
  return html`<form class="editor" @submit=${done}>
    ${more ? more.inputs(settings, typed) : html`<label class="unseen" for="edit-${card.id}">${t("edit")}</label><textarea id="edit-${card.id}" name="text" rows="4" maxlength="4000" .value=${typed.body.text}></textarea>`}
    <p><button class="small main">${t("keep")}</button>
      <button type="button" class="small" @click=${close}>${t("cancel")}</button></p></form>`;
}

/** The card's comments, and one more.  @param {Scene} scene @param {any} activity @param {any} card @param {any[]} comments */
export function talk(scene, activity, card, comments) {
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

/** The cards out of which this one grew, and those that grew out of it.  @param {Board} board @param {any} card */
export function kin({ scene, grown }, card) {
  const origins = (card.from ?? []).map((/** @type {string} */ id) => scene.page.copy.get(id)).filter(Boolean);
  return [["grow.from", origins], ["grow.into", grown.get(card.id) ?? []]].map(([key, cards]) => cards.length ? html`<p class="kin">${
    t(key, { cards: "" })}${cards.map((/** @type {any} */ one) => html` <a href="#${one.id}">${called(scene, one)}</a>`)}</p>` : nothing);
}

/** Our own ideas and comments that a facilitator has hidden: why, and what may be done.  @param {Board} board @param {any[]} cards */
export function hidden({ scene }, cards) {
  return cards.map((card) => html`<div class="card taken" role="note"><p>${card.number ? t("hidden.idea", { card: called(scene, card) }) : t("hidden.comment")}</p>
    ${card.reason ? html`<p>${t("hidden.why", { reason: card.reason })}</p>` : nothing}<blockquote class="said transcript">${card.body.text}</blockquote>
    <button type="button" class="small" @click=${() => scene.ui.withdraw(card)}>${t("withdraw")}</button></div>`);
}

/** How many ideas the step still takes, and out of which cards the next one grows.  @param {Scene} scene @param {number} left */
export function hints({ page, room, ui, redraw }, left) {
  const scene = /** @type {any} */ ({ room }), growing = [...ui.growing].map((id) => page.copy.get(id)).filter(Boolean);
  return html`${room.now.limit && page.seat ? html`<p class="left">${left > 0 ? count("limit.left", left) : t("limit.none")}</p>` : nothing}
    ${growing.length ? html`<p class="left">${t("grow.from", { cards: growing.map((card) => called(scene, card)).join(", ") })}
      <button type="button" class="small quiet" aria-label=${t("cancel")} @click=${() => { ui.growing.clear(); redraw(); }}>×</button></p>` : nothing}`;
}
