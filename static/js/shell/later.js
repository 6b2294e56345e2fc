/** Parts of a page that are fetched when they are needed: the panels of the kinds, and what few people do. */
import * as ids from "../line/ids.js";
import { memo } from "./memo.js";
import * as page from "./page.js";
import * as parts from "./parts.js";

/** @import { Panel, Parts, Room } from "../types.js" */

/** What of a room its people are told of when it changes; `board` for which the form was made.
 * @typedef {{state: string, step: number, at: string|null, paused?: string, deadline: string|null, over: boolean,
 *   title: string, board?: string, on?: string}} Now: `on`: the block of the programme that runs */

const AGAIN_MS = 5000; // after a part did not come
const AT_ONCE = ["ideas", "board-wide"]; // their words came with the page

/** The parts that there are, and their version: the build puts them here. */
const there = PARTS.split(" ");
/** The parts that are here: whoever uses one has asked for it with `have`, or looks whether it is there. */
export const held = /** @type {Required<Parts>} */ ({});
/** The same by the names of kinds: what draws the votes of each. */
export const panels = /** @type {Record<string, Panel>} */ (/** @type {unknown} */ (held));
/** @type {Record<string, number>} when each was asked for */
const asked = {};
/** Whether a part was asked for that did not come: what can be drawn without it is drawn. */
export let missed = false;
/** Parts whose words are under way. */
const came = /** @type {Record<string, Panel>} */ ({});
globalThis.tinkuy = { ids, page, parts, held, have, came };

/** What was written and will not be sent, where there is such.  @param {page.Page} of */
export const left = (of) => (of.gone || of.outbox.leaves) && have(["left"], () => of.changed()) ? held.left.draw(of) : "";

/** What people should notice when it changes, as it was said last.  @type {Partial<Now>|undefined} */
let before;

/** What changed in the room is said once (js/participant/news.js), also when it changed before that part was here.
 * @param {page.Page} of @param {Room} room @param {string} [board] for which the form was made */
export function tell(of, room, board) {
  const touched = document.activeElement !== document.body || scrollY;
  if (touched && have(["writing"], () => of.changed())) of.focus = held.writing;
  const { state, step, step_at: at, paused, deadline, title } = room;
  const now = { state, step, at, paused, deadline, title, over: parts.secondsLeft(of, room) <= 0, board,
    on: of.copy.all("room").find((one) => one.on)?.on?.title };
  before ??= memo("moved", undefined, "sessionStorage") ? {} : now;
  if (JSON.stringify(now) === JSON.stringify(before) || !have(["news"], () => of.changed())) return;
  held.news.tell(of, before, now, room);
  before = now;
}

/** Whether the parts are here, with their words; those that are not are fetched, and `then` is called for each that comes.
 * @param {string[]} names @param {() => void} then */
export function have(names, then) {
  for (const name of names) {
    if (panels[name] || !there.includes(name) || Date.now() - (asked[name] ?? 0) < AGAIN_MS) continue;
    asked[name] = Date.now();
    const script = document.createElement("script");
    script.src = `/a/${VERSION}/part-${name}.js`;
    const away = () => {
      missed = true;
      then();
      setTimeout(then, AGAIN_MS);
    };
    const here = () => {
      panels[name] = came[name];
      then();
    };
    script.onerror = away;
    script.onload = () => AT_ONCE.includes(name) ? here() : page.more().then((words) => words ? here() : away());
    document.head.append(script);
  }
  return names.every((name) => panels[name] || !there.includes(name));
}
