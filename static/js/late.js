/** What somebody wrote and the room does not take now: why, and that it can be sent as late; what came late; what was being
 * written in a room that one had to leave. */
import { newId } from "./ids.js";
import { memo } from "./memo.js";
import { draft, facts, t } from "./page.js";
import { html, nothing } from "./parts.js";
import { wear } from "../../workshop/activities/ideas/wear.js";
import rules from "../css/late.css";

wear(rules);

/** @typedef {import("./page.js").Page} Page */

/** Why it cannot be sent in time; that it stays, where something stands there.  @param {string} code @param {any} typed */
export const why = (code, typed) => html`<p class="late-why" role="status"><b>${t(code === "step_closed" ? "late.closed" : `refusal.${code}`)}</b>${typed ? ` ${t("late.stays")}` : ""}</p>`;

/** @param {any} scene @param {any} board @param {string} shut why the room takes no ideas now @param {boolean} typed whether something stands in the field */
export function draw({ page, ui, redraw }, board, shut, typed) {
  if (board && !document.querySelector(".spot")) unfielded();
  return html`${behind(page, redraw)}${board && shut ? drafts(page, ui, board, redraw) : nothing}${shut ? why(shut, typed) : nothing}
    ${page.late.length ? html`<p class="late-kept" role="status">✓ ${t("late.kept")} ${page.late.map((/** @type {string} */ text) => html`<q>${text}</q> `)}
      <button type="button" class="small quiet" aria-label=${t("close.this")} @click=${() => { page.late.length = 0; redraw(); }}>×</button></p>` : nothing}`;
}

/** What was typed into the fields of a board that has none any more comes into the field that is there. */
function unfielded() {
  const key = `fields:${facts.room.id}`, texts = Object.values(JSON.parse(memo(key) ?? "{}")).filter(Boolean);
  const field = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text"));
  memo(key, "");
  if (!field || !texts.length) return;
  field.value = [field.value, ...texts].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input"));
}

/** @param {Page} page @param {() => void} redraw */
function behind(page, redraw) {
  const left = JSON.parse(memo("behind") ?? "null");
  if (!left) return nothing;
  const { n, seat, activity, place, fields } = left, text = left.text.trim() || Object.values(fields)[0] || "";
  const body = Object.keys(fields).length ? { text, fields } : { text };
  const done = () => {
    memo("behind", "");
    redraw();
  };
  return waits(t("late.behind", { n }), [...new Set([text, ...Object.values(fields)])].join("\n"), t("late.there", { n }),
    () => { void page.write("contribution.add", { activity, id: newId(), body, place }, seat); done(); }, done);
}

/** Comments and changes that were begun before the page was loaded anew, and have no door now.
 * @param {Page} page @param {any} ui @param {any} board @param {() => void} redraw */
function drafts(page, ui, board, redraw) {
  const found = [];
  for (const card of page.copy.all("idea", (one) => one.activity === board.id)) {
    for (const what of ["talk", "edit"]) {
      const key = `${what}:${card.id}:${page.seat?.id}`, held = draft(key);
      if (!held || (what === "talk" ? ui.talk : ui.editing) === card.id || !ui.late(what === "talk" ? "comment" : "edit", card)) continue;
      const done = () => {
        draft(key, "");
        redraw();
      };
      const { rev, body } = what === "edit" ? JSON.parse(held) : { rev: 0, body: { text: held } };
      const send = () => void (what === "edit" ? page.write("contribution.edit", { id: card.id, body, base_rev: rev })
        : page.write("contribution.add", { activity: board.id, id: newId(), body, parent: card.id }));
      found.push(waits(t("late.begun"), body.text, t("late.send"), () => { send(); done(); }, done));
    }
  }
  return found;
}

/** @param {string} what @param {string} text @param {string} word @param {() => void} send @param {() => void} drop */
const waits = (what, text, word, send, drop) => html`<div class="late-left"><p>${what}</p><blockquote class="said">${text}</blockquote>
  <p><button type="button" class="small main" @click=${send}>${word}</button>
    <button type="button" class="small quiet" @click=${drop}>${t("left.discard")}</button></p></div>`;
