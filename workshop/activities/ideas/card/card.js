/** One card: what it says, its votes, its comments, and what may be done with it. */
import { colon } from "../../../../static/js/shell/colon.js";
import { have, held } from "../../../../static/js/shell/later.js";
import { cardNumber, count, facts, later, t, wanted } from "../../../../static/js/shell/page.js";
import { from, html, icon, nothing, safely } from "../../../../static/js/shell/parts.js";

/** @import { Drawn, Idea, Scene, Votable } from "../../../../static/js/types.js" */

/** @typedef {import("../board/board.js").Board} Board */

const LONG = 280; // characters after which a text is shortened
const CUT = 240;

/** @param {Board} board @param {Idea} card */
export function inside(board, card) {
  const { scene, activity } = board;
  const { page, ui } = scene;
  const owner = card.mine ? ui.seatName(card.mine) : card.staff ? t("staff") : card.name;
  const comments = board.talk.get(card.id) ?? [];
  const needed = comments.length || card.from || facts.onward?.[card.id] || board.grown.has(card.id) || board.said.length
    || [ui.talk, ui.editing].includes(card.id);
  const more = needed && have(["board-talk"], scene.redraw) ? held["board-talk"] : undefined;
  const by = [card.channel === "phone" ? t("dictated") : card.channel === "paper" ? t("on_paper") : "",
    card.helper && later("helper", scene.redraw) ? t("helper", { name: card.helper }) : ""].filter(Boolean).join(", ");
  const unread = card.waits || (!card.number && ui.inbox(card)); // the facilitator has yet to let it in
  const below = (/** @type {Idea} */ one) => html`<p class="under"><b class="number">${
    cardNumber(one, scene.room.number)}</b> ${one.body.text}</p>${voting(scene, one)}`;
  return html`<p class="head"><b class="number">${card.number ? cardNumber(card, scene.room.number) : "…"}</b>${
      held.news?.mark(card.id) ?? nothing}${
      card.hidden ? html` <span class="by">${icon("eye")}${t("hidden")}${
        card.hidden === "–" ? "" : colon() + card.hidden}</span>` : nothing}
      <span class="of">${card.mine ? icon("own") : nothing}${
        owner ? html`<bdi class=${card.staff ? "staff" : "who"}>${owner}</bdi>` : nothing}${
        page.saved.has(card.id) && !card.waiting && !unread ? html` <span class="state saved">${icon("check")}${
          t("saved")}</span>` : nothing} ${from(card.delegation)}
      ${by ? html`<span class="by">${by}</span>` : nothing}</span></p>
    ${more && ui.editing === card.id ? more.editor(board, card, held["board-fields"]) : text(board, card)}
    ${ui.files(scene, card)}
    ${card.waiting ? html`<p class="state waits">${icon("wait")} ${t("on_device")}</p>`
      : unread ? html`<p class="state waits">${icon("eye")} ${later("in_inbox", scene.redraw)}</p>` : nothing}
    ${voting(scene, card)}
    ${(board.under.get(card.id) ?? []).map(below)}
    ${more?.kin(board, card)}${
      more && (comments.length || ui.talk === card.id) ? more.talk(scene, activity, card, comments) : nothing}
    ${card.waiting || scene.room.state !== "open" ? nothing : tools(board, card, comments.length)}`;
}

/** What may be done with a card.  @param {Board} board @param {Idea} card @param {number} comments how many it has */
function tools({ scene, activity }, card, comments) {
  const { page, ui } = scene;
  const mine = card.mine && page.seat?.id === card.mine;
  const talk = () => {
    ui.talk = ui.talk === card.id ? null : card.id;
    wanted(`[id="talk-${card.id}"]`);
    scene.redraw();
  };
  const react = () => {
    ui.reacting = ui.reacting === card.id ? null : card.id;
    scene.redraw();
  };
  const edit = () => {
    ui.editing = card.id;
    wanted(`[id="${card.id}"] .editor :is(textarea, input, select)`);
    scene.redraw();
  };
  const reacts = scene.reactions && ui.open(scene.reactions) && ui.lets("react", card) && page.seat;
  const grows = ui.posting && ["pair", "four"].includes(/** @type {string} */ (scene.room.now?.see));
  const moves = ui.lets("move", card) || ui.lets("group"), back = (mine && !ui.still) || ui.leads;
  const heart = reacts ? html`<button type="button" class="link" aria-expanded=${ui.reacting === card.id} @click=${react}>
        ${icon("heart")} ${t("react")}</button>` : nothing;
  const choose = moves ? html`<button type="button" class="link" aria-pressed=${ui.picked.has(card.id)}
        @click=${() => ui.pick(card.id)}>
        ${later(ui.lets("group") ? "arrange" : "move", scene.redraw)}</button>` : nothing;
  // Where a step is there for arranging, that stands in the row; of one's own card what is changed comes before the heart.
  const arranges = moves && [ui.may.move, ui.may.group].includes("all"), full = mine || arranges;
  return html`<div class="tools">
      ${ui.lets("comment", card)
        ? html`<button type="button" class="link" aria-expanded=${ui.talk === card.id} @click=${talk}>
        ${icon("comment")} ${comments ? count("comments", comments) : t("comment")}</button>` : nothing}
      ${full ? nothing : heart}
      ${ui.open(activity) && ui.lets("edit", card) ? html`<button type="button" class="link" @click=${edit}>
        ${icon("pen")} ${t("edit")}</button>` : nothing}
      ${grows ? html`<button type="button" class="link" aria-pressed=${ui.growing.has(card.id)}
        @click=${() => ui.grow(card.id)}>
        ${later("grow.one", scene.redraw)}</button>` : nothing}
      ${arranges ? choose : nothing}
      ${(moves && !arranges) || back || (full && reacts) ? html`<details class="rest" @toggle=${opened}><summary
          aria-label=${t("more.card", { card: cardNumber(card, scene.room.number) })}>${icon("more")}</summary>
        ${full ? heart : nothing}
        ${arranges ? nothing : choose}
        ${back ? html`<button type="button" class="link" @click=${() => ui.withdraw(card)}>${
        t("withdraw")}</button>` : nothing}</details>` : nothing}</div>`;
}

/** What the dots have opened comes out from under the bar.  @param {Event} event */
const opened = ({ target }) => {
  const rest = /** @type {HTMLDetailsElement} */ (target);
  if (rest.open) rest.scrollIntoView({ block: "nearest" });
};

/** What votes say of a card or a group, and what may be chosen.  @param {Scene} scene @param {Votable} card */
export const voting = (scene, card) =>
  scene.votes.map((vote) => safely(() => scene.panels[vote.of]?.onCard?.(scene, vote, card)));

/** Title, text and fields; of a long text the beginning.  @param {Board} board @param {Idea} card */
function text(board, card) {
  const { body } = card;
  const long = body.text.length > LONG, open = board.isOpen(card);
  const shown = !long || open ? body.text : `${body.text.slice(0, CUT).replace(/\s+\S{0,40}$|[\ud800-\udbff]$/, "")}…`;
  return html`${body.title ? html`<p class="title">${body.title}</p>` : nothing}<p class="text">${shown}</p>
    ${long ? html`<button type="button" class="link" aria-expanded=${open} @click=${() => board.fold(card)}>${
      t(open ? "read.less" : "read.more")}</button>` : nothing}
    ${held["board-fields"]?.shown(board.settings, body)}`;
}
