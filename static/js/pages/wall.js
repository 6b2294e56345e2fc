/** The wall: what the desk sends; until it sends something, the way in and then what the groups say. */
import { http } from "../line/line.js";
import { Page, facts, t } from "../shell/page.js";
import { html, icon, lineChip, nothing, notes, paint, repeat } from "../shell/parts.js";
import { hours } from "../facilitator/times.js";
import { keepWay } from "../facilitator/way.js";
import { group, groups } from "../rapporteur/told.js";

/** @import { Of } from "../rapporteur/told.js" */

const ASK_MS = 5000; // what no stream tells (how many have voted, the programme) is asked for so often
const MOVES_MS = 1000; // and a map that moves while people vote
const OLD_MS = 12000; // without a word from the server for so long, the wall says so
const FEW = 3, SOME = 5; // lines of a result beside other rooms, and alone
let sheet = 0; // on the wall, which of its pages stands there
const narrow = matchMedia("(max-width: 1280px)");

/** What was sent, as the server says it.
 * @typedef {{rev: number, page: number, state: "sent"|"blank"|"own", theme: string, letter: number,
 *   sizes: Record<string, number>, streams: string[], html: string, mark: string}} Sent */
let sent = /** @type {Sent} */ (facts.wall);
let asked = false, again = false, heard = Date.now(), seen = "";

/** @param {Page} page */
function draw(page) {
  const { told, at } = groups(page);
  const there = onSheet(told), lines = there.length > 1 ? FEW : SOME;
  paint("summaries", html`<div class="told n${there.length}">${repeat(told, ({ room }) => room.id,
      (one) => group(page, one, lines, true, !there.includes(one)))}</div>
    ${told.length + at.length ? nothing : html`<p class="empty">${t("plenary.empty")}</p>`}`);
  look(page);
  if (sent.state === "own") wall(told, there, at, told.length > 0 || at.some(({ summary }) => summary?.published));
  if (sent.state !== "own") frame();
  tick(page);
  paint("line", lineChip(page));
  paint("notes", notes(page));
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
}

/** What stands around the summaries on the wall: which rooms they are, which have no place there, or the way in.
 * @param {Of[]} told @param {Of[]} there @param {Of[]} at @param {boolean} begun */
function wall(told, there, at, begun) {
  show(["summaries", "way", "heading"], begun);
  show(["invite"], !begun);
  show(["sent"], false);
  const list = (/** @type {Of[]} */ some) => runs(some.map(({ room }) => room.number));
  paint("shown", there.length > 1 ? t("wall.shown", { rooms: list(there), all: told.length + at.length }) : nothing);
  const said = (/** @type {string} */ key, /** @type {Of[]} */ some) =>
    some.length ? html`<span>${t(key, { rooms: list(some) })}</span> ` : nothing;
  const state = (/** @type {Of} */ { room }) => room.state;
  paint("others", !begun ? nothing : html`${said("wall.also", told.filter((one) => !there.includes(one)))}
    ${said("wall.open", at.filter((one) => state(one) === "open"))}
    ${said("wall.waiting", at.filter((one) => state(one) === "waiting"))}
    ${said("wall.closed", at.filter((one) => state(one) === "closed"))}`);
  const turning = told.length > there.length || parts().some(([, of]) => of > 1);
  pager(begun && turning);
}

/** What stands around what was sent: the way in, and the pages. */
function frame() {
  show(["sent"], sent.state === "sent");
  show(["way"], true);
  show(["summaries", "heading", "invite"], false);
  paint("shown", nothing);
  paint("others", nothing);
  fit();
  pager(sent.state === "sent" && parts().some(([, of]) => of > 1));
}

/** @param {string[]} ids @param {boolean} on */
function show(ids, on) {
  for (const id of ids) at(id).hidden = !on;
}

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Where a long title leaves too little for what is said under it, it is written smaller. */
function fit() {
  for (const one of document.querySelectorAll("#sent .block")) {
    one.classList.remove("tight");
    const items = /** @type {HTMLElement} */ (one.querySelector(".items")), main = at("main");
    const read = main.clientHeight / 1080 * sent.letter;
    one.classList.toggle("tight", items.clientHeight < 3 * read);
  }
}

/** The buttons that turn pages, where there are several.  @param {boolean} several */
function pager(several) {
  paint("turn", several ? html`<button type="button" aria-label=${t("wall.before")} @click=${() => turn(-1)}>${
    icon("back")}</button><button type="button" aria-label=${t("wall.next")} @click=${() => turn(1)}>${
    icon("onward")}</button>` : nothing);
  for (const [group, of, n] of parts())
    /** @type {HTMLElement} */ (group.querySelector(".part")).textContent = of > 1 ? t("wall.part", { n: n + 1, of }) : "";
}

/** Numbers in their order, three and more that follow each other as one: 1–4, 7.  @param {number[]} numbers */
function runs(numbers) {
  /** @type {number[][]} */
  const found = [];
  for (const n of numbers) {
    const last = found[found.length - 1];
    if (last && last[last.length - 1] === n - 1) last.push(n);
    else found.push([n]);
  }
  return found.map((run) => run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(", ")).join(", ");
}

const beside = () => narrow.matches ? 2 : 3;

/** The rooms of the page that stands on the wall: as many on each, so that none is left half empty.  @param {Of[]} told */
function onSheet(told) {
  const all = sheets(told.length);
  sheet = Math.min(sheet, Math.max(0, all - 1));
  const from = (/** @type {number} */ n) => Math.ceil(told.length * n / all);
  return told.slice(from(sheet), from(sheet + 1));
}

/** @param {number} rooms */
const sheets = (rooms) => Math.ceil(rooms / beside());

/** The rooms that stand on the wall, how many pages their sentences take, and which is open.
 * @returns {[HTMLElement, number, number][]} */
function parts() {
  const there = document.querySelectorAll(".summaries:not([hidden]) .group:not([hidden])");
  return /** @type {HTMLElement[]} */ ([...there]).map((one) => {
    const items = /** @type {HTMLElement} */ (one.querySelector(".items")), wide = items.clientWidth + gap(items);
    return [one, Math.max(1, Math.round((items.scrollWidth + gap(items)) / wide)), Math.round(items.scrollLeft / wide)];
  });
}

/** @param {Element} items */
const gap = (items) => parseFloat(getComputedStyle(items).columnGap) || 0;

/**
 * Nobody scrolls on a wall, and nothing moves there by itself: whoever stands at it turns the page.  Rooms are read to
 * their end, then come those that had no place beside them.
 * @param {number} by 1 or -1
 */
function turn(by) {
  const all = parts(), go = (/** @type {HTMLElement} */ one, /** @type {number} */ n) => {
    const items = /** @type {HTMLElement} */ (one.querySelector(".items"));
    items.scrollLeft = n * (items.clientWidth + gap(items));
  };
  const more = all.filter(([, of, n]) => by > 0 ? n + 1 < of : n > 0);
  for (const [group, , n] of more) go(group, n + by);
  if (!more.length) {
    const of = sent.state === "own" ? sheets(document.querySelectorAll("#summaries .group").length) : 0;
    sheet = of ? (sheet + by + of) % of : 0;
    for (const [group] of all) go(group, 0);
  }
  page.changed();
}

/** Asks for what stands here when a stream has moved, and now and then.  @param {Page} page */
function look(page) {
  const now = JSON.stringify([...page.copy.cursors.entries()]);
  if (now === seen) return;
  const first = !seen;
  seen = now;
  if (!first) void ask();
}

/** What stands on the wall now?  One question at a time. */
async function ask() {
  if (asked) {
    again = true;
    return;
  }
  asked = true;
  try {
    const told = await http(`/s/${facts.screen}/now?have=${sent.mark}`);
    if (told.code) return location.reload(); // the address is the wall's no more
    heard = Date.now();
    if (told.mark !== sent.mark) put(/** @type {Sent} */ (told));
  } catch {
    /* what stands there stays, and says how old it is */
  } finally {
    asked = false;
    if (again) setTimeout(() => void ask(), 500);
    again = false;
    page.changed();
  }
}

/** Put up what was sent: pages that were turned stay turned while it is the same.  @param {Sent} told */
function put(told) {
  const box = at("sent"), same = told.rev === sent.rev;
  const turned = told.page - (same ? sent.page : 0);
  const open = [...box.querySelectorAll(".items")].map((one) => one.scrollLeft);
  sent = told;
  dress();
  keeping(box, () => box.replaceChildren(...new DOMParser().parseFromString(told.html, "text/html").body.childNodes));
  show(["sent"], told.state === "sent");
  if (same) box.querySelectorAll(".items").forEach((one, i) => (one.scrollLeft = open[i] ?? 0));
  follow(told.streams);
  turns(turned);
}

/** Changes what stands in the box, and a video that still stands there goes on where it is.
 * @param {HTMLElement} box @param {() => void} change */
function keeping(box, change) {
  const map = spots(box), before = [...box.querySelectorAll("video")].map((one) => /** @type {const} */ ([one, one.paused]));
  change();
  glide(map, box);
  for (const fresh of box.querySelectorAll("video")) {
    const [old, paused] = before.find(([one]) => one.src === fresh.src) ?? [null, true];
    if (!old) continue;
    fresh.replaceWith(old);
    if (!paused) void old.play();
  }
}

/** Where the groups of a map stand: {class: [x, y]}.  @param {HTMLElement} box @returns {Record<string, number[]>} */
const spots = (box) => Object.fromEntries([.../** @type {NodeListOf<SVGElement>} */ (box.querySelectorAll("g[data-at]"))]
  .map((one) => [one.getAttribute("class"), (one.dataset.at ?? "").split(" ").map(Number)]));

/** Groups that have moved go there so that the eye can follow, where the hall has not asked for stillness.
 * @param {Record<string, number[]>} from @param {HTMLElement} box */
function glide(from, box) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [name, [x, y]] of Object.entries(spots(box))) {
    const [was, high] = from[name] ?? [x, y];
    if (was !== x || high !== y) box.querySelector(`g.${name}[data-at]`)?.animate(
      [{ transform: `translate(${was - x}px, ${high - y}px)` }, { transform: "none" }],
      { duration: 600, easing: "ease-out" });
  }
}

/** The desk has turned so many pages.  @param {number} by */
function turns(by) {
  const one = Math.sign(by);
  for (let i = 0; i < Math.abs(by); i++) requestAnimationFrame(() => turn(one));
}

/** The boards that stand here are followed, and no others.  @param {string[]} streams */
function follow(streams) {
  const held = [...page.copy.cursors.keys()].filter((key) => key !== facts.workshop.id);
  for (const key of held) if (!streams.includes(key)) page.copy.leave(key);
  const fresh = streams.filter((key) => !held.includes(key));
  for (const key of fresh) page.copy.cursors.set(key, ["", 0]);
  if (fresh.length) page.line.socket.again();
  seen = JSON.stringify([...page.copy.cursors.entries()]);
}

/** The letters for the last row, and the colours of the hall. */
function dress() {
  document.documentElement.style.setProperty("--letter", String(sent.letter));
  document.body.className = `plenary screen ${sent.state} ${sent.theme && `wall-${sent.theme}`}`;
  const sheet = /** @type {HTMLStyleElement} */ (at("letters")).sheet;
  for (const rule of /** @type {CSSStyleRule[]} */ ([...sheet?.cssRules ?? []])) {
    const size = /^\.z(\d)$/.exec(rule.selectorText)?.[1];
    if (size) rule.style.setProperty("--letter", String(sent.sizes[Number(size) - 2]));
  }
}

/** Clocks go, and old data say how old they are.  @param {Page} page */
function tick(page) {
  const now = Date.now() + 1000 * page.line.skew;
  for (const one of /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-until]")])) {
    const left = Math.max(0, Math.round((Date.parse(one.dataset.until ?? "")
      - (one.dataset.paused ? Date.parse(one.dataset.paused) : now)) / 1000));
    one.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    one.classList.toggle("over", left < 60);
  }
  if (["online", "slow"].includes(page.line.state())) heard = Date.now();
  const silent = Date.now() - heard;
  at("old").hidden = silent < OLD_MS;
  if (silent >= OLD_MS) at("old").textContent = t("wall.old", { at: hours((Date.now() - silent) / 1000 + page.line.skew) });
}

const page = new Page(draw);
keepWay(page);
// The address is the wall's no more: the page that comes instead says so.
page.refusedAtDoor = async () => location.reload();
const AHEAD = ["ArrowRight", "ArrowDown", "PageDown", " "], BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
document.addEventListener("keydown", (event) => {
  const by = AHEAD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  if (!by || /** @type {Element} */ (event.target).matches("button")) return;
  event.preventDefault();
  turn(by);
});
// Whether all fits is known when it stands there, and again when the wall is another size.
new ResizeObserver(() => page.changed()).observe(/** @type {HTMLElement} */ (document.getElementById("summaries")));
new ResizeObserver(() => page.changed()).observe(at("sent"));
follow(sent.streams);
turns(sent.page);
let due = 0;
setInterval(() => {
  due += MOVES_MS;
  if (sent.state !== "sent" || (due < ASK_MS && !document.querySelector(".moves"))) return;
  due = 0;
  void ask();
}, MOVES_MS);
