/** What somebody wrote and the room does not take now: why, and that it can be sent as late; what came late; what was being
 * written, or had been chosen, in a room that one had to leave. */
import { newId } from "../line/ids.js";
import { keys, own, tidy } from "./drafts.js";
import { memo } from "../shell/memo.js";
import { facts, t } from "../shell/page.js";
import { html, nothing, repeat } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/participant/late.css";

/** @import { BoardActivity, Comment, Idea, Scene, Ui } from "../types.js" */

wear(rules);

// Beside a vote and a longer button the field is narrower than when it was written in, and needs more lines.
const written = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text"));
if (written) new ResizeObserver(() => requestAnimationFrame(() => {
  if (written.value) written.dispatchEvent(new Event("input"));
})).observe(written);

/** @typedef {import("../shell/page.js").Page} Page */

/** Why it cannot be sent in time; that it stays, where something stands there.  @param {string} code
 * @param {unknown} typed */
export const why = (code, typed) => html`<p class="late-why" role="status"><b>${
  t(code === "step_closed" ? "late.closed" : `refusal.${code}`)}</b>${typed ? ` ${t("late.stays")}` : ""}</p>`;

/** @param {Scene} scene @param {BoardActivity|undefined} board @param {string|undefined} shut why the room takes no ideas
 * now
 * @param {boolean} typed whether something stands in the field */
export function draw({ page, ui, redraw }, board, shut, typed) {
  if (board) adopt(page);
  if (board && !document.querySelector(".spot")) unfielded(page);
  page.late = came(page);
  const read = () => {
    page.late.length = 0;
    redraw();
  };
  return html`<div class="late-all">${behind(page, redraw)}</div>${
    board && shut ? drafts(page, ui, board, redraw) : nothing}${shut ? why(shut, typed) : nothing}
    ${page.late.length ? html`<p class="late-kept" role="status">✓ ${t("late.kept")} ${
      page.late.map(({ payload }) => html`<q>${payload.body.text}</q> `)}
      <button type="button" class="small quiet" aria-label=${t("close.this")} @click=${read}>×</button></p>` : nothing}`;
}

/** @type {WeakMap<import("../line/outbox.js").Item, Set<string>>} the own cards with the same text that were there before */
const before = new WeakMap();

/** What came late and the facilitator has not put on the board: there it gets another id.  @param {Page} page */
function came(page) {
  /** @type {Set<string>} */
  const counted = new Set();
  return page.late.filter((item) => {
    const { text } = item.payload.body;
    const same = (/** @type {Idea|Comment} */ card) => card.mine === item.seat && card.body.text === text;
    const there = [...page.copy.all("idea", same), ...page.copy.all("comment", same)].map((card) => card.id);
    const had = before.get(item) ?? new Set(there), admitted = there.find((id) => !had.has(id) && !counted.has(id));
    before.set(item, had);
    if (admitted) counted.add(admitted);
    return !admitted;
  });
}

/** @type {Set<string|undefined>} for whom it was looked */
const looked = new Set();

/** What a tab that is gone has left of an idea here: into the field, once.  @param {Page} page */
function adopt(page) {
  const field = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text")), seat = page.seat?.id;
  if (!field || looked.has(seat)) return;
  if (!field.value && page.draft()) return; // it has been sent, and is kept until the device has stored it
  looked.add(seat);
  const filled = (/** @type {string} */ form) => Object.keys(JSON.parse(form).fields).length;
  if (field.value || filled(page.draft("form") ?? '{"fields":{}}')) return;
  page.draft("form", "");
  const text = own(page, ""), form = own(page, "form");
  if (form) tinkuy.held["board-compose"]?.restore(/** @type {HTMLFormElement} */ (field.form));
  if (text) type(text);
  tidy();
}

/** What was typed into the fields of a board that has none any more comes into the field that is there.
 * @param {Page} page */
function unfielded(page) {
  const form = JSON.parse(page.draft("form") ?? "{}"), texts = Object.values(form.fields ?? {}).filter(Boolean);
  if (!texts.length || !document.getElementById("text")) return;
  page.draft("form", JSON.stringify({ ...form, fields: {} }));
  type(texts.join("\n"));
}

/** Into the field, below what stands there.  @param {string} text */
function type(text) {
  const field = /** @type {HTMLTextAreaElement} */ (document.getElementById("text"));
  field.value = [field.value.trim(), text].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  // Into the first of its fields.
  if (field.hidden) tinkuy.held["board-compose"]?.restore(/** @type {HTMLFormElement} */ (field.form));
}

/**
 * What whoever writes now had begun in rooms in which they are no more: of each tab the idea, its fields and what was chosen
 * for it, comments, changes.
 * @param {Page} page @param {() => void} redraw
 */
function behind(page, redraw) {
  const { seat, picker } = page;
  if (!seat) return nothing;
  const chosen = picker?.behind(seat.id) ?? [];
  /** @type {Map<string, Record<string, string>>} by room and tab: key by what */
  const places = new Map();
  for (const key of keys(`draft:${seat.id}`)) {
    const [, , room = "", what = "", tab = ""] = key.split(":"), place = `${room}:${tab}`;
    if (room !== facts.room.id) places.set(place, { ...places.get(place), [what]: key });
  }
  for (const { room } of chosen)
    if (![...places.keys()].some((place) => place.startsWith(`${room}:`))) places.set(`${room}:`, {});
  const rest = new Set(chosen);
  return repeat([...places], ([place]) => place, ([place, found]) => {
    const room = place.split(":")[0], files = [...rest].filter((one) => one.room === room);
    const n = page.copy.get(room, "room")?.number;
    if (room && !n) return nothing; // of another workshop
    for (const one of files) rest.delete(one); // they go with the first of the texts
    return html`${idea(page, n, found, files, redraw)}${
      Object.entries(found).map(([what, key]) => onCard(page, n, what, key, redraw))}`;
  });
}

/** An idea that was begun, with what was chosen for it.
 * @param {Page} page @param {number|undefined} n its room's number @param {Record<string, string>} found its keys
 * @param {import("../attach/box.js").Chosen[]} files @param {() => void} redraw */
function idea(page, n, found, files, redraw) {
  const { seat, picker } = page, { place = {}, fields = {}, ...form } = JSON.parse(memo(found.form ?? "") ?? "{}");
  const typed = memo(found[""] ?? "")?.trim() ?? "";
  const said = [...new Set([typed, ...Object.values(fields)])].filter(Boolean).join("\n");
  const activity = form.activity ?? files[0]?.activity, text = typed || Object.values(fields)[0] || picker?.only(files);
  const clear = () => {
    for (const key of [found[""], found.form]) if (key) memo(key, "");
  };
  const done = () => {
    clear();
    redraw();
  };
  if (!text) {
    clear();
    return nothing;
  }
  const send = () => {
    const id = newId(), taken = picker?.take(files) ?? [], body = Object.keys(fields).length ? { text, fields } : { text };
    void page.write("contribution.add", { activity, id, body, place }, seat?.id)
      .then(() => picker?.send(taken, id, seat?.id ?? null));
    done();
  };
  const bring = () => {
    picker?.bring(files);
    if (said) type(said);
    done();
  };
  const drop = () => {
    for (const one of files) void picker?.files.discard(one);
    done();
  };
  /** @type {Way[]} */
  const ways = [[t("left.discard"), drop]];
  if (document.getElementById("text")) ways.unshift([t("late.here"), bring]);
  if (n && activity) ways.unshift([t("late.there", { n }), send]);
  return waits(!n ? t("late.begun") : said ? t("late.behind", { n }) : t("late.chosen", { n }), said, ways, files);
}

/** A comment on a card of another room that was begun, or a change to it.
 * @param {Page} page @param {number|undefined} n @param {string} what @param {string} key @param {() => void} redraw */
function onCard(page, n, what, key, redraw) {
  const [kind, card] = what.split(".");
  if (!n || !card) return nothing;
  const { text, body, activity, rev } = JSON.parse(memo(key) ?? "{}"), said = text ?? body?.text;
  if (!said) return nothing;
  const done = () => {
    memo(key, "");
    redraw();
  };
  const send = () => {
    if (kind === "edit") void page.write("contribution.edit", { id: card, body, base_rev: rev });
    else void page.write("contribution.add", { activity, id: newId(), body: { text }, parent: card });
    done();
  };
  return waits(kind === "edit" ? t("late.edit", { n }) : t("late.talk", { n }), said,
    [[t("late.there", { n }), send], [t("left.discard"), done]]);
}

/** Comments and changes that were begun before the page was loaded anew, and have no door now.
 * @param {Page} page @param {Ui} ui @param {BoardActivity} board @param {() => void} redraw */
function drafts(page, ui, board, redraw) {
  const found = [];
  for (const card of page.copy.all("idea", (one) => one.activity === board.id)) {
    for (const what of ["talk", "edit"]) {
      const key = `${what}.${card.id}`, held = own(page, key);
      const open = (what === "talk" ? ui.talk : ui.editing) === card.id;
      if (!held || open || !ui.late(what === "talk" ? "comment" : "edit", card)) continue;
      const done = () => {
        page.draft(key, "");
        redraw();
      };
      const { rev, text, body = { text } } = JSON.parse(held);
      const send = () => void (what === "edit" ? page.write("contribution.edit", { id: card.id, body, base_rev: rev })
        : page.write("contribution.add", { activity: board.id, id: newId(), body, parent: card.id }));
      const go = () => {
        send();
        done();
      };
      found.push(waits(t("late.begun"), body.text, [[t("late.send"), go, "small main"], [t("left.discard"), done]]));
    }
  }
  return found;
}

/** @typedef {[word: string, act: () => void, style?: string]} Way */

/** @param {string} what @param {string} text @param {Way[]} ways the first is what one would do, the last takes it away
 * @param {import("../attach/box.js").Chosen[]} [files] */
const waits = (what, text, ways, files = []) => html`<div class="late-left"><p>${what}</p>${
  text ? html`<blockquote class="said">${text}</blockquote>` : nothing}
  ${files.map(({ kind, url }) => kind === "photo" ? html`<img src=${url} alt=${t("photo")} height="64">`
    : html`<audio controls src=${url} aria-label=${t("voice")}></audio>`)}
  <p>${ways.map(([word, act, style], i) => html`<button type="button" class=${style ?? (i ? "small quiet" : "small")}
    @click=${act}>${word}</button> `)}</p></div>`;
