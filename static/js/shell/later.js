/** Parts of a page that are fetched when they are needed: the panels of the kinds, and what few people do. */
import * as ids from "../line/ids.js";
import { memo } from "./memo.js";
import * as page from "./page.js";
import * as parts from "./parts.js";

/** @import { Panel, Parts, Room } from "../types.js" */

/** What of a room its people are told of when it changes; `board` for which the form was made.
 * @typedef {{state: string, step: number, at: string|null, paused?: string, deadline: string|null, over: boolean,
 *   title: string, board?: string, block?: string}} Now: `block`: the title of the one that runs */

const AGAIN_MS = 10000; // until what can be drawn without a part that has not come is drawn, and the part asked for again
const AT_ONCE = /ideas|wide/; // their words came with the page

/** The parts that there are, and their version: the build puts them here. */
const there = PARTS.split(" ");
/** The parts that are here: whoever uses one has asked for it with `have`, or looks whether it is there. */
export const held = /** @type {Required<Parts>} */ ({});
/** The same by the names of kinds: what draws the votes of each. */
export const panels = /** @type {Record<string, Panel>} */ (/** @type {unknown} */ (held));
/** @type {Record<string, boolean>} whether each is under way */
const asked = {};
/** Whether the part that was asked for last did not come: what can be drawn without it is drawn, and stays. */
export let missed = false;
/** `came`: parts whose words are under way. */
globalThis.tinkuy = { ids, page, parts, held, have, came: /** @type {Record<string, Panel>} */ ({}) };

/** What was written and will not be sent, where there is such.  @param {page.Page} of */
export const left = (of) => (of.gone || of.outbox.leaves) && have(["left"], () => of.changed()) ? held.left.draw(of) : "";

/** What people should notice when it changes, as it was said last.  @type {Partial<Now>|undefined} */
let before;

/** What changed in the room is said once (js/participant/news.js), also when it changed before that part was here.
 * @param {page.Page} of @param {Room} room @param {string} [board] for which the form was made */
export function tell(of, room, board) {
  const touched = document.activeElement !== document.body || scrollY;
  if (touched && have(["writing"], () => of.changed())) of.focus = held.writing;
  const { state, step, step_at: at, paused, deadline, title, block } = room;
  const now = { state, step, at, paused, deadline, title, over: parts.secondsLeft(of, room) <= 0, board,
    block };
  before ??= memo("moved", undefined, "sessionStorage") ? {} : now;
  if (JSON.stringify(now) === JSON.stringify(before) || !have(["news"], () => of.changed())) return;
  held.news.tell(of, before, now, room);
  before = now;
}

/** Whether the parts are here, with their words; those that are not are fetched, and `then` is called for each that comes.
 * @param {string[]} names @param {() => void} then */
export function have(names, then) {
  for (const name of names) {
    if (panels[name] || asked[name] || !there.includes(name)) continue;
    asked[name] = true;
    const script = document.createElement("script");
    script.src = `/a/${VERSION}/part-${name}.js`;
    /** @param {unknown} [words] they are here, or the part needs none */
    const here = (words) => {
      if (words) panels[name] = tinkuy.came[name];
      missed = !panels[name];
      then();
    };
    script.onerror = () => here();
    script.onload = () => AT_ONCE.test(name) ? here(1) : page.more().then(here);
    setTimeout(() => {
      asked[name] = false;
      here();
    }, AGAIN_MS);
    document.head.append(script);
  }
  return names.every((name) => panels[name] || !there.includes(name));
}
