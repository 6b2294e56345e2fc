/** The plenary and the projector: the groups' summaries side by side, as they are written. */
import { item as sentence, items as sentences } from "../../../workshop/activities/summary/panel.js";
import { isSummary } from "../line/cards.js";
import { Page, count, facts, t } from "../shell/page.js";
import { html, lineChip, nothing, notes, paint, repeat } from "../shell/parts.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { hours } from "../facilitator/times.js";
import { keepWay } from "../facilitator/way.js";

/** @import { Item, Room, Summary } from "../types.js" */

let announced = -1;

/** @param {Page} page */
function draw(page) {
  const rooms = page.copy.all("room", (room) => room.of === "group");
  const summaries = new Map(page.copy.all("activity").filter(isSummary).map((one) => [one.room, one]));
  const all = rooms.map((room) => ({ room, summary: summaries.get(room.id) })).map((one) => ({ ...one,
    items: one.summary?.published ? sentences(page, one.summary) : [] }));
  const told = all.filter(({ items }) => items.length), at = all.filter(({ items }) => !items.length);
  paint("summaries", html`<div class="told">${
      repeat(told, ({ room }) => room.id, ({ room, items }) => group(page, room, items))}</div>
    ${at.length ? html`<ul class="at-work">${at.map(({ room, summary }) => working(room, summary))}</ul>` : nothing}
    ${rooms.length ? nothing : html`<p class="empty">${t("plenary.empty")}</p>`}`);
  const invite = document.getElementById("invite");
  if (invite) {
    const begun = [...summaries.values()].some((one) => one.published);
    invite.hidden = begun;
    for (const id of ["summaries", "way"]) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = !begun;
  }
  paint("line", lineChip(page));
  paint("notes", notes(page));
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  announce(page);
}

/** What a room says.  @param {Page} page @param {Room} room @param {Item[]} items */
const group = (page, room, items) => html`<article class="group"><h2>${t("group", { n: room.number })} · ${room.title}${
  room.state === "closed" ? html` <span class="chip">${t("room.closed")}</span>` : nothing}</h2>
  ${items.map((item) => sentence(page, item, room.number))}</article>`;

/** A room that says nothing yet takes one line.  @param {Room} room @param {Summary|undefined} summary */
const working = (room, summary) => html`<li><span class="name">${t("group", { n: room.number })} · ${room.title}</span>
  <span class="soft">${t(room.state === "waiting" ? "room.waiting"
    : room.state === "closed" ? summary?.published ? "closed.empty" : "closed.unpublished"
    : summary?.published ? "writing" : "in_progress")}</span></li>`;

/** What is new in the summaries, for those who listen.  @param {Page} page */
function announce(page) {
  const now = page.copy.all("item").length;
  const digest = document.getElementById("digest");
  if (digest && announced >= 0 && now > announced) digest.textContent = count("items.new", now - announced);
  announced = now;
}

const page = new Page(draw);
tellsWhenSignedOut(page);
keepWay(page);
// The address is the wall's no more: the page that comes instead says so.
if (facts.screen) page.refusedAtDoor = async () => location.reload();

const TURN_MS = 9000, NEAR = 4; // px that rounding may take

/**
 * On the wall nobody can scroll: what does not fit is turned over.  Rooms that stand on it are read to their end, a page
 * begins with the item that was cut; then come the rooms that had no place beside them.
 * @param {HTMLElement} told
 */
function turn(told) {
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const groups = /** @type {HTMLElement[]} */ ([...told.children]), end = told.scrollLeft + told.clientWidth + NEAR;
  const here = groups.filter((one) => one.offsetLeft >= told.scrollLeft - NEAR && one.offsetLeft + one.offsetWidth <= end);
  let turned = false;
  for (const group of here) {
    const title = /** @type {HTMLElement} */ (group.querySelector("h2")).offsetHeight;
    const seen = group.scrollTop + group.clientHeight;
    if (seen >= group.scrollHeight - NEAR) continue;
    const items = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(".item")]);
    const cut = items.find((item) => item.offsetTop + item.offsetHeight > seen);
    const top = (cut?.offsetTop ?? 0) - title;
    group.scrollTo({ top: top > group.scrollTop + NEAR ? top : group.scrollTop + group.clientHeight * 0.7, behavior });
    turned = true;
  }
  if (turned) return;
  const next = groups.find((one) => one.offsetLeft + one.offsetWidth > end);
  told.scrollTo({ left: next?.offsetLeft ?? 0, behavior });
  for (const group of groups) group.scrollTo({ top: 0, behavior: next ? "auto" : behavior });
}

if (facts.screen) setInterval(() => {
  const told = document.querySelector(".told");
  if (told) turn(/** @type {HTMLElement} */ (told));
}, TURN_MS);
