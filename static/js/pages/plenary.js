/** The plenary: the groups' summaries side by side, as they are written, and their results. */
import { Page, count, t } from "../shell/page.js";
import { html, lineChip, nothing, notes, paint, repeat } from "../shell/parts.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { hours } from "../facilitator/times.js";
import { draw as calls } from "../participant/calls.js";
import { keepWay } from "../facilitator/way.js";
import { drawFloor } from "../participant/floor.js";
import { group, groups } from "../rapporteur/told.js";
import { result } from "../votes/results.js";

/** @import { Of } from "../rapporteur/told.js" */

const LINES = 5; // of a result
let announced = -1;

/** @param {Page} page */
function draw(page) {
  const { told, at } = groups(page);
  const over = page.copy.all("activity", (one) => "results" in one && "closed" in one && Boolean(one.closed))
    .sort((a, b) => "closed" in a && "closed" in b && (a.closed ?? "") < (b.closed ?? "") ? 1 : -1)
    .flatMap((one) => "results" in one ? one.results ?? [] : []);
  paint("voted", over[0] ? html`<h1>${t("quick.votes")}</h1><div class="told">${over.map((one) =>
    html`<article class="group">${result(page, one, LINES, false)}</article>`)}</div>` : nothing);
  paint("summaries", html`<div class="told">${repeat(told, ({ room }) => room.id,
      (one) => group(page, one, LINES))}</div>
    ${at.length ? html`<ul class="at-work">${at.map((one) => working(one))}</ul>` : nothing}
    ${told.length + at.length ? nothing : html`<p class="empty">${t("plenary.empty")}</p>`}`);
  drawFloor(page);
  paint("line", lineChip(page));
  paint("notes", notes(page));
  calls(page);
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  announce(page);
}

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
