/** What a page needs as soon as somebody touches it: the focus is kept, the question makes room for the field, and what is being
 * written goes along when the group goes on to another room. */
import { look, mend } from "./focus.js";
import { memo } from "./memo.js";
import { facts } from "./page.js";

export { look, mend };

const PHONE = "(max-width: 700px), (max-height: 480px)";
const HEADER = 60; // px: what is above has been scrolled away

/** @param {import("./page.js").Page} page @param {(form: HTMLFormElement) => {place: any, fields: any}} said what a form says of a card */
export function begin(page, said) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("composer"));
  // Whoever begins to write has read the question: on a phone it folds away, and a tap opens it again.
  const fold = () => {
    const details = document.querySelector("#question details"), before = details?.getBoundingClientRect();
    if (!details || !before || !matchMedia(PHONE).matches) return;
    details.removeAttribute("open");
    // What one reads stays where it is: some browsers see to that themselves, when what gets smaller is above it.
    if (before.bottom <= HEADER && !CSS.supports("overflow-anchor", "auto")) scrollBy(0, details.getBoundingClientRect().height - before.height);
  };
  form.addEventListener("focusin", fold);
  if (form.contains(document.activeElement)) fold();
  page.leaving = () => {
    const { place, fields } = said(form), { value: text } = form.text, activity = form.add.value;
    memo("moved", "1", "sessionStorage");
    memo(`draft:${facts.room.id}:${page.seat?.id}`, "");
    memo(`fields:${facts.room.id}`, "");
    if (text.trim() || Object.keys(fields).length)
      memo("behind", JSON.stringify({ n: facts.room.number, seat: page.seat?.id, activity, text, place, fields }));
  };
}
