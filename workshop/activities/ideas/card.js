/** One card: what it says, its votes, its comments, and what may be done with it. */
import { have, held } from "../../static/js/later.js";
import { cardNumber, count, t, word } from "../../static/js/page.js";
import { from, html, nothing } from "../../static/js/parts.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./panel.js").Scene} Scene */

const LONG = 280; // characters after which a text is shortened
const CUT = 240;
const SAFE = /^(https?:\/\/|mailto:)/i;

/** @param {Board} board @param {any} card */
export function inside(board, card) {
  const { scene, activity } = board;
  const { page, ui } = scene;
  const mine = card.mine && page.seat?.id === card.mine;
  const owner = card.mine ? ui.seatName(card.mine) : card.staff ? t("staff") : card.name;
  const comments = board.talk.get(card.id) ?? [];
  return html`<p class="head"><b class="number">${card.number ? cardNumber(card, scene.room.number) : "…"}</b>${card.hidden ? html` <span class="by">${t("hidden")}: ${card.hidden}</span>` : nothing}
      ${owner ? html`<span class="who">${owner}</span>` : nothing} ${from(card.delegation)}
      ${card.channel === "phone" ? html`<span class="by">${t("dictated")}</span>` : card.channel === "paper" ? html`<span class="by">${t("on_paper")}</span>` : nothing}</p>
    ${ui.editing === card.id ? editor(board, card) : text(board, card)}
    ${ui.files(scene, card)}
    ${card.waiting ? html`<p class="state waits">${t("on_device")}</p>`
      : card.waits || (!card.number && ui.inbox(card)) ? html`<p class="state waits">${t("in_inbox")}</p>`
      : page.saved.has(card.id) ? html`<p class="state saved">✓ ${t("saved")}</p>` : nothing}
    ${scene.votes.map((vote) => scene.panels[vote.of]?.onCard?.(scene, vote, card) ?? nothing)}
    ${(board.under.get(card.id) ?? []).map((one) => html`<p class="under"><b class="number">${cardNumber(one, scene.room.number)}</b> ${one.body.text}</p>`)}
    ${comments.length || ui.talk === card.id ? talk(scene, activity, card, comments) : nothing}
    ${card.waiting || scene.room.state !== "open" ? nothing : html`<p class="tools">
      ${ui.lets("comment") ? html`<button type="button" class="link" @click=${() => { ui.talk = ui.talk === card.id ? null : card.id; scene.redraw(); }}>
        ${comments.length ? count("comments", comments.length) : t("comment")}</button>` : nothing}
      ${scene.reactions && ui.open(scene.reactions) && ui.lets("react") && page.seat ? html`<button type="button" class="link" aria-expanded=${ui.reacting === card.id} @click=${() => { ui.reacting = ui.reacting === card.id ? null : card.id; scene.redraw(); }}>
        ${t("react")}</button>` : nothing}
      ${ui.open(activity) && ui.lets("edit", card) ? html`<button type="button" class="link" @click=${() => { ui.editing = card.id; scene.redraw(); }}>
        ${t("edit")}</button>` : nothing}
      ${ui.lets("move", card) || ui.lets("group") ? html`<button type="button" class="link" aria-pressed=${ui.picked.has(card.id)} @click=${() => ui.pick(card.id)}>
        ${t("arrange")}</button>` : nothing}
      ${mine || ui.leads ? html`<button type="button" class="link" @click=${() => ui.withdraw(card)}>${t("withdraw")}</button>` : nothing}</p>`}`;
}

/** Title, text and fields; of a long text the beginning.  @param {Board} board @param {any} card */
function text(board, card) {
  const { body } = card;
  const long = body.text.length > LONG, open = board.isOpen(card);
  const shown = !long || open ? body.text : `${body.text.slice(0, CUT).replace(/\s+\S{0,40}$|[\ud800-\udbff]$/, "")}…`;
  const fields = (board.settings.fields ?? []).filter((/** @type {any} */ { key }) => body.fields?.[key] && body.fields[key] !== body.text);
  return html`${body.title ? html`<p class="title">${body.title}</p>` : nothing}<p class="text">${shown}</p>
    ${long ? html`<button type="button" class="link" aria-expanded=${open} @click=${() => board.fold(card)}>${t(open ? "read.less" : "read.more")}</button>` : nothing}
    ${fields.length ? html`<dl class="fields">${fields.map((/** @type {any} */ field) => html`<div><dt>${word(field.title)}</dt>
      <dd>${value(field, body.fields[field.key])}</dd></div>`)}</dl>` : nothing}`;
}

/** @param {any} field @param {string} said */
function value(field, said) {
  if (field.type === "choice") return word(field.options.find((/** @type {any} */ one) => one.key === said)?.title ?? said);
  return field.type === "link" && SAFE.test(said) ? html`<a href=${said} target="_blank" rel="noopener noreferrer nofollow">${said}</a>` : said;
}

/** @param {Board} board @param {any} card */
function editor({ scene, settings }, card) {
  const typed = scene.ui.typed === null ? card : { ...card, body: { ...card.body, text: scene.ui.typed } };
  const more = settings.fields?.length && have(["board-fields"], scene.redraw) ? held["board-fields"] : undefined;
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
