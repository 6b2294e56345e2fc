/**
 * What is typed and not sent, as the device keeps it: of each person, room, and tab.  What a tab has left that is gone comes
 * to the next that asks; a tab that lives writes down anew what was taken from it.
 */
import { memo } from "../shell/memo.js";
import { facts } from "../shell/page.js";

/** @typedef {import("../shell/page.js").Page} Page */

const FLAG = "drafts"; // something may be there that the page does not show by itself (js/participant/late.js)

/** Under which names something is kept that begin with this.  @param {string} start */
export function keys(start) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** @param {Page} page @param {string} what */
const others = (page, what) => keys(`draft:${page.writer?.id ?? facts.account}:${facts.room.id}:${what}:`)
  .filter((key) => !isOwn(key));

/** @param {string} key */
const isOwn = (key) => key.endsWith(`:${memo("tab", undefined, "sessionStorage")}`);

/** What this person typed here, be it in a tab that is gone.  @param {Page} page @param {string} what */
export function own(page, what) {
  const [other] = others(page, what);
  if (!page.draft(what) && other) {
    page.draft(what, memo(other));
    memo(other, "");
  }
  return page.draft(what);
}

/** It goes on its way: what another tab took over and left as it was is not offered again.
 * @param {Page} page @param {string} what @param {string|undefined} said */
export function sent(page, what, said) {
  for (const other of others(page, what)) if (memo(other) === said) memo(other, "");
}

/** Something is typed now: the next page looks for it. */
export function look() {
  memo(FLAG, "1");
  addEventListener("storage", ({ key, oldValue, newValue }) => {
    if (!key?.startsWith("draft:") || !key.includes(`:${facts.room.id}:`) || !isOwn(key)) return;
    if (oldValue && !newValue) memo(key, oldValue);
  });
}

/** Nothing is kept any more, and nobody types: the next page need not look. */
export function tidy() {
  if (!tinkuy.held.writing && !keys("draft:").length && !memo("files")) memo(FLAG, "");
}
