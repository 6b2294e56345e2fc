/** Where a new card goes and what its fields say, in the form that the server made: smaller, and following what the group
 * adds. */
import { cardNumber, t, word } from "../../../../static/js/shell/page.js";
import { keep } from "./said.js";
import { rows } from "../layouts/sections.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-compose.css";

/** @import { Body } from "../../../../static/js/types.js" */

wear(rules);

/** @typedef {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} Field */
const LONGEST = 50; // characters of a card's text in a list to choose from
let begun = false, listed = "";
/** @type {import("../../../../static/js/shell/page.js").Page} */
let page;

/** @param {import("../board/board.js").Board} board @param {HTMLFormElement} form */
export function draw(board, form) {
  const place = /** @type {HTMLDetailsElement} */ (form.querySelector(".spot"));
  page = board.scene.page;
  if (!begun) begin(board, form, place);
  const { settings, all, scene } = board;
  const key = all.map((card) => `${card.id}${card.place?.row ?? ""}${card.rev}`).join();
  if (key !== listed) {
    listed = key;
    const list = document.getElementById("rows");
    if (list) list.replaceChildren(...rows(settings, all).map((row) => new Option("", word(row.title))));
    const under = /** @type {HTMLSelectElement|null} */ (form.elements.namedItem("under"));
    const chosen = under?.value ?? "";
    if (under) under.replaceChildren(under.options[0], ...all.filter((card) => !card.waiting).map((card) => new Option(
      `${cardNumber(card, scene.room.number)} ${card.body.text.slice(0, LONGEST)}`, card.id)));
    if (under) under.value = board.scene.page.copy.get(chosen) ? chosen : "";
  }
  say(place);
}

/** @param {import("../board/board.js").Board} board @param {HTMLFormElement} form @param {HTMLDetailsElement} place */
function begin({ settings }, form, place) {
  begun = true;
  place.classList.toggle("filled", Boolean(settings.fields?.length));
  if (settings.fields?.length) form.classList.add("with-fields");
  // A field that must be filled and is folded away could not be shown by the browser.
  form.addEventListener("invalid", () => { place.open = true; }, true);
  place.addEventListener("input", () => { say(place); keep(page, form); });
  restore(form);
}

/** The fields as whoever writes now had filled them in.
 * @param {HTMLFormElement} form @param {boolean} [anew] somebody else did before */
export function restore(form, anew = false) {
  const place = /** @type {HTMLDetailsElement} */ (form.querySelector(".spot"));
  const kept = JSON.parse(page.draft("form") ?? "{}").fields ?? {};
  for (const one of typed(place)) if (anew || kept[one.name.slice(6)]) one.value = kept[one.name.slice(6)] ?? "";
  // What was written before the board had fields can be seen in the first of them.
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const first = text.hidden && text.value ? typed(place).find((one) => one instanceof HTMLTextAreaElement) : undefined;
  if (first) {
    first.value = [first.value, text.value].filter(Boolean).join("\n");
    text.value = "";
    place.open = true;
    page.draft("", "");
    keep(page, form);
  }
  say(place);
}

/** @param {HTMLElement} place @returns {Field[]} */
const fields = (place) => [...place.querySelectorAll("input, select, textarea")].map((one) => /** @type {Field} */ (one));

/** What is chosen, beside the word that opens it.  @param {HTMLElement} place */
function say(place) {
  const chosen = fields(place).filter((one) => one.value && !one.name.startsWith("field-"))
    .map((one) => one instanceof HTMLSelectElement ? one.selectedOptions[0]?.text : one.value);
  const now = document.getElementById("place-now");
  if (now)
    now.textContent = chosen.length ? chosen.join(" · ") : place.classList.contains("filled") ? "" : t("place.choose");
}

/** The fields that the board asks for.  @param {HTMLElement} place */
const typed = (place) => fields(place).filter((one) => one.name.startsWith("field-"));

/** The card is on its way: its date and fields make room for those of the next one.  @param {HTMLFormElement} form */
export function sent(form) {
  const place = /** @type {HTMLElement} */ (form.querySelector(".spot"));
  for (const one of fields(place)) if (one.name === "at" || one.name.startsWith("field-")) one.value = "";
  say(place);
  keep(page, form);
}

/** A refused card's fields are put back.  @param {HTMLFormElement} form @param {Body} body */
export function back(form, body) {
  const place = /** @type {HTMLDetailsElement} */ (form.querySelector(".spot"));
  for (const one of fields(place)) {
    const value = body.fields?.[one.name.replace("field-", "")];
    if (value && one.name.startsWith("field-")) one.value = value;
  }
  place.open = true;
  keep(page, form);
}
