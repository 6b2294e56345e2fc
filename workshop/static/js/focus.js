/** Where the keyboard's focus goes when what had it is no more: never to the page as a whole. */

const MAY = "a[href], button, summary, [tabindex], input, textarea, select";
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select"; // a phone would open its keyboard
const FIELDS = ".card, .note, .tile, .arrange, .bottom, form, main";

/** What had the focus lately, the last one first.  @type {HTMLElement[]} */
let had = [];
/** What had it at the last look, then what stands around that, in the order in which it is tried.  @type {HTMLElement[]} */
let near = [];

/** Whether somebody could go on there.  @param {any} one */
const stands = (one) => one && one !== document.body && one.isConnected && !one.matches(":disabled") && one.getClientRects().length > 0;

/** Before a drawing: what is beside the focus now. */
export function look() {
  const at = /** @type {HTMLElement|null} */ (document.activeElement);
  if (!at || at === document.body || at === near[0]) return;
  had = [at, ...had.filter((one) => one !== at)].slice(0, 6);
  const all = /** @type {HTMLElement[]} */ ([...at.closest(FIELDS)?.querySelectorAll(MAY) ?? []]), here = all.indexOf(at);
  near = [at, ...[...all.slice(here + 1), ...all.slice(0, here).reverse()].filter((one) => !one.matches(TYPED))];
}

/** After a drawing: a focus that was lost goes to what stood beside it, or where it was before. */
export function mend() {
  const [at] = near;
  if (!at || stands(document.activeElement)) return;
  if (!stands(at)) ([...near, ...had].find(stands) ?? document.getElementById("main"))?.focus({ preventScroll: true });
  near = []; // it stands, and somebody tapped beside it: that is meant
}
