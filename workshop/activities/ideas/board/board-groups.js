/** Groups: cards that are sewn together, how many and what votes give them, folded on a phone; and what may be done with
 * them: see what is in none, call a group otherwise, dissolve it; both can be undone. */
import { count, t } from "../../../../static/js/shell/page.js";
import { html, icon, nothing } from "../../../../static/js/shell/parts.js";
import { seen } from "../../../../static/js/votes/voting.js";
import { act } from "./acts.js";
import { late } from "../card/late.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "../../../../static/css/board/groups.css";

/** @import { Drawn, Group, Idea } from "../../../../static/js/types.js" */

wear(rules);

/** @typedef {import("./board.js").Board} Board */

/** @type {string|null} the group that gets another name now */
let naming = null;

const NARROW = matchMedia("(max-width: 700px)");
/** @type {Map<string, boolean>} the groups that were opened or folded here */
const turned = new Map();

/** Cards, those of a group together under its name.
 * @param {Board} board @param {Idea[]} cards @param {(card: Idea) => Drawn} [under] what hangs from a card */
export function list(board, cards, under) {
  const { groups } = board;
  const named = [...groups.values()].map((group) => ({ group, of: cards.filter((card) => card.group === group.id) }))
    .filter(({ of }) => of.length);
  const free = cards.filter((card) => !groups.has(/** @type {string} */ (card.group)));
  return html`${named.map(({ group, of }) => {
    const turn = (/** @type {Event} */ { target }) => {
      const { open } = /** @type {HTMLDetailsElement} */ (target);
      if (open !== opens(board, group, of)) turned.set(group.id, open);
    };
    const all = together(board, of);
    return html`<details class="group" data-group=${group.id} ?open=${opens(board, group, of)} @toggle=${turn}><summary><h3
        aria-level=${board.level}>${group.body.text} <b>${count("cards", board.count(of))}</b></h3>${
        all ? html`<span class="all">${count("points", all)}</span>` : nothing}${icon("down")}</summary>${
        tools(board, group)}${board.voting(group)}
      ${board.items(of, under)}</details>`;
  })}${free.length ? board.items(free, under) : nothing}`;
}

/** Folded on a phone, until it is tapped, while nobody searches, arranges or votes.
 * @param {Board} board @param {Group} group @param {Idea[]} of */
const opens = ({ hits, scene: { ui, votes, reactions } }, { id }, of) => turned.get(id) ?? Boolean(!NARROW.matches || hits
  || ui.lets("group") || votes.some((vote) => vote !== reactions && ui.open(vote))
  || of.some((card) => ui.editing === card.id || ui.talk === card.id));

/** What votes on cards have given all cards of a group.  @param {Board} board @param {Idea[]} of */
const together = ({ scene }, of) => scene.votes.reduce((sum, vote) => sum + of.reduce((all, { id }) =>
  all + (/** @type {Record<string, {points?: number}>} */ (seen(scene, vote)?.items ?? {})[id]?.points ?? 0), 0), 0);

/** How many cards stand in no group; a tap shows them.  @param {Board} board @param {() => void} find opens the search */
export function single(board, find) {
  const n = board.all.filter((card) => !board.groups.has(card.group ?? "")).length, { ui, redraw } = board.scene;
  if (!ui.lets("group")) return nothing;
  const only = () => {
    ui.wanted = "single";
    find();
    redraw();
  };
  return n ? html`<button type="button" class="chip" @click=${only}>${count("single", n)}</button>` : nothing;
}

/** @param {Board} board @param {Group} group */
function tools(board, group) {
  const { scene, activity } = board, { id } = group, { text } = group.body, may = scene.ui.lets("group");
  const name = (/** @type {string|null} */ which) => {
    naming = which;
    scene.redraw();
    requestAnimationFrame(() => {
      const part = document.querySelector(`[data-group="${id}"] ${which ? "input" : ".tools button"}`);
      /** @type {HTMLElement|null} */ (part)?.focus();
    });
  };
  const keep = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const said = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("name") ?? "").trim();
    if (said && said !== text) act(board, [["group.name", { id, name: said }]], [["group.name", { id, name: text }]]);
    name(null);
  };
  const dissolve = () => {
    const cards = scene.page.copy.all("idea", (card) => card.group === id).map((card) => card.id);
    const back = { activity: activity.id, group: scene.ui.newId(), name: text, cards };
    act(board, [["group.drop", { id }]], [["group.make", back]]);
  };
  const leave = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && name(null);
  if (naming === id) return html`<form class="naming" @submit=${keep} @keydown=${leave}>
      <label class="unseen" for="name-${id}">${t("arrange.name")}</label>
      <input id="name-${id}" name="name" data-most="80" required autocomplete="off" .value=${text}>
      ${may ? html`<button class="small main">${t("keep")}</button>` : late(scene, "group")}<button type="button"
        class="small" @click=${() => name(null)}>${t("cancel")}</button></form>`;
  const button = (/** @type {string} */ word, /** @type {() => void} */ run) => html`<button type="button" class="link"
    aria-label="${word}: ${text}" @click=${run}>${word}</button>`;
  return may ? html`<p class="tools">${button(t("group.name"), () => name(id))}
      ${button(t("group.drop"), dissolve)}</p>` : nothing;
}
