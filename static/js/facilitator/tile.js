/** A room on the desk: where it is, how many are in it, how it goes or what is wrong, and what comes next. */
import { colon } from "../shell/colon.js";
import { cardNumber, count, delegation, facts, t, word } from "../shell/page.js";
import { clock, from, html, icon, nothing, secondsLeft, stepOf } from "../shell/parts.js";
import { ago, lately, minutes } from "./times.js";

/** @import { Author, Comment, Drawn, Health, Help, Idea, KnownSeat, Late, LedRoom, Method, Page, Room, RoomNumbers, Summary,
 * Vote } from "../types.js" */
/** What the page holds of a room by name.
 * @typedef {{votes: Vote[], inbox: (Idea|Comment)[], seats: KnownSeat[], summary: Summary|undefined, late: Late[],
 * help: Help|undefined}} Inside */
/** What somebody of the team should look at; `run`: the likely answer, else the tile is opened at it.
 * @typedef {{kind: string, icon: string, said: string, why: string, since?: string|null, answer?: string, called?: string,
 * run?: () => void, href?: string, help?: boolean}} Need */
/** All that is told of a room.
 * @typedef {{room: LedRoom, n: RoomNumbers, inside: Inside, needs: Need[], company: Author[][], leads: boolean,
 * steering: import("./steering.js").Steering}} Told */

const QUIET_S = 480; // without a new card
const GONE = ["away", "silent", "waits"]; // lines on which something may wait, the others are only slow
const NEED = [...GONE, "slow", "http", "forms"];

/** A name that is written from the right turns nothing of the sentence in which it stands.  @param {string} name */
export const apart = (name) => /[\u0590-\u08ff]/.test(name) ? `\u2068${name}\u2069` : name;

/** @param {Inside} inside */
const handsOf = ({ seats }) => seats.filter((seat) => seat.hand)
  .sort((a, b) => (a.hand ?? "").localeCompare(b.hand ?? ""));

/** Whose line needs attention, the worst first.  @param {Page} page @param {KnownSeat[]} seats */
const linesOf = (page, seats) => seats.flatMap((seat) => {
  const line = page.online.lines?.[seat.seat];
  return line ? { seat, line } : [];
}).sort((a, b) => NEED.indexOf(a.line.state) - NEED.indexOf(b.line.state) || a.line.heard - b.line.heard);

/** Since when nobody has written anything in a room where people write; undefined while somebody does.
 * @param {Page} page @param {LedRoom} room @param {RoomNumbers} n */
function quietSince(page, room, n) {
  if (room.state !== "open" || room.paused || !n.people || !room.now.opens.includes("ideas")
    || secondsLeft(page, room) <= 0) return undefined;
  const since = [n.last, room.step_at].filter(Boolean).sort().at(-1);
  return since && Date.now() / 1000 + page.line.skew - Date.parse(since) / 1000 > QUIET_S ? since : undefined;
}

/** What a room needs, the most urgent first: it asks, is quiet, has no signal, has something that came late.
 * @param {Page} page @param {LedRoom} room @param {RoomNumbers} n @param {Inside} inside @param {boolean} leads */
export function needsOf(page, room, n, inside, leads) {
  /** @type {Need[]} */
  const found = [];
  const [hand] = handsOf(inside), hands = handsOf(inside).length, quiet = quietSince(page, room, n);
  const cut = linesOf(page, inside.seats).filter(({ line }) => GONE.includes(line.state));
  const waits = inside.inbox.filter((one) => !one.hidden), [late] = inside.late;
  const { help } = inside;
  if (help) found.push({ kind: "asks", icon: "alert", help: true, since: help.at,
    said: help.seen ? t("help.coming", { who: help.seen.by }) : t("help.need"),
    why: [help.name && apart(help.name), help.text].filter(Boolean).join(colon()),
    answer: help.seen ? t("help.over") : t("help.come"), run: () => void page.write(help.seen ? "help.done" : "help.seen",
      { room: room.id, help: help.id }, null) });
  if (hand) found.push({ kind: "asks", icon: "hand", said: count("hands", hands), since: hand.hand,
    why: `${apart(hand.name)}${delegation(hand.delegation) ? ` · ${delegation(hand.delegation)?.name}` : ""}`,
    ...leads && { answer: t("hand.word"), called: t("hand.lower", { name: apart(hand.name) }),
      run: () => lower(page, room, hand) } });
  if (quiet) found.push({ kind: "silent", icon: "quiet", since: quiet,
    said: n.cards ? t("quiet.since", { ago: lately(quiet, page.line.skew) }) : t("quiet.never"),
    why: `${count("n.cards", n.cards)} · ${count("seats", n.people)}`,
    answer: t("room.go"), href: `/w/${facts.workshop.id}/r/${room.number}` });
  if (cut.length) found.push({ kind: "cut", icon: "nosignal", said: count("lines", cut.length),
    why: cut.slice(0, 3).map(({ seat }) => apart(seat.name)).join(", ") + (cut.length > 3 ? " …" : "") });
  if (waits.length) found.push({ kind: "late", icon: "eye", said: count("inbox", waits.length),
    why: short(waits[0].body.text) });
  for (const vote of inside.votes) for (const { over, id } of vote.hands ?? []) {
    if (over !== undefined) found.push({ kind: "late", icon: "hand", said: t("hands.back"),
      why: over ? count("hands.over", over) : t("hands.over.none"),
      answer: t("hands.right"), href: `/w/${facts.workshop.id}/r/${room.number}/count?vote=${vote.id}&count=${id}` });
  }
  if (late) found.push({ kind: "late", icon: "wait", said: count("late", inside.late.length), why: short(late.text) });
  return found;
}

/** @param {string} text */
const short = (text) => text.length > 60 ? `${text.slice(0, 60)} …` : text;

/** @param {Page} page @param {Room} room @param {KnownSeat} seat */
const lower = (page, room, seat) => void page.write("hand.lower", { room: room.id, seat: seat.seat }, null);

/** The votes that are open now.  @param {Told} told */
const openVotes = ({ room, inside }) => {
  const { opens } = room.steps[room.step];
  return inside.votes.filter((one) => opens.includes(one.of) || opens.includes(one.settings.key ?? ""));
};

/** How many have voted, of how many, in the vote in which most have; undefined until that is known.  `votes`: how many have
 * voted, and how many could: who was there while it was open, wherever they are now.
 * @param {Told} told @returns {{now: number, of: number}|undefined} */
function voted(told) {
  const { votes } = told.n;
  return openVotes(told).filter((one) => votes[one.id]).map((one) => {
    const [n, of] = votes[one.id], now = Math.max(n, one.tally?.ballots ?? 0); // a tally comes sooner than the answer
    return { now, of: Math.max(of, now) };
  }).sort((a, b) => b.now - a.now || b.of - a.of)[0];
}

/** Why a room can go on; "" while it works.  @param {Page} page @param {Told} told */
export function ready(page, told) {
  const { room, n } = told;
  if (room.state !== "open" || room.paused) return "";
  if (secondsLeft(page, room) <= 0) return t("ready");
  const votes = openVotes(told).map((one) => n.votes[one.id]);
  return votes.length && votes.every((one) => one && one[0] > 0 && one[0] >= one[1]) ? t("ready.voted") : "";
}

/** What a room does, and since when: [kind, icon, words].  @param {Page} page @param {Told} told */
function doing(page, told) {
  const { room, n, inside } = told, on = ready(page, told);
  if (room.state !== "open") return ["still", room.state === "closed" ? "lock" : "wait", t(`room.${room.state}`)];
  if (room.paused) return ["still", "pause", room.paused_for ? t("wait.on", { name: room.paused_for }) : t("paused.clock")];
  if (on) return ["ready", "clock", on];
  if (inside.summary?.published) return ["well", "check", t("published")];
  const { opens } = room.now, last = n.last ? lately(n.last, page.line.skew) : "";
  const what = opens.includes("ideas") ? "write" : openVotes(told).length ? "vote" : "sum";
  return last ? ["well", "check", t(`doing.${what}`, { ago: last })] : ["still", "", t("last.never")];
}

/** The whole tile, which keeps its place; or one line that opens into it.
 * @param {Page} page @param {Told} told @param {boolean} folded */
export function tile(page, told, folded) {
  const { room, needs } = told, number = t("group", { n: room.number });
  const [at, mark, words] = doing(page, told);
  const [kind, sign, said] = needs.length ? [needs[0].kind, needs[0].icon, needs[0].said] : [at, mark, words];
  const badge = html`<b class="badge"><span aria-hidden="true">${room.number}</span><span
    class="unseen">${number}</span></b>`;
  const title = html`<h2><a href="/w/${facts.workshop.id}/r/${room.number}">${room.title}</a></h2>`;
  const time = room.state === "open" ? clock(page, room) : nothing;
  const state = html`${sign ? icon(sign) : nothing} <span>${said}</span>`;
  const more = html`<details class="seldom"><summary aria-label=${t("more.room", { n: room.number })}>${
    icon("more")}</summary><div class="menu">${menu(page, told)}</div></details>`;
  return folded
    ? html`<details class="tile line ${kind}" id="tile-${room.id}"><summary>${badge}<span class="what"><b>${room.title}</b>
          <span class="state ${kind}">${state}</span></span>${time}${icon("down")}</summary>
        <div class="inside">${numbers(told)}${needs.length ? details(page, told) : nothing}
        ${action(page, told)}<div class="foot"><a href="/w/${facts.workshop.id}/r/${room.number}">${t("room.go")}</a>${
          more}</div></div></details>`
    : html`<article class="tile ${room.state} ${kind}" id="tile-${room.id}"><div class="head">${badge}${title}${more}</div>
      <p class="when">${time}${room.state === "open" ? html`<span class="step">${stepOf(room)}</span>` : nothing}</p>
      ${numbers(told)}
      ${needs.length ? html`<details class="state ${kind}"><summary>${state}${
          needs.length > 1 ? html` <b class="plus">+${needs.length - 1}</b>` : nothing}</summary>${
          details(page, told)}</details>${at !== "well" && at !== "ready" ? html`<p class="soft">${words}</p>` : nothing}`
        : html`<p class="state ${kind}">${state}</p>`}
      ${action(page, told)}</article>`;
}

/** How many of everything, in one line.  @param {Told} told */
function numbers(told) {
  const { n } = told, votes = voted(told), cards = n.cards + n.private;
  const one = (/** @type {Drawn} */ number, /** @type {string} */ said) =>
    html`<div><dd>${number}</dd><dt>${said}</dt></div>`;
  return html`<dl>${one(n.hall, t("here"))}${one(n.remote, t("far"))}${one(cards, cards === 1 ? t("card") : t("cards"))}${
    votes ? one(t("n.of", { n: votes.now, of: votes.of }), t("votes")) : nothing}</dl>`;
}

/** What comes next, as wide as the tile.  @param {Page} page @param {Told} told */
function action(page, told) {
  const { room, inside, steering, leads } = told;
  const next = leads ? steering.onward(room, Boolean(ready(page, told))) : nothing;
  if (next !== nothing || room.state !== "open") return next;
  return inside.summary?.published && leads ? steering.ending(room, true)
    : html`<a class="button go" href="/w/${facts.workshop.id}/r/${room.number}/scribe">${t("scribe")} ${icon("onward")}</a>`;
}

/** What is done seldom, and the rest of the numbers.  @param {Page} page @param {Told} told */
function menu(page, told) {
  const { room, n, inside, company, leads, steering } = told, process = room.method?.process;
  const refused = inside.inbox.filter((one) => one.hidden), at = `/w/${facts.workshop.id}/r/${room.number}`;
  const silent = n.silent.map((id) => apart(delegation(id)?.name ?? "")).join(", ");
  const phones = inside.seats.filter((seat) => seat.channel === "phone").length;
  const unsent = linesOf(page, inside.seats).reduce((sum, { line }) => sum + (line.waiting ?? 0), 0);
  const fact = (/** @type {Drawn} */ said) => html`<p class="soft">${said}</p>`;
  return html`${process ? part(process) : nothing}
    ${fact(html`${page.online.rooms ? `${count("online", page.online.rooms[room.id] ?? 0)} · ` : ""}${
      n.last ? t("last", { ago: minutes(n.last, page.line.skew) }) : t("last.never")}`)}
    ${phones ? fact(count("by_phone", phones)) : nothing}${unsent ? fact(count("to_send", unsent)) : nothing}
    ${n.private ? fact(count("cards.private", n.private)) : nothing}
    ${n.carried ? fact(count("copies", n.carried)) : nothing}
    ${facts.sites ? fact(facts.sites.map((site) => `${site.name} ${n.sites[site.id] ?? 0}`).join(" · ")) : nothing}
    ${n.nudged ? fact(t("nudged", { n: n.nudged[0], since: n.nudged[1] })) : nothing}
    ${n.items ? fact(html`${count("summary.items", n.items)}${
      inside.summary?.published ? html` · <b class="saved">${t("published")}</b>` : nothing}`) : nothing}
    ${n.read ? fact(t("read.of", { n: n.read, all: n.cards + n.carried })) : nothing}
    ${n.cards > 2 && silent ? html`<p class="state silent">${t("quiet", { name: silent })}</p>` : nothing}
    ${together(company)}
    ${lines(page, linesOf(page, inside.seats).filter(({ line }) => !GONE.includes(line.state)))}
    ${refused.length ? html`<details class="late"><summary>${count("inbox.refused", refused.length)}</summary>${
      refused.map((one) => waiting(page, told, one))}</details>` : nothing}
    ${leads ? steering.menu(room) : nothing}
    <a href="${at}/scribe">${icon("pen")} ${t("scribe")}</a>
    ${inside.votes.length ? html`<a href="${at}/count">${icon("hand")} ${t("hands.count")}</a>` : nothing}
    ${leads ? html`<a href="${at}/edit">${icon("pen")} ${t("room.edit")}</a>
      <a href="${at}/process">${icon("sheet")} ${t("steps")}</a>
      <a href="/w/${facts.workshop.id}/votes">${icon("check")} ${t("votes.rules")}</a>
      <a href="${at}/history">${icon("clock")} ${t("history")}</a>
      <a href="/w/${facts.workshop.id}/walls?kind=board&room=${room.id}#send">${icon("wall")} ${t("to.wall")}</a>` : nothing}
    <a href="/w/${facts.workshop.id}/qr.svg?r=${room.number}">${icon("find")} ${t("qr")}</a>
    ${leads && room.state === "open" ? steering.ending(room, false) : nothing}`;
}

/** All that a room needs, with what can be done about it.  @param {Page} page @param {Told} told */
function details(page, told) {
  const { room, inside, leads } = told, hands = handsOf(inside), waits = inside.inbox.filter((one) => !one.hidden);
  return html`${hands.length ? html`<p class="hands"><b>${count("hands", hands.length)}</b>${hands.map((seat) => html`
      <button type="button" class="chip" aria-label=${t("hand.lower", { name: apart(seat.name) })} ?disabled=${!leads}
        @click=${() => lower(page, room, seat)}><bdi>${seat.name}</bdi> ${from(seat.delegation, true)}</button>`)}</p>`
      : nothing}
    ${waits.length ? html`<div class="late"><b>${count("inbox", waits.length)}</b>${
      waits.map((one) => waiting(page, told, one))}</div>` : nothing}
    ${inside.late.length ? html`<div class="late"><b>${count("late", inside.late.length)}</b>${
      inside.late.map((one) => html`<p>${author(one)}${folded(one.text)}${under(page, room, one)} ${leads
        ? html`<button type="button" class="small" @click=${() => void page.write("tray.admit",
          { room: room.id, tray: one.id }, null)}>${t("admit")}</button>` : nothing}</p>`)}</div>` : nothing}
    ${lines(page, linesOf(page, inside.seats).filter(({ line }) => GONE.includes(line.state)))}`;
}

/** The part of a process that a room works on.  @param {NonNullable<Method["process"]>} process */
const part = ({ name, part: n, parts: of, day }) => html`<p class="soft">${
  t("process.part", { name: word(name), n, of, day })}</p>`;

/** Who wrote something, before it.  @param {Author} one */
const author = ({ name, staff }) => name || staff
  ? html`<bdi class=${staff ? "staff" : "who"}>${name ?? t("staff")}</bdi> ` : nothing;

const SHORT = 240; // letters that stand there at once: what is longer would push the room's buttons out of sight

/** A text that can be long, unfolded with a tap.  @param {string} text */
const folded = (text) => text.length > SHORT
  ? html`<details class="long"><summary>${text.slice(0, SHORT)} …</summary>${text.slice(SHORT)}</details>` : text;

/** An idea or a comment that waits for the facilitator, or was refused.
 * @param {Page} page @param {Told} told @param {Idea|Comment} one */
function waiting(page, { room, leads }, one) {
  const button = (/** @type {string} */ text, /** @type {() => void} */ run) =>
    html`<button type="button" class="small" @click=${run}>${text}</button>`;
  const show = () => void page.write("inbox.let_out", { activity: one.activity, cards: [one.id] }, null);
  const refuse = () => {
    const reason = prompt(t("inbox.refuse.why"));
    if (reason !== null) void page.write("contribution.hide", { id: one.id, reason }, null);
  };
  return html`<p>${author(one)}${folded(one.body.text)}${under(page, room, one)}
    ${one.hidden && one.hidden !== "–" ? html`<span class="soft">${t("inbox.refused.why", { reason: one.hidden })}</span>`
      : nothing}
    ${leads ? html`${button(t("let_out"), show)} ${
      one.hidden ? nothing : button(t("inbox.refuse"), refuse)}` : nothing}</p>`;
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

/** How these lines are, person by person.  @param {Page} page @param {{seat: KnownSeat, line: Health}[]} found */
function lines(page, found) {
  /** @param {Health} line */
  const said = ({ state, delay, heard, waiting }) => t(`lines.${state}`, { n: delay,
    ago: heard ? ago(new Date(heard * 1000).toISOString(), page.line.skew) : "" })
    + (waiting ? ` · ${count("to_send", waiting)}` : "");
  return found.length ? html`<details class="lines"><summary>${count("lines", found.length)}</summary><ul>${
    found.map(({ seat, line }) => html`<li><b><bdi>${seat.name}</bdi></b> ${from(seat.delegation, true)}
      <span class="soft">${said(line)}</span></li>`)}</ul></details>` : nothing;
}
