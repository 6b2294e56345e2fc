/** The sentence of a summary that the rapporteur is writing, and those that had to make room for another; kept on the
 * device. */
import { facts } from "../shell/page.js";

/** @import { Page } from "../types.js" */
/** @typedef {{id: string|null, section: string, text: string, who: string, when: string, cites: string[], rev: number}}
 * Draft */

const key = `scribe:${facts.room.id}:${facts.account}`;
/** @returns {Draft} */
export const FRESH = () => ({ id: null, section: "idea", text: "", who: "", when: "", cites: [], rev: 0 });

export let draft = FRESH();
/** @type {Draft[]} sentences that were begun and had to make room for another */
export let aside = [];
try {
  const held = JSON.parse(localStorage.getItem(key) ?? "{}");
  aside = held.aside ?? [];
  delete held.aside;
  draft = { ...draft, ...held };
} catch {
  /* no storage: the form itself still holds what was typed */
}

/** @param {Page} page @param {Partial<Draft>} change */
export function keep(page, change) {
  draft = { ...draft, ...change };
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, aside }));
  } catch {
    /* see above */
  }
  page.changed();
}

/** Another sentence comes into the form; what stands there and was not saved is put aside.
 * @param {Page} page @param {Partial<Draft>} next */
export function open(page, next) {
  const { id, section, text, who, when, cites } = draft, is = page.copy.get(id, "item");
  const same = is && text === is.body.text && section === is.body.section && who === (is.body.who ?? "")
    && when === (is.body.when ?? "") && cites.join() === is.cites.join();
  if (text.trim() && !same && text !== next.text) aside = [...aside, draft];
  keep(page, { ...FRESH(), ...next });
  const field = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("item-text"));
  if (field) field.value = draft.text; // at once, not with the next drawing: whoever types on types into this sentence
  field?.focus();
}

/** @param {Page} page @param {Draft} one */
export function discard(page, one) {
  aside = aside.filter((other) => other !== one);
  keep(page, {});
}

/** Go on with a sentence that was put aside.  @param {Page} page @param {Draft} one */
export function resume(page, one) {
  aside = aside.filter((other) => other !== one);
  open(page, one);
}
