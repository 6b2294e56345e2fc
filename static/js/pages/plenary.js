/** The plenary: the groups' summaries side by side, as they are written, and their results. */
import { item as sentence, items as sentences } from "../../../workshop/activities/summary/panel.js";
import { isSummary } from "../line/cards.js";
import { Page, count, t } from "../shell/page.js";
import { html, lineChip, nothing, notes, paint, repeat } from "../shell/parts.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { hours } from "../facilitator/times.js";
import { draw as calls } from "../participant/calls.js";
import { keepWay } from "../facilitator/way.js";
import { drawFloor } from "../participant/floor.js";
import { agreed } from "../votes/agreed.js";
import { result } from "../votes/results.js";

/** @import { Item, Result, Room, Summary } from "../types.js" */

const LINES = 5; // of a result
let announced = -1;
/** @typedef {{room: Room, summary: Summary|undefined, items: Item[], results: Result[]}} Of */

/** @param {Page} page */
function draw(page) {
  const rooms = page.copy.all("room", (room) => room.of === "group");
  const summaries = new Map(page.copy.all("activity").filter(isSummary).map((one) => [one.room, one]));
  const all = rooms.map((room) => ({ room, summary: summaries.get(room.id) })).map((one) => ({ ...one,
    items: one.summary?.published ? sentences(page, one.summary) : [], results: one.summary?.results ?? [] }));
  const told = all.filter(({ items, results, summary }) => items.length || results.length || summary?.agreed);
  const at = all.filter((one) => !told.includes(one));
  paint("summaries", html`<div class="told">${repeat(told, ({ room }) => room.id,
      (one) => group(page, one))}</div>
    ${at.length ? html`<ul class="at-work">${at.map((one) => working(one))}</ul>` : nothing}
    ${rooms.length ? nothing : html`<p class="empty">${t("plenary.empty")}</p>`}`);
  drawFloor(page);
  paint("line", lineChip(page));
  paint("notes", notes(page));
  calls(page);
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  announce(page);
}

/** What a room says.
 * @param {Page} page @param {Of} of */
const group = (page, { room, summary, items, results }) => html`<article class="group">
  <h2>${room.title}</h2>
  <p class="whose"><span>${t("group", { n: room.number })}</span>${room.state === "closed"
    ? html` <span class="chip">${t("room.closed")}</span>` : nothing}</p>
  <div class="items">${items.map((item) => sentence(page, item, room.number))}${
    agreed(summary)}${results.map((one) => result(page, one, LINES, false))}</div></article>`;

/** A room that says nothing yet takes one line.  @param {Of} of */
const working = ({ room, summary }) => html`<li><span class="name">${t("group", { n: room.number })} · ${room.title}</span>
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
