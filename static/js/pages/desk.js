/** The facilitator's desk: a tile for each room, live. */
import * as focus from "../shell/focus.js";
import "../participant/most.js";
import { isBoard, isSummary } from "../line/cards.js";
import { Page, cardNumber, count, delegation, facts, t, word } from "../shell/page.js";
import { clock, from, html, lineChip, notes, nothing, paint, stepOf } from "../shell/parts.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { follow } from "../facilitator/read.js";
import { Steering } from "../facilitator/steering.js";
import { ago, hours, minutes } from "../facilitator/times.js";
import { keepWay } from "../facilitator/way.js";

/** @import { Author, Comment, Drawn, Health, Idea, KnownSeat, Late, LedRoom, Method, Payload, Progress, Room,
 * RoomNumbers, Vote } from "../types.js" */

const leads = facts.role !== "rapporteur";
/** A name that is written from the right turns nothing of the sentence in which it stands.  @param {string} name */
const apart = (name) => /[\u0590-\u08ff]/.test(name) ? `\u2068${name}\u2069` : name;
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
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  const { people, devices, hall, remote } = told.all;
  const { total } = page.online;
  paint("counts", html`${count("seats", people)} · ${t("where", { hall, remote })} · ${count("devices", devices)}${
    total === undefined ? nothing : html` · ${count("online", total)}`}`);
  acts = acts.filter((one) => one.until > Date.now());
  paint("acts", acts.map((one) => html`<div class="note" role="status">
    <span><bdi class="staff">◆ ${one.who}</bdi> ${one.text}</span>
    <button type="button" class="small main" @click=${() => takeBack(one)}>${t("undo")}</button></div>`));
  paint("line", lineChip(page));
  paint("notes", notes(page));
  paint("crowd", leads && page.online.crowd ? crowd(page.online.crowd) : nothing);
  paint("all", leads ? everywhere(rooms.filter((room) => room.state === "open")) : nothing);
  paint("tiles", rooms.length ? rooms.map((room) => tile(page, room)) : html`<p class="empty">${t("no_rooms")}</p>`);
  paint("totals", totals(rooms));
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
function crowd({ came, refused }) {
  return html`<p class="problem">${came ? t("crowd.came", { n: came }) : nothing}
    ${refused ? t("crowd.refused", { n: refused }) : nothing}
    <a href="/w/${facts.workshop.id}/people?since=5#everybody">${t("crowd.look")}</a></p>`;
}

/** What is done in all open rooms at once.  @param {LedRoom[]} open */
function everywhere(open) {
  const all = (/** @type {boolean} */ on) => () => act("rooms.pause", { workshop: facts.workshop.id, on });
  const pause = html`<button type="button" class="small" @click=${all(true)}>⏸ ${t("pause.all")}</button>`;
  const goOn = html`<button type="button" class="small main" @click=${all(false)}>▶ ${t("go_on.all")}</button>`;
  return html`${open.some((room) => !room.paused) ? pause : nothing}
    ${open.some((room) => room.paused) ? goOn : nothing}
    ${open.length > 1 ? html`<a class="small button" href="/w/${facts.workshop.id}/rounds">${t("rotate")}</a>` : nothing}`;
}

/** What is shown of a room by name; how many there are the server says.  @param {Page} page @param {Room} room */
function inside(page, room) {
  const activities = page.copy.all("activity", (one) => one.room === room.id);
  const of = new Set(activities.map((one) => one.id));
  const waits = (/** @type {Idea|Comment} */ card) => of.has(card.activity) && card.line !== room.stream;
  return { votes: /** @type {Vote[]} */ (activities.filter((one) => !isBoard(one) && !isSummary(one))),
    inbox: [...page.copy.all("idea", waits), ...page.copy.all("comment", waits)],
    seats: /** @type {KnownSeat[]} */ (page.copy.all("seat", (seat) => seat.room === room.id)),
    summary: activities.find(isSummary), late: page.copy.all("late", (one) => one.room === room.id) };
}

/** A room that was made after the last answer has nothing yet.  @type {RoomNumbers} */
const EMPTY = { people: 0, devices: 0, hall: 0, remote: 0, sites: {}, cards: 0, private: 0, carried: 0, waits: 0, items: 0,
  read: 0, late: 0, votes: {}, silent: [], last: null };

/** @param {Room} room */
const numbers = (room) => told.rooms[room.id] ?? EMPTY;

/** The part of a process that a room works on.  @param {NonNullable<Method["process"]>} process */
const part = ({ name, part: n, parts: of, day }) => html`<p class="soft">${
  t("process.part", { name: word(name), n, of, day })}</p>`;

/** @param {Page} page @param {LedRoom} room */
function tile(page, room) {
  const { votes, inbox, seats, summary, late } = inside(page, room), n = numbers(room);
  const { opens } = room.steps[room.step], process = room.method?.process, open = room.state === "open";
  const opened = votes.filter((one) => opens.includes(one.of) || opens.includes(one.settings.key ?? ""));
  const hands = seats.filter((seat) => seat.hand).sort((a, b) => (a.hand ?? "").localeCompare(b.hand ?? ""));
  const quiet = n.silent.map((id) => apart(delegation(id)?.name ?? "")).join(", ");
  return html`<article class="tile ${room.state} ${hands.length ? "asks" : ""}">
    <p class="head"><b>${t("group", { n: room.number })}</b><span class="chip">${
      open ? stepOf(room) : t(`room.${room.state}`)}</span>
      ${open ? clock(page, room) : nothing}</p>
    ${process ? part(process) : nothing}
    <h2><a href="/w/${facts.workshop.id}/r/${room.number}">${room.title}</a></h2>
    <dl><div><dd>${n.hall}</dd><dt>${t("hall")}</dt></div><div><dd>${n.remote}</dd><dt>${t("remote")}</dt></div>
      <div><dd>${page.online.rooms ? page.online.rooms[room.id] ?? 0 : "–"}</dd><dt>${t("connected")}</dt></div>
      <div><dd>${n.cards + n.private}</dd><dt>${t("cards")}</dt></div>
      <div><dd>${voted(opened, n.votes)}</dd><dt>${t("votes")}</dt></div></dl>
    ${n.private ? html`<p class="soft">${count("cards.private", n.private)}</p>` : nothing}
    ${n.carried ? html`<p class="soft">${count("copies", n.carried)}</p>` : nothing}
    ${facts.sites ? html`<p class="soft">${
      facts.sites.map((site) => `${site.name} ${n.sites[site.id] ?? 0}`).join(" · ")}</p>` : nothing}
    <p class="soft">${n.last ? t("last", { ago: minutes(n.last, page.line.skew) }) : t("last.never")}
      ${n.items ? html` · ${count("summary.items", n.items)}${
        summary?.published ? html` · <b class="saved">${t("published")}</b>` : nothing}` : nothing}</p>
    ${n.read ? html`<p class="soft">${t("read.of", { n: n.read, all: n.cards + n.carried })}</p>` : nothing}
    ${n.cards > 2 && quiet ? html`<p class="quiet-ones">${t("quiet", { name: quiet })}</p>` : nothing}
    ${together(told.company?.[room.id] ?? [])}
    ${lines(page, seats)}
    ${hands.length ? html`<p class="hands"><b>✋ ${count("hands", hands.length)}</b>${hands.map((seat) => html`
      <button type="button" class="chip" aria-label=${t("hand.lower", { name: apart(seat.name) })} ?disabled=${!leads}
        @click=${() => act("hand.lower", { room: room.id, seat: seat.seat })}><bdi>${seat.name}</bdi> ${
        from(seat.delegation, true)}</button>`)}</p>` : nothing}
    ${late.length ? html`<details class="late"><summary>${count("late", late.length)}</summary>${late.map((one) => html`<p>${
      author(one)}
      ${folded(one.text)}${under(page, room, one)} ${leads ? html`<button type="button" class="small"
        @click=${() => act("tray.admit", { room: room.id, tray: one.id })}>${t("admit")}</button>`
          : nothing}</p>`)}</details>`
      : nothing}
    ${waiting(page, room, inbox)}
    <p class="tools">${leads ? steering.buttons(room) : nothing}
      <a class="go" href="/w/${facts.workshop.id}/r/${room.number}/scribe">${t("scribe")}</a></p>
  </article>`;
}

/** Who wrote something, before it.  @param {Author} one */
const author = ({ name, staff }) => name || staff
  ? html`<bdi class=${staff ? "staff" : "who"}>${name ?? t("staff")}</bdi> ` : nothing;

/** "12/17" of the vote in which most have voted; a dash until that is known.
 * @param {Vote[]} opened @param {Record<string, [number, number]>} votes how many have voted, and how many could: who was
 * there while it was open, wherever they are now */
function voted(opened, votes) {
  const known = opened.filter((one) => votes[one.id]).map((one) => {
    const [n, of] = votes[one.id], now = Math.max(n, one.tally?.ballots ?? 0); // a tally comes sooner than the answer
    return { now, of: Math.max(of, now) };
  }).sort((a, b) => b.now - a.now || b.of - a.of);
  return known.length ? `${known[0].now}/${known[0].of}` : "–";
}

const SHORT = 240; // letters that stand there at once: what is longer would push the room's buttons out of sight

/** A text that can be long, unfolded with a tap.  @param {string} text */
const folded = (text) => text.length > SHORT
  ? html`<details class="long"><summary>${text.slice(0, SHORT)} …</summary>${text.slice(SHORT)}</details>` : text;

/** Ideas and comments that wait for the facilitator, and those that were refused.
 * @param {Page} page @param {Room} room @param {(Idea|Comment)[]} inbox */
function waiting(page, room, inbox) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ run) =>
    html`<button type="button" class="small" @click=${run}>${text}</button>`;
  const show = (/** @type {Idea|Comment} */ one) => act("inbox.let_out", { activity: one.activity, cards: [one.id] });
  const refuse = (/** @type {Idea|Comment} */ one) => {
    const reason = prompt(t("inbox.refuse.why"));
    if (reason !== null) act("contribution.hide", { id: one.id, reason });
  };
  const line = (/** @type {Idea|Comment} */ one) => html`<p>${author(one)}${folded(one.body.text)}${under(page, room, one)}
    ${one.hidden && one.hidden !== "–" ? html`<span class="soft">${t("inbox.refused.why", { reason: one.hidden })}</span>`
      : nothing}
    ${leads ? html`${button(t("let_out"), () => show(one))} ${
      one.hidden ? nothing : button(t("inbox.refuse"), () => refuse(one))}` : nothing}</p>`;
  const waits = inbox.filter((one) => !one.hidden), refused = inbox.filter((one) => one.hidden);
  return html`${waits.length ? html`<details class="late" open><summary>${count("inbox", waits.length)}</summary>${
      waits.map(line)}</details>` : nothing}
    ${refused.length ? html`<details class="late"><summary>${count("inbox.refused", refused.length)}</summary>${
      refused.map(line)}</details>` : nothing}`;
}

/** On which card a comment is.  @param {Page} page @param {Room} room @param {Idea|Comment|Late} one */
function under(page, room, one) {
  const above = page.copy.get(one.parent, "idea");
  if (!above) return nothing;
  const card = above.number ? cardNumber(above, room.number) : `«${above.body.text.slice(0, 30)}»`;
  return html` <span class="soft">${t("comment.on", { card })}</span>`;
}

/** The pairs or fours in which a room works now: who is far from the others may need help to find them.
 * @param {Author[][]} groups */
function together(groups) {
  const where = (/** @type {Author} */ one) =>
    [t(one.channel ?? ""), facts.sites?.find((site) => site.id === one.site)?.name].filter(Boolean).join(" · ");
  return groups.length ? html`<details class="lines"><summary>${count("together", groups.length)}</summary><ul>${
    groups.map((group) => html`<li>${group.map((one) => html`<b><bdi>${one.name}</bdi></b> ${from(one.delegation, true)}
      <span class="soft">${where(one)}</span> `)}</li>`)}</ul></details>` : nothing;
}

const NEED = ["away", "silent", "waits", "slow", "http", "forms"];

/** Whose line needs attention, the worst first.  @param {Page} page @param {KnownSeat[]} seats */
function lines(page, seats) {
  const found = seats.flatMap((seat) => {
    const line = page.online.lines?.[seat.seat];
    return line ? { seat, line } : [];
  }).sort((a, b) => NEED.indexOf(a.line.state) - NEED.indexOf(b.line.state) || a.line.heard - b.line.heard);
  /** @param {Health} line */
  const said = ({ state, delay, heard, waiting }) => t(`lines.${state}`, { n: delay,
    ago: heard ? ago(new Date(heard * 1000).toISOString(), page.line.skew) : "" })
    + (waiting ? ` · ${count("to_send", waiting)}` : "");
  return found.length ? html`<details class="lines"><summary>${count("lines", found.length)}</summary><ul>${
    found.map(({ seat, line }) => html`<li><b><bdi>${seat.name}</bdi></b> ${from(seat.delegation, true)}
      <span class="soft">${said(line)}</span></li>`)}</ul></details>` : nothing;
}

/** @param {string} verb @param {Payload} payload */
function act(verb, payload) {
  void page.write(verb, payload, null);
}

/** Cards by delegation, by channel, by site: who has been heard.  What the team wrote or brought in is nobody's voice, and
 * of what is private only how many there are is told: with both, each adds up to the cards of the rooms.
 * @param {LedRoom[]} rooms */
function totals(rooms) {
  const { heard, team, private: secret } = told.all;
  if (facts.workshop.privacy === "anonymous" || !rooms.length) return nothing;
  const voices = heard.hall + heard.remote;
  const line = (/** @type {string} */ label, /** @type {number} */ n) =>
    n ? html`<li><span>${label}</span><span></span><b>${n}</b></li>` : nothing;
  /** @param {string} title @param {[Drawn, number][]} bars
   * @param {string} [without] whose they are that are in none of them */
  const chart = (title, bars, without) => {
    const most = Math.max(1, ...bars.map(([, n]) => n));
    return html`<section><h2>${title}</h2><ul>${bars.map(([label, n]) => html`<li><span>${label}</span>
      <meter min="0" max=${most} .value=${n}></meter><b>${n}</b></li>`)}
      ${without ? line(without, voices - bars.reduce((sum, [, n]) => sum + n, 0)) : nothing}
      ${line(t("by_team"), team)}${line(t("by_private"), secret)}</ul></section>`;
  };
  const { delegations, sites } = facts;
  return html`${chart(t("by_delegation"), delegations.map((one) => [from(one.id), heard.delegations[one.id] ?? 0]),
      t("by_no_delegation"))}
    ${chart(t("by_channel"), [[t("hall"), heard.hall], [t("remote"), heard.remote]])}
    ${sites ? chart(t("by_site"), sites.map((site) => [site.name, heard.sites[site.id] ?? 0]), t("by_no_site")) : nothing}`;
}

const page = new Page(draw), steering = new Steering(page, numbers);
page.focus = focus;
tellsWhenSignedOut(page);
keepWay(page);
const ask = follow("/progress", (/** @type {Progress & {acts: (Act & {left: number})[]}} */ answer) => {
  told = answer;
  acts = answer.acts.map((one) => ({ ...one, until: Date.now() + 1000 * one.left }));
  page.changed();
});
