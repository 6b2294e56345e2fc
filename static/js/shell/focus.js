/** Where the keyboard's focus goes when what had it is no more: never to the page as a whole. */

const MAY = "a[href], button, summary, [tabindex], input, textarea, select";
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select"; // a phone would open its keyboard
const FOLDED = "details:not([open]) > :not(summary)"; // it has a place on the page, but takes no focus
const FIELDS = ".card, .note, .tile, .arrange, .bottom, form, main";

/** What had the focus lately, the last one first.  @type {HTMLElement[]} */
let had = [];
/** What had it at the last look, then what stands around that, in the order in which it is tried.  @type {HTMLElement[]} */
let near = [];
let within = "", place = 0; // the id of what is around it, and which of its parts it was
let held = false; // at the last look it was still there

/** Whether somebody could go on there.  @param {Element|null} one */
const stands = (one) => one && one !== document.body && one.isConnected
  && !one.matches(":disabled") && !one.closest(FOLDED) && one.getClientRects().length > 0;

/** What can have the focus in an element.  @param {Element|null|undefined} field */
const parts = (field) => /** @type {HTMLElement[]} */ ([...field?.querySelectorAll(MAY) ?? []]);

/** Before a drawing: what is beside the focus now. */
export function look() {
  const at = /** @type {HTMLElement|null} */ (document.activeElement);
  held = at === near[0];
  if (!at || at === document.body || held) return;
  held = true;
  had = [at, ...had.filter((one) => one !== at)].slice(0, 6);
  const field = at.closest(FIELDS), all = parts(field);
  within = field?.id ?? "";
  place = all.indexOf(at);
  near = [at, ...[...all.slice(place + 1), ...all.slice(0, place).reverse()].filter((one) => !one.matches(TYPED))];
}

/** After a drawing: a focus that was lost goes to the same place of what was drawn anew, or what that is folded behind, to
 * what stood beside it, or where it was before. */
export function mend() {
  const [at] = near;
  if (!at || stands(document.activeElement)) return;
  if (stands(at)) {
    if (held) at.focus({ preventScroll: true }); // it was moved
    else near = []; // somebody tapped beside it, and means that
    return;
  }
  const anew = within ? parts(document.getElementById(within)) : [];
  /** @type {HTMLElement|null|undefined} */
  const fold = anew[place]?.closest(FOLDED)?.parentElement?.querySelector("summary");
  const next = [anew[place], fold ?? null, ...near, ...anew.filter((one) => !one.matches(TYPED)), ...had].find(stands)
    ?? document.getElementById("main");
  near = [];
  next?.focus({ preventScroll: true });
}
