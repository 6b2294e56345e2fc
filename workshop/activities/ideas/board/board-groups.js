/** What may be done with groups: see what is in none, and with a group: call it otherwise, dissolve it; both can be
 * undone. */
import { count, t } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { act } from "./acts.js";
import { late } from "../card/late.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-groups.css";

/** @import { Group } from "../../../../static/js/types.js" */

wear(rules);

/** @typedef {import("./board.js").Board} Board */

/** @type {string|null} the group that gets another name now */
let naming = null;

/** Whether a name is being written.  @returns {boolean} */
export const writes = () => naming !== null;

/** How many cards stand in no group; a tap shows them.  @param {Board} board @param {() => void} find opens the search */
export function single(board, find) {
  const n = board.all.filter((card) => !board.groups.has(card.group ?? "")).length, { ui, redraw } = board.scene;
  const only = () => {
    ui.wanted = "single";
    find();
    redraw();
  };
  return n ? html`<button type="button" class="chip" @click=${only}>${count("single", n)}</button>` : nothing;
}

/** @param {Board} board @param {Group} group */
export function tools(board, group) {
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
