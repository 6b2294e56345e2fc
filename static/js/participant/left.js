/**
 * What somebody wrote and the server will not have: refused, or of people who are not on this device now.  It stays on the
 * device, over reloads, until it is written anew or discarded; all of it can be kept as a file.
 */
import { colon } from "../shell/colon.js";
import { isDead } from "../line/outbox.js";
import { facts, refusal, t, wanted } from "../shell/page.js";
import { html, nothing, repeat } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/participant/left.css";

/** @import { BoardActivity, Body, Met, Refused, Seat } from "../types.js" */

wear(rules);

/** @typedef {import("../shell/page.js").Page} Page */
/** @typedef {import("../line/outbox.js").Item} Item */
/** @typedef {import("../attach/box.js").Item} Waiting a photo or a voice note */
/** What is here and will not be sent.  Not `mine`: of somebody who is not on this device now; `room`: in which it was
 * written.
 * @typedef {{key: string, mine: boolean, items: Item[], room?: number, refused?: Refused, file?: Waiting,
 *   drop?: () => void}} Left */

const LOOK_MS = 1000;

/** @type {Record<string, string>} the words of refusals, by what has to be said */
const reasons = {};
/** @type {Set<string>} keys of what was taken back or discarded */
const forgotten = new Set();

/** @type {Left[]} what the device's store had at the last look */
let found = [];
let looked = -LOOK_MS;

/** What somebody wrote with a command.  @param {Item} item @returns {string} */
const words = ({ payload }) => payload.body?.text ?? payload.text ?? "";

/** Read the store.  @param {Page} page */
async function look(page) {
  const { outbox } = page;
  looked = performance.now();
  const { workshop } = outbox.box.owner, fresh = /** @type {Left[]} */ ([]);
  for (const [key, one] of await outbox.shelf.all()) {
    const kept = key.startsWith("kept:"), items = (kept ? [one] : one.items ?? []).filter(words);
    if (kept && !items.length) await outbox.shelf.drop(key);
    if (!items.length || one.owner?.workshop !== workshop) continue;
    // In another room it is said where it was written.
    if (kept && !one.room && page.copy.get(one.payload.activity ?? one.payload.id)) {
      one.room = facts.room?.number;
      await outbox.shelf.put(key, one);
    }
    const mine = items.some((/** @type {Item} */ item) => outbox.isMine(item.seat, one.owner));
    if (kept || (!mine && isDead(one))) fresh.push({ key, mine, items, refused: one.refused, room: one.room });
  }
  found = fresh.filter((one) => !forgotten.has(one.key));
  for (const one of found) if (one.mine && !came.has(one.key)) reopen(page, one);
}

/** @type {Set<string>} keys of what was looked at before, or stood here when the page came */
const came = new Set();

/** Words that were refused a moment ago because of one of their fields stand in the fields again, and that one is shown:
 * whoever wrote them need not look for them.  Where something else has been begun meanwhile they stay below.
 * @param {Page} page @param {Left} one */
function reopen(page, one) {
  came.add(one.key);
  const { verb, payload, seat } = one.items[0];
  const form = /** @type {HTMLFormElement|null} */ (document.getElementById("composer"));
  if (!one.refused?.code.startsWith("field_") || one.room !== facts.room?.number
    || when(one) < performance.timeOrigin) return;
  const speaker = page.seats.find((other) => other.id === seat), edits = verb === "contribution.edit";
  if (seat && seat !== page.seat?.id) return;
  if (edits ? !page.copy.get(payload.id) || document.querySelector(".editor")
    : verb !== "contribution.add" || payload.parent || !form || form.hidden || !free(form)) return;
  back(page, one, speaker);
  const board = page.copy.get(edits ? page.copy.get(payload.id, "idea")?.activity : payload.activity, "activity");
  const fields = board?.of === "ideas" ? /** @type {BoardActivity} */ (board).settings.fields : [];
  const title = JSON.stringify(one.refused.values?.field);
  const field = fields?.find((other) => JSON.stringify(other.title) === title);
  if (field) wanted(edits ? `[id="edit-${payload.id}-${field.key}"]` : `#composer [name="field-${field.key}"]`);
}

/** Whether nothing stands in the form yet.  @param {HTMLFormElement} form */
const free = (form) => ![form.text, ...form.querySelectorAll("[name^=field-]")].some((one) => one.value.trim());

/** @param {Page} page */
export function draw(page) {
  for (const [item, met] of page.mets.splice(0)) tell(page, item, met);
  if (performance.now() - looked >= LOOK_MS) void look(page);
  const left = [...found, ...page.picker?.left() ?? []].sort((one, other) => when(one) - when(other));
  const texts = written(page, left);
  if (!left.length && !texts.length) return nothing;
  return html`<details class="left" open><summary>${
      left.length ? t("left", { n: left.length }) : t("refusal.who_are_you")}</summary>
    <ul>${repeat(left, (one) => one.key, (one) => html`<li>${entry(page, one)}</li>`)}</ul>
    ${texts.length ? html`<p><button type="button" class="link" @click=${() => save(texts)}>${
      t("keep_file")}</button></p>` : nothing}</details>`;
}

/** Somebody else had changed the card that was edited.  @param {Page} page @param {Item} item @param {Met} met */
function tell(page, item, met) {
  const who = met.name ?? (met.staff ? t("staff") : t("met.somebody"));
  if (met.text === undefined) return page.say(t("met.both", { who }));
  const run = () => page.putBack?.(item.payload.id, { text: `${words(item)}\n\n${met.text}` });
  page.say(t("met.over", { who }), "bad", { label: t("met.see"), run });
}

/** @param {Left} one */
const when = (one) => one.file?.at ?? one.items[0].at;

/** @param {Page} page @param {Left} one */
function entry(page, one) {
  const [item] = one.items, writing = page.takeBack || document.getElementById("composer")?.hidden === false;
  const speaker = page.seats.find((seat) => seat.id === item?.seat);
  const again = one.mine && item && writing && (speaker || !item.seat);
  const elsewhere = one.room && one.room !== facts.room?.number;
  return html`<p class="soft">${elsewhere ? html`<b>${t("left.room", { n: one.room })}</b> ` : nothing}${
      one.mine && one.refused ? reason(page, one.refused) : t("left.other")}</p>
    ${one.file ? picture(one.file, one.mine) : one.mine ? html`<blockquote class="said">${said(item)}</blockquote>`
      : nothing}
    <p>${again ? html`<button type="button" class="small"
      @click=${() => back(page, one, speaker)}>${t("take_back")}</button>` : nothing}
      <button type="button" class="small quiet" @click=${() => forget(page, one)}>${t("left.discard")}</button></p>`;
}

/** @param {Waiting} file @param {boolean} mine */
const picture = (file, mine) => html`${
  mine && file.kind === "photo" ? html`<img src=${file.url} alt=${t("photo")} height="64">` : nothing}
  <a class="button small" href=${file.url}
    download="tinkuy.${file.type.split(/[/;]/)[1] ?? "bin"}">${t(file.kind)}${colon()}${t("attach.keep")}</a>`;

/** Why it was refused; the words may still be on their way.  @param {Page} page @param {Refused} refused */
function reason(page, refused) {
  const key = JSON.stringify(refused);
  if (!(key in reasons)) {
    reasons[key] = "";
    void refusal(refused).then((text) => {
      reasons[key] = text;
      page.changed();
    });
  }
  return reasons[key];
}

/** Everything that was written with a command: the text, and fields that say more.  @param {Item} item */
const said = (item) =>
  [...new Set([item.payload.body?.title, words(item), ...Object.values(item.payload.body?.fields ?? {})])]
  .filter(Boolean).join("\n");

/** The texts that a file should hold: where the device is known no more, also what still waits and what stands in the field.
 * @param {Page} page @param {Left[]} left */
function written(page, left) {
  const field = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text"));
  const still = page.gone ? [...page.outbox.waiting().map(said), field?.value] : [];
  return /** @type {string[]} */ ([...left.flatMap((one) => one.items.map(said)), ...still].filter(Boolean));
}

/** @param {string[]} texts */
function save(texts) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([texts.join("\n\n") + "\n"], { type: "text/plain" }));
  link.download = "tinkuy.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Into the editor of its card, or into the field.  @param {Page} page @param {Left} one @param {Seat} [speaker] */
function back(page, one, speaker) {
  const { verb, payload } = one.items[0], text = words(one.items[0]);
  if (speaker) page.speak(speaker);
  if (verb === "contribution.edit" && page.putBack && page.copy.get(payload.id)) page.putBack(payload.id, payload.body);
  else if (page.takeBack) page.takeBack(text, one.items[0]);
  else compose(payload.body ?? { text });
  forget(page, one);
}

/** Each field into the one of its name; what has none here, as on a board of another room, into the text.
 * @param {Body} body */
function compose({ text, title, fields = {} }) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("composer")), field = form.text;
  const other = [title, Object.values(fields).includes(text) ? "" : text];
  for (const [key, said] of Object.entries(fields)) {
    const place = /** @type {Typed|null} */ (form.elements.namedItem(`field-${key}`));
    if (!place || (place.value && place.value !== said && place.tagName !== "TEXTAREA")) other.push(said);
    else add(place, said);
  }
  const first = field.hidden ? form.querySelector("textarea[name^=field-]") ?? field : field;
  const spot = form.querySelector("details.spot");
  if (spot && Object.keys(fields).length) spot.setAttribute("open", "");
  add(first, other.filter(Boolean).join("\n"));
  if (field.hidden) return;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Typed */

/** What is there is not lost.  @param {Typed} field @param {string} said */
function add(field, said) {
  if (!said || field.value === said) return;
  field.value = [field.value.trim(), said].filter(Boolean).join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true })); // it is a draft now
}

/** @param {Page} page @param {Left} one */
function forget(page, one) {
  if (one.drop) one.drop();
  else void page.outbox.shelf.drop(one.key);
  forgotten.add(one.key);
  found = found.filter((other) => other !== one);
  page.changed();
}
