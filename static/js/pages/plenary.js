/** The plenary and the projector: the groups' summaries side by side, as they are written. */
import panels from "panels";
import { Page, count, facts, t } from "../page.js";
import { html, lineChip, nothing, notes, paint } from "../parts.js";
import { tellsWhenSignedOut } from "../signed-out.js";
import { hours } from "../times.js";
import { keepWay } from "../way.js";

let announced = -1;

/** @param {Page} page */
function draw(page) {
  const rooms = page.copy.all("room", (room) => room.of === "group");
  const summaries = new Map(page.copy.all("activity", (one) => one.of === "summary").map((one) => [one.room, one]));
  paint("summaries", html`${rooms.length ? rooms.map((room) => group(page, room, summaries.get(room.id)))
    : html`<p class="empty">${t("plenary.empty")}</p>`}`);
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

/** @param {Page} page @param {any} room @param {any} summary */
function group(page, room, summary) {
  const items = summary?.published ? panels.summary.items(page, summary) : [];
  return html`<article class="group ${items.length ? "" : "at-work"}"><h2>${t("group", { n: room.number })} · ${room.title}${room.state === "closed" ? html` <span class="chip">${t("room.closed")}</span>` : nothing}</h2>
    ${items.length ? items.map((/** @type {any} */ item) => panels.summary.item(page, item, room.number))
      : html`<p class="empty">${t(room.state === "waiting" ? "room.waiting" : room.state === "closed" ? summary?.published ? "closed.empty" : "closed.unpublished"
        : summary?.published ? "writing" : "in_progress")}</p>`}</article>`;
}

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

/** On the wall nobody can scroll: what does not fit is turned over, and a page begins with the item that was cut. */
if (facts.screen) setInterval(() => {
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const group of document.querySelectorAll(".group")) {
    const title = /** @type {HTMLElement} */ (group.querySelector("h2")).offsetHeight, seen = group.scrollTop + group.clientHeight;
    const items = /** @type {HTMLElement[]} */ ([...group.querySelectorAll(".item")]);
    const cut = items.find((item) => item.offsetTop + item.offsetHeight > seen);
    const top = cut && cut.offsetTop - title;
    group.scrollTo({ top: top === undefined ? 0 : top > group.scrollTop + 4 ? top : group.scrollTop + group.clientHeight * 0.7,
      behavior: smooth ? "smooth" : "auto" });
  }
}, 9000);
