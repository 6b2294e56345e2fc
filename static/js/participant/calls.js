/** What the team says to people on whatever page they are: messages until they are read, calls to a place; and help that a
 * group asks for.  It comes after the page, when something is said or the page has been there for a while. */
import { colon } from "../shell/colon.js";
import { memo } from "../shell/memo.js";
import { facts, more, t, word } from "../shell/page.js";
import { html, icon, nothing, paint } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/participant/calls.css";

/** @import { Help, Message, Nudge, Page, Room, Seat, Summons, Vote } from "../types.js" */

wear(rules);

const KEPT_S = 7200; // a message that nobody has taken back
const WARNED_MS = 5000; // before a screen goes elsewhere
const FRESH_S = 30, STANDS_S = 900; // a call takes screens along, and stands as a link
const BACK = "called"; // where one was before a call, in this tab

const TEAM = ["owner", "facilitator"];
let worded = false;
/** @type {{id: string, until: number}|undefined} the call that takes this screen along */
let taking;
/** @type {Set<string>} calls at which whoever is here has stayed: they take nobody along, the next one does again */
const stayed = new Set();
let going = false;
let unfolded = false; // whether all that is said stands there, or the first of it

/** @param {string} id */
const isRead = (id) => memo(`read:${id}`) === "1";

/** Whose it is of those who share this device: all of them, or some.  @param {Message|Summons} one @returns {Seat[]} */
const whose = (one) => {
  const people = facts.beside?.people ?? facts.seats, { rooms } = one, seats = "seats" in one ? one.seats : undefined;
  return /** @type {Seat[]} */ (rooms ? people.filter(({ id, room }) => (room && rooms.includes(room))
    || seats?.includes(id)) : people);
};

/** @param {Page} page @param {Message|Summons} one */
function read(page, one) {
  memo(`read:${one.id}`, "1");
  const [first, ...along] = whose(one).map(({ id }) => id);
  page.changed();
  return first ? page.write("message.read", { workshop: facts.workshop.id, message: one.id, along }, first) : undefined;
}

/** @param {Page} page @param {Message|Summons} one how long ago, in seconds */
const age = (page, one) => Date.now() / 1000 + page.line.skew - Date.parse(one.at) / 1000;

/** Where a call leads, and what it is called.  @param {Page} page @param {Summons} one @returns {[string, string]} */
function place(page, { room, card }) {
  const there = page.copy.get(room, "room"), at = `/w/${facts.workshop.id}`;
  return room ? [`${at}/r/${there?.number ?? ""}${card ? `#${card}` : ""}`, t("call.room", { n: there?.number })]
    : [`${at}/plenary`, t("call.plenary")];
}

/** The screen goes there; what was typed is kept, and there is a way back.  @param {Page} page @param {Summons} one */
async function go(page, one) {
  const [href] = place(page, one), [path, card] = href.split("#");
  taking = undefined;
  void read(page, one);
  if (path === location.pathname) {
    if (card) document.getElementById(card)?.scrollIntoView({ block: "center" });
    return;
  }
  going = true; // nothing is lost: it waits on the device
  memo(BACK, location.pathname + location.search, "sessionStorage");
  await page.leaving();
  location.assign(href);
}
addEventListener("beforeunload", (event) => {
  if (going) event.stopImmediatePropagation();
}, true);

/** Whether this page is that of somebody who is called: others who share the device see it, and stay.
 * @param {Page} page @param {Summons} one */
const takes = (page, one) => !one.rooms || (facts.room?.kind === "group" ? one.rooms.includes(facts.room.id)
  : whose(one).length === facts.seats.length);

/** @param {Page} page @param {Summons} one */
function call(page, one) {
  const [href, name] = place(page, one), names = who(one);
  if (location.pathname === href.split("#")[0] && !one.card) return nothing; // one is there
  if (taking?.id !== one.id && !stayed.has(one.id) && age(page, one) < FRESH_S && takes(page, one)) {
    taking = { id: one.id, until: Date.now() + WARNED_MS };
    const tick = setInterval(() => {
      if (taking?.id !== one.id || !page.copy.get(one.id)) clearInterval(tick);
      else if (Date.now() >= taking.until) {
        clearInterval(tick);
        void go(page, one);
      }
      page.changed();
    }, 250);
  }
  const stay = () => {
    stayed.add(one.id);
    taking = undefined;
    page.changed();
  };
  const leave = () => void go(page, one);
  const left = taking?.id === one.id ? Math.max(0, Math.ceil((taking.until - Date.now()) / 1000)) : -1;
  return html`<div class="call"><p><b>${names}${left < 0 ? t("call.to", { place: name })
      : t("call.soon", { n: left, place: name })}</b>${left < 0 ? nothing : html` <span>${t("call.kept")}</span>`}</p>
    <p class="row">${left < 0 ? html`<a class="button" href=${href} @click=${leave}>${t("call.go")}</a>
      <button type="button" class="quiet" @click=${() => void read(page, one)}>${t("call.close")}</button>`
    : html`<button type="button" @click=${stay}>${t("call.stay")}</button>
      <button type="button" class="quiet" @click=${leave}>${t("call.now")}</button>`}</p></div>`;
}

/** Whose it is, where not all who share this device are meant.  @param {Message|Summons} one */
const who = (one) => {
  const names = whose(one);
  return names.length && names.length < facts.seats.length
    ? names.map(({ name }) => name).join(", ") + colon() : "";
};

/** @param {Page} page @param {Message} one */
const message = (page, one) => html`<div class="said-to"><p><span class="staff">◆ <bdi>${one.by}</bdi></span> ${
  who(one)}<b>${one.text}</b></p><button type="button" @click=${() => void read(page, one)}>${
  t("message.read")}</button></div>`;

/** Help that was asked for here, as the group sees it.  @param {Page} page @param {Help} help */
function asked(page, help) {
  const { id, seen, room } = help, done = () => {
    memo(`help:${room}`, "");
    void page.write("help.done", { room, help: id });
  };
  return html`<div class="asked"><p><b>${seen ? t("help.seen", { who: seen.by }) : t("help.asked")}</b></p>${
    memo(`help:${room}`) ? html`<button type="button" class="quiet" @click=${done}>${t("help.done")}</button>`
      : nothing}</div>`;
}

/** An invitation to write, which nobody else sees.  @param {Page} page @param {Nudge} one */
const invited = (page, one) => html`<div class="asked"><p>${t("nudge")}</p><button type="button" class="quiet"
  @click=${() => { memo(`read:${one.id}`, "1"); page.changed(); }}>${t("nudge.thanks")}</button></div>`;

/** For whom the room waits; whoever leads it goes on with a tap.  @param {Page} page @param {Room} room */
function waits(page, room) {
  const on = () => page.write("room.pause", { room: room.id, on: false }, null);
  return html`<div class="asked"><p><b>${t("room.paused_for", { name: room.paused_for })}</b></p>${
    TEAM.includes(facts.role) ? html`<button type="button" @click=${on}>${t("go_on.room")}</button>` : nothing}</div>`;
}

/** @param {Page} page @param {Room} room */
const helpOf = (page, room) => page.copy.all("help", (one) => one.room === room.id)[0];

/** The way to ask for help, beside the hand.  @param {Page} page @param {Room} room */
export function ask(page, room) {
  if (!worded || !page.seat || helpOf(page, room)) return nothing;
  const run = () => {
    memo(`help:${room.id}`, "1"); // whoever asked may say that it is settled
    void page.write("help.ask", { room: room.id });
  };
  return html`<button type="button" class="chip help" @click=${run}>${t("help.ask")}</button>`;
}

/** Votes that are open by themselves and that somebody of this device takes part in.
 * @param {Page} page @param {Room} [room] */
function votes(page, room) {
  const people = facts.beside?.people ?? facts.seats, now = Date.now() / 1000 + page.line.skew;
  return people[0] ? /** @type {Vote[]} */ (page.copy.all("activity", (one) => "opened" in one && !one.closed
    && !one.settings.source && (one.room === room?.id || page.copy.get(one.room, "room")?.of === "plenary")
    && !(one.closes && Date.parse(one.closes) / 1000 <= now))) : [];
}

/** The same as lines; in a room the first of them comes over it (js/participant/quick.js).
 * @param {Page} page @param {Room} [room] */
function asks(page, room) {
  const open = votes(page, room), parts = globalThis.tinkuy;
  // On a good line it is here before a vote is.
  if (room && parts && (open[0] || parts.held.quick || (page.good && !page.line.light))) {
    if (parts.have(["quick"], () => page.changed())) return parts.held.quick.draw(page, room, open);
  }
  return open.map((one) => html`<div class="asked-for"><p><b>${word(one.settings.title) || one.title}</b></p><a
    class="button" href="/w/${facts.workshop.id}/vote/${one.id}">${t("quick.vote")}</a></div>`);
}

/** All of it, below the head of the page.  @param {Page} page @param {Room} [room] */
export function draw(page, room) {
  if (!worded) void more().then((words) => { if (words) { worded = true; page.changed(); } });
  if (!worded) return;
  if (!document.getElementById("calls")) {
    const at = Object.assign(document.createElement("div"), { id: "calls", role: "status" });
    const stick = document.querySelector(".stick");
    if (stick) stick.append(at);
    else document.querySelector("header.top")?.after(at);
  }
  const team = TEAM.includes(facts.role), help = room && page.seat && helpOf(page, room);
  const calls = team ? [] : page.copy.all("summons", (one) => !isRead(one.id) && age(page, one) < STANDS_S);
  const said = team ? [] : page.copy.all("message", (one) => !isRead(one.id) && age(page, one) < KEPT_S);
  const hint = room && page.copy.all("nudge", (one) => one.room === room.id && one.mine === page.seat?.id).at(-1);
  const back = memo(BACK, undefined, "sessionStorage");
  const forget = () => memo(BACK, "", "sessionStorage");
  if (back === location.pathname + location.search && !going) forget();
  const summons = calls.slice(-1).map((one) => call(page, one)).filter((one) => one !== nothing);
  const soon = taking?.id && taking.id === calls.at(-1)?.id;
  for (const one of document.querySelectorAll(".asked-bar")) one.remove(); // of the first view
  const bars = [...(soon ? summons : []), ...asks(page, room), ...said.slice(-3).map((one) => message(page, one)),
    ...(room?.paused_for ? [waits(page, room)] : []), ...(help ? [asked(page, help)] : []),
    ...(hint && !isRead(hint.id) ? [invited(page, hint)] : []), ...(soon ? [] : summons),
    ...(back && !calls.length && back !== location.pathname + location.search
    ? [html`<div class="call-back"><a class="button" href=${back} @click=${forget}>${icon("back")} ${
      t("call.back")}</a></div>`] : [])];
  const rest = bars.length - 1; // one at a time: what one came for is below
  if (rest < 1) unfolded = false;
  const fold = () => {
    unfolded = !unfolded;
    page.changed();
  };
  paint("calls", html`${unfolded ? bars : bars.slice(0, 1)}${rest < 1 ? nothing : html`<button type="button"
    class="calls-more" aria-expanded=${unfolded} @click=${fold}>${
    unfolded ? t("calls.less") : t("calls.more", { n: rest })}</button>`}`);
}
