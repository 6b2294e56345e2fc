/** What a page needs as soon as somebody touches it: the focus is kept, the question makes room for the field, and what is
 * being written goes along when the group goes on to another room. */
import { look as begun, sent } from "./drafts.js";
import eye from "icon:eye";
import nosignal from "icon:nosignal";
import own from "icon:own";
import wait from "icon:wait";
import { bring } from "../shell/outlines.js";
import { look, mend } from "../shell/focus.js";
import { memo } from "../shell/memo.js";
import { keep } from "../../../workshop/activities/ideas/compose/said.js";

export { look, mend };

bring({ eye, nosignal, own, wait }); // what becomes of what one writes

const PHONE = "(max-width: 700px), (max-height: 480px)";
const HEADER = 60; // px: what is above has been scrolled away

const TWICE_MS = 1000; // a second tap this soon was not meant for the next idea

/** @param {import("../shell/page.js").Page} page */
export function begin(page) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("composer"));
  // Whoever begins to write has read the question: on a phone it folds away, and a tap opens it again.
  const fold = () => {
    const details = document.querySelector("#question details"), before = details?.getBoundingClientRect();
    if (!details || !before || !matchMedia(PHONE).matches) return;
    details.removeAttribute("open");
    // What one reads stays where it is: some browsers see to that themselves, when what gets smaller is above it.
    if (before.bottom <= HEADER && !CSS.supports("overflow-anchor", "auto"))
      scrollBy(0, details.getBoundingClientRect().height - before.height);
  };
  form.addEventListener("focusin", fold);
  // So has whoever scrolled it away.
  addEventListener("scroll", () => {
    const details = document.querySelector("#question details[open]");
    if (details && details.getBoundingClientRect().bottom <= HEADER) fold();
  }, { passive: true });
  if (form.contains(document.activeElement)) fold();
  for (const kind of ["input", "change", "submit"]) form.addEventListener(kind, () => keep(page, form));
  keep(page, form);
  begun();
  document.addEventListener("submit", ({ target }) => target === form && sent(page, "", form.text.value), true);
  twice(form);
  page.leaving = async () => {
    memo("moved", "1", "sessionStorage");
    await page.picker?.stop(); // what is being said
  };
}

/** Whoever taps twice to send is not asked to fill in the field, which is empty for the next one.
 * @param {HTMLFormElement} form */
function twice(form) {
  let at = -TWICE_MS;
  form.addEventListener("submit", (event) => { at = event.timeStamp; });
  form.querySelector("button.main")?.addEventListener("click", (event) => {
    const again = /** @type {MouseEvent} */ (event).detail > 1 || event.timeStamp - at < TWICE_MS;
    if (again && form.matches(":invalid")) event.preventDefault();
  });
}
