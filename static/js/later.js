/** Parts of a page that are fetched when they are needed: the panels of the kinds, and what few people do. */
import * as ids from "./ids.js";
import { memo } from "./memo.js";
import * as page from "./page.js";
import * as parts from "./parts.js";

const AGAIN_MS = 5000; // after a part did not come

/** The parts that there are, and their version: the build puts them here. */
const there = PARTS.split(" ");
/** @type {Record<string, any>} the parts that are here */
export const held = {};
/** @type {Record<string, number>} when each was asked for */
const asked = {};
/** @type {any} */ (globalThis).tinkuy = { ids, page, parts, held, have };

/** What was written and will not be sent, where there is such.  @param {page.Page} of */
export const left = (of) => (of.gone || of.outbox.leaves) && have(["left"], () => of.changed()) ? held.left.draw(of) : "";

/** What people should notice when it changes, as it was said last.  @type {any} */
let before;

/** What changed in the room is said once (js/news.js), also when it changed before that part was here.
 * @param {page.Page} of @param {any} room @param {string} [board] for which the form was made */
export function tell(of, room, board) {
  if (document.activeElement !== document.body && have(["writing"], () => of.changed())) of.focus = held.writing;
  const { state, step, step_at: at, paused, deadline } = room, now = { state, step, at, paused, deadline, over: parts.secondsLeft(of, room) <= 0, board };
  before ??= memo("moved", undefined, "sessionStorage") ? {} : now;
  if (JSON.stringify(now) === JSON.stringify(before) || !have(["news"], () => of.changed())) return;
  held.news.tell(of, before, now, room);
  before = now;
}

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
