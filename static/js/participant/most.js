/** Fields that take so many characters: what is longer stays as it was written, with its count and why it cannot be sent
 * yet. */
import { t } from "../shell/page.js";

/** @typedef {HTMLInputElement|HTMLTextAreaElement} Field */
/** @type {WeakMap<Field, HTMLElement>} */
const notes = new WeakMap();

/** As the server counts (clean_text).  @param {string} text */
const length = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC").trim()].length;

/** Say of a field that it has too much, or no more.  @param {Field} field */
export function look(field) {
  const limit = Number(field.dataset.most), n = length(field.value);
  const why = n > limit ? t("refusal.too_long", { limit, length: n }) : "";
  let note = notes.get(field);
  field.setCustomValidity(why);
  if (!why) return note?.remove();
  if (!note) notes.set(field, note = Object.assign(document.createElement("p"), { className: "problem" }));
  note.setAttribute("role", "status");
  Object.assign(note.style, { flexBasis: "100%", order: "-1" });
  note.textContent = why;
  if (!note.isConnected) field.after(note);
}

const all = (/** @type {ParentNode} */ within) =>
  /** @type {NodeListOf<Field>} */ (within.querySelectorAll("[data-most]")).forEach(look);
addEventListener("input", (event) => {
  const field = /** @type {Field} */ (event.target);
  if (field.dataset?.most) look(field);
});
// What a script wrote into a field, or took out of it, tells nobody: whoever sends is looked at once more.
for (const kind of ["click", "keydown"])
  addEventListener(kind, (event) => {
    const { form } = /** @type {Field} */ (event.target);
    if (form) all(form);
  }, true);
all(document);
