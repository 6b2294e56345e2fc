/** Parts of a page that are fetched when they are needed: the panels of the kinds, and what few people do. */
import * as ids from "./ids.js";
import * as page from "./page.js";
import * as parts from "./parts.js";

const AGAIN_MS = 5000; // after a part did not come

/** The parts that there are, and their version: the build puts them here. */
const there = PARTS.split(" ");
/** @type {Record<string, any>} the parts that are here */
export const held = {};
/** @type {Record<string, number>} when each was asked for */
const asked = {};
/** @type {any} */ (globalThis).tinkuy = { ids, page, parts, held };

/** What was written and will not be sent, where there is such.  @param {page.Page} of */
export const left = (of) => (of.gone || of.outbox.leaves) && have(["left"], () => of.changed()) ? held.left.draw(of) : "";

/** Whether the parts are here, with their words; those that are not are fetched, and `then` is called for each that comes.
 * @param {string[]} names @param {() => void} then */
export function have(names, then) {
  for (const name of names) {
    if (held[name] || !there.includes(name) || Date.now() - (asked[name] ?? 0) < AGAIN_MS) continue;
    asked[name] = Date.now();
    const script = document.createElement("script");
    script.src = `/a/${VERSION}/part-${name}.js`;
    script.onload = () => page.more().then(then);
    document.head.append(script);
  }
  return names.every((name) => held[name] || !there.includes(name));
}
