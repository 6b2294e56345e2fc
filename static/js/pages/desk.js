/** The facilitator's desk: a tile for each room, live. */
import * as focus from "../shell/focus.js";
import "../participant/most.js";
import { isBoard, isSummary } from "../line/cards.js";
import { Page, count, facts, t, word } from "../shell/page.js";
import { html, icon, lineChip, notes, nothing, paint, repeat } from "../shell/parts.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { balance } from "../facilitator/balance.js";
import { follow } from "../facilitator/read.js";
import { Saying } from "../facilitator/saying.js";
import { Steering } from "../facilitator/steering.js";
import { needsOf, ready, tile } from "../facilitator/tile.js";
import { hours, lately } from "../facilitator/times.js";
import { walls } from "../facilitator/wall.js";
import { keepWay } from "../facilitator/way.js";

/** @import { Comment, Idea, KnownSeat, LedRoom, Payload, Progress, Room, RoomNumbers, Vote } from "../types.js" */
/** @import { Inside, Need, Told } from "../facilitator/tile.js" */

const leads = facts.role !== "rapporteur";
const TILES = 9, MOST = 3, ORDER = ["asks", "silent", "cut", "late"];
const phone = matchMedia("(max-width: 800px)");
const LOOK_MS = 1500; // the numbers are asked for at most so often when something has changed
/** How many of everything, as the server counts (store/counts/numbers.py); who is in a pair or a four with whom. */
let told = /** @type {Progress} */ (facts.numbers);
/** What was taken away just now and can be put back.
 * @typedef {{id: number, who: string, text: string, until: number}} Act */
/** @type {Act[]} */
let acts = [];
let asked = "", newest = 0, due = 0;

/** @param {Page} page */
function draw(page) {
  const rooms = /** @type {LedRoom[]} */ (page.copy.all("room", (room) => room.of === "group"));
  look(page);
  steering.tell(rooms);
  ended(page);
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  paint("counts", html`${icon("people")} ${count("seats", told.all.people)}${
    page.online.total === undefined ? nothing : html` · ${count("online", page.online.total)}`}`);
  acts = acts.filter((one) => one.until > Date.now());
  paint("acts", acts.map((one) => html`<div class="note">
    <span><bdi class="staff">◆ ${one.who}</bdi> ${one.text}</span>
    <button type="button" class="small" @click=${() => takeBack(one)}>${t("undo")}</button></div>`));
  paint("asking", asking(page));
  paint("line", lineChip(page));
  paint("notes", notes(page));
  const all = rooms.map((room) => shown(page, room));
  needs(page, all);
  paint("saying", leads ? saying.draw(all, told.all.people) : nothing);
  paint("tiles", rooms.length ? tiles(page, all) : html`<p class="empty">${t("no_rooms")}</p>`);
  paint("totals", balance(page, told.all, all));
  now(page);
  if (leads) walls(page);
}

/** Votes that were open when they were drawn last.  @type {Set<string>|undefined} */
let running;

/** Says which votes another has closed since the last drawing, or their time.  @param {Page} page */
function ended(page) {
  const all = /** @type {Vote[]} */ (page.copy.all("activity", (one) => "opened" in one));
  for (const vote of all)
    if (running?.has(vote.id) && vote.closed && vote.closed_by?.of !== facts.account)
      page.say(t(vote.closed_by ? "quick.closed.by" : "quick.closed", { title: named(vote), who: vote.closed_by?.name }),
        "good", toResult(vote.id));
  running = new Set(all.filter((vote) => !vote.closed).map(({ id }) => id));
}

/** @param {Vote|undefined} vote */
const named = (vote) => vote ? word(vote.settings.title) || vote.title : "";

/** The way to what came of a vote.  @param {string} id */
const toResult = (id) => ({ label: t("quick.decide"),
  run: () => location.assign(`/w/${facts.workshop.id}/votes/${id}#decide`) });

/** The votes that are open by themselves: how many have voted, time left, the way to close each.  @param {Page} page */
const asking = (page) => /** @type {Vote[]} */ (page.copy.all("activity", (one) => "opened" in one && !one.closed))
  .map((one) => {
    const room = page.copy.get(one.room, "room"), all = room?.of === "group" ? told.rooms[one.room]?.votes : told.votes;
    const [n, of] = all?.[one.id] ?? [0, 0], left = one.closes
      ? Math.max(0, Math.round(Date.parse(one.closes) / 1000 - Date.now() / 1000 - page.line.skew)) : 0;
    const close = () => act("vote.close", { activity: one.id });
    return html`<div class="note asking"><span><b>${named(one)}</b> · ${
      room?.of === "group" ? t("group", { n: room.number }) : t("quick.plenary")} · ${t("quick.voted", { n, of })}${
      one.closes ? html` · ${icon("clock")} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : nothing}</span>
      ${leads ? html`<button type="button" class="small" @click=${close}>${t("quick.close")}</button>` : nothing}</div>`;
  });

/** @param {Page} page @param {LedRoom} room @returns {Told} */
function shown(page, room) {
  const n = numbers(room), inside = within(page, room);
  return { room, n, inside, needs: needsOf(page, room, n, inside, leads), company: told.company?.[room.id] ?? [], leads,
    steering };
}

/** Nine tiles fill a desk: of more rooms, and on a phone, each is one line, as are those
 * that have no part in the block that runs; a room that needs something keeps its tile.
 * @param {Page} page @param {Told[]} all */
function tiles(page, all) {
  const many = all.length > TILES, narrow = phone.matches;
  const on = page.copy.all("room", (room) => room.of === "plenary")[0]?.on?.rooms ?? [];
  const front = all.filter(({ room }) => on.includes(room.id)), some = front.length > 0 && front.length < all.length;
  if (some) all = [...front, ...all.filter((one) => !front.includes(one))];
  const draw = (/** @type {Told[]} */ these) => repeat(these, ({ room }) => room.id,
    (one) => tile(page, one, narrow || ((many || (some && !front.includes(one))) && !one.needs.length)));
  const each = Math.ceil(all.length / 3);
  return many && !narrow ? html`<div class="many">${[0, 1, 2].map((i) =>
    html`<div class="column">${draw(all.slice(i * each, (i + 1) * each))}</div>`)}</div>`
    : html`<div class="few n${all.length}">${draw(all)}</div>`;
}

/** What needs somebody first: the most urgent of every room, and of all that many came at once.
 * @param {Page} page @param {Told[]} all */
function needs(page, all) {
  const found = all.flatMap(({ room, needs: [need] }) => need ? { room, need } : [])
    .sort((a, b) => ORDER.indexOf(a.need.kind) - ORDER.indexOf(b.need.kind)
      || Number(Boolean(b.need.help)) - Number(Boolean(a.need.help)) // help before a hand
      || (a.need.since ?? "").localeCompare(b.need.since ?? ""));
  const crowd = leads && page.online.crowd, many = found.length + (crowd ? 1 : 0);
  const on = all.filter((one) => ready(page, one)).map(({ room }) => room.number);
  const kept = many > MOST ? MOST - (crowd ? 1 : 0) : found.length;
  paint("needs-title", html`${many ? html`${t("needs")} <b class="badge asks">${many}</b>` : t("needs.none")}`);
  const rest = many - kept - (crowd ? 1 : 0);
  paint("ready", html`${rest ? html`<b>${count("needs.more", rest)}</b> ` : nothing}${
    on.length ? on[1] === undefined
      ? t("ready.room", { rooms: on[0] }) : t("ready.rooms", { rooms: on.join(", ") }) : nothing}`);
  paint("needs", html`${found.slice(0, kept).map(({ room, need }, i) => needed(page, room, need, !i && !crowd))}${
    crowd ? came(crowd) : nothing}`);
}

/** @param {Page} page @param {LedRoom} room @param {Need} need @param {boolean} first */
function needed(page, room, need, first) {
  const { kind, said, why, since, answer, called, run, href } = need, main = first && kind === "asks" && run ? "main" : "";
  const look = () => {
    const at = /** @type {HTMLElement} */ (document.getElementById(`tile-${room.id}`));
    for (const one of [at, at.querySelector("details.state")]) if (one instanceof HTMLDetailsElement) one.open = true;
    at.querySelector("summary")?.focus({ preventScroll: true });
    at.scrollIntoView({ block: "center" });
  };
  return html`<article class="need ${kind}"><p class="head">${icon(need.icon)}
      <b>${t("group", { n: room.number })}${t("colon")}${said}</b>${
      since ? html` <span class="soft">${lately(since, page.line.skew)}</span>` : nothing}</p>
    <p class="why">${why}</p>
    ${href ? html`<a class="button" href=${href}>${answer}</a>`
      : html`<button type="button" class=${main} aria-label=${called ?? nothing}
          @click=${run ?? look}>${answer ?? t("needs.look")}</button>`}</article>`;
}

/** The block of the programme that goes on now.  @param {Page} page */
function now(page) {
  const at = Date.now() / 1000 + page.line.skew;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".programme [data-from]"))) {
    const on = Number(one.dataset.from) <= at && at < Number(one.dataset.to);
    if (on !== one.hasAttribute("aria-current")) one.toggleAttribute("aria-current", on);
  }
}

/** @param {Act} one */
function takeBack(one) {
  acts = acts.filter((other) => other !== one);
  act("act.undo", { workshop: facts.workshop.id, act: one.id });
  page.changed();
}

/** Something has changed: the server counts anew, soon.  @param {Page} page */
function look(page) {
  const now = () => JSON.stringify([[...page.copy.cursors], page.online.act, page.online.total]);
  const fresh = (page.online.act ?? 0) > newest;
  newest = page.online.act ?? newest;
  if (now() === asked || (due && !fresh)) return;
  clearTimeout(due);
  due = setTimeout(() => { due = 0; asked = now(); void ask(); }, fresh ? 0 : LOOK_MS); // ten seconds are short
}

/** Very many came at once.  @param {{came?: number, refused?: number}} crowd */
function came({ came: n, refused }) {
  return html`<article class="need late"><p class="head">${icon("people")} <b>${n ? t("crowd.came", { n }) : nothing}
      ${refused ? t("crowd.refused", { n: refused }) : nothing}</b></p><p class="why"></p>
    <a class="button" href="/w/${facts.workshop.id}/people?since=5#everybody">${t("crowd.look")}</a></article>`;
}

/** What is shown of a room by name; how many there are the server says.  
 * @param {Page} page @param {Room} room @returns {Inside} */
function within(page, room) {
  const activities = page.copy.all("activity", (one) => one.room === room.id);
  const of = new Set(activities.map((one) => one.id));
  const waits = (/** @type {Idea|Comment} */ card) => of.has(card.activity) && card.line !== room.stream;
  return { votes: /** @type {Vote[]} */ (activities.filter((one) => !isBoard(one) && !isSummary(one))),
    inbox: [...page.copy.all("idea", waits), ...page.copy.all("comment", waits)],
    seats: /** @type {KnownSeat[]} */ (page.copy.all("seat", (seat) => seat.room === room.id)),
    help: page.copy.all("help", (one) => one.room === room.id)[0], summary: activities.find(isSummary),
    late: page.copy.all("late", (one) => one.room === room.id) };
}

/** A room that was made after the last answer has nothing yet.  @type {RoomNumbers} */
const EMPTY = { people: 0, devices: 0, hall: 0, remote: 0, sites: {}, cards: 0, private: 0, carried: 0, waits: 0, items: 0,
  read: 0, late: 0, votes: {}, silent: [], last: null };

/** @param {Room} room */
const numbers = (room) => told.rooms[room.id] ?? EMPTY;

/** @param {string} verb @param {Payload} payload */
function act(verb, payload) {
  void page.write(verb, payload, null);
}

/** What lies open over the rest closes when something of it was done, with a tap beside it, and with Escape.
 * @param {Event} event */
function closeSeldom(event) {
  if (event instanceof KeyboardEvent && event.key !== "Escape") return;
  const tapped = event instanceof KeyboardEvent ? null : /** @type {Element} */ (event.target);
  const done = tapped?.closest(".menu > button");
  for (const one of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".seldom[open]")))
    if (!tapped || done || !one.contains(tapped)) {
      one.open = false;
      if (!tapped || done) one.querySelector("summary")?.focus();
    }
}
document.addEventListener("click", closeSeldom);
document.addEventListener("keydown", closeSeldom);

class DeskPage extends Page {
  /** Whoever invites people is told how many, and whoever closes a vote where its result is.
   * @override @param {import("../line/outbox.js").Item} item @param {import("../types.js").Answer} answer */
  answered(item, answer) {
    super.answered(item, answer);
    if (answer.nudged !== undefined) this.say(answer.nudged ? count("nudged.now", answer.nudged) : t("nudged.nobody"));
    const { activity } = item.payload;
    if (item.verb === "vote.close" && answer.ok)
      this.say(t("quick.closed", { title: named(/** @type {Vote|undefined} */ (this.copy.get(activity, "activity"))) }),
        "good", toResult(activity));
  }
}

const page = new DeskPage(draw), steering = new Steering(page, numbers), saying = new Saying(page, steering);
page.focus = focus;
phone.addEventListener("change", () => page.changed());
tellsWhenSignedOut(page);
keepWay(page);
const ask = follow("/progress", (/** @type {Progress & {acts: (Act & {left: number})[]}} */ answer) => {
  told = answer;
  acts = answer.acts.map((one) => ({ ...one, until: Date.now() + 1000 * one.left }));
  page.changed();
});
