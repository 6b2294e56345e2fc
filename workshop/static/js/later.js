/** Parts of a page that are fetched when they are needed: the panels of the kinds, and what few people do. */
import * as ids from "./ids.js";
import * as page from "./page.js";
import * as parts from "./parts.js";

const AGAIN_MS = 5000; // after a part did not come

/** Where each part is, under /a/: the build puts it here.  @type {Record<string, string>} */
const where = PARTS;
/** @type {Record<string, any>} the parts that are here */
export const held = {};
/** @type {Record<string, number>} when each was asked for */
const asked = {};
/** @type {any} */ (globalThis).tinkuy = { ids, page, parts, held };

/** Whether the parts are here, with their words; those that are not are fetched, and `then` is called for each that comes.
 * @param {string[]} names @param {() => void} then */
export function have(names, then) {
  for (const name of names) {
    if (held[name] || !where[name] || Date.now() - (asked[name] ?? 0) < AGAIN_MS) continue;
    asked[name] = Date.now();
    const script = document.createElement("script");
    script.src = `/a/${where[name]}`;
    script.onload = () => page.more().then(then);
    document.head.append(script);
  }
  return names.every((name) => held[name] || !where[name]);
}
