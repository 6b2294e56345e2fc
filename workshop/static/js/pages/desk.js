/** The facilitator's desk: a tile for each room, live. */
import "../most.js";
import { Page, cardNumber, count, delegation, facts, t, word } from "../page.js";
import { clock, from, html, lineChip, notes, nothing, paint } from "../parts.js";
import { follow } from "../read.js";
import { ago, hours } from "../times.js";
import { keepWay } from "../way.js";

const leads = facts.role !== "rapporteur";
/** A name that is written from the right turns nothing of the sentence in which it stands.  @param {string} name */
const apart = (name) => /[\u0590-\u08ff]/.test(name) ? `\u2068${name}\u2069` : name;
const HALL = ["hall", "paper"];
/** @type {{read: Record<string, number>, voted: Record<string, number>}} how many cards of a room the team has read, how many
 * have voted where the result waits for the end */
let told = { read: {}, voted: {} };

/** @param {Page} page */
function draw(page) {
  const rooms = page.copy.all("room", (room) => room.of === "group");
  const seats = page.copy.all("seat");
  paint("hours", html`${hours(Date.now() / 1000 + page.line.skew)}`);
  paint("counts", html`${count("seats", new Set(seats.map((seat) => seat.seat)).size)} · ${count("online", page.online.total ?? 0)}`);
  paint("line", lineChip(page));
  paint("notes", notes(page));
  paint("crowd", leads && page.online.crowd ? crowd(page.online.crowd) : nothing);
  paint("all", leads ? everywhere(rooms.filter((room) => room.state === "open")) : nothing);
  paint("tiles", rooms.length ? rooms.map((room) => tile(page, room)) : html`<p class="empty">${t("no_rooms")}</p>`);
  paint("totals", totals(page, rooms));
}

/** Very many came at once.  @param {{came?: number, refused?: number}} crowd */
function crowd({ came, refused }) {
  return html`<p class="problem">${came ? t("crowd.came", { n: came }) : nothing} ${refused ? t("crowd.refused", { n: refused }) : nothing}
    <a href="/w/${facts.workshop.id}/people?since=5#everybody">${t("crowd.look")}</a></p>`;
}

/** What is done in all open rooms at once.  @param {any[]} open */
function everywhere(open) {
  const all = (/** @type {boolean} */ on) => () => act("rooms.pause", { workshop: facts.workshop.id, on });
  return html`${open.some((room) => !room.paused) ? html`<button type="button" class="small" @click=${all(true)}>⏸ ${t("pause.all")}</button>` : nothing}
    ${open.some((room) => room.paused) ? html`<button type="button" class="small main" @click=${all(false)}>▶ ${t("go_on.all")}</button>` : nothing}
    ${open.length > 1 ? html`<a class="small button" href="/w/${facts.workshop.id}/rounds">${t("rotate")}</a>` : nothing}`;
}

/** What a room's cards say.  @param {Page} page @param {any} room */
function look(page, room) {
  const activities = page.copy.all("activity", (one) => one.room === room.id);
  const of = new Set(activities.map((one) => one.id));
  const all = page.copy.all("idea", (card) => of.has(card.activity));
  const cards = all.filter((card) => card.number), written = [...all, ...page.copy.all("comment", (card) => of.has(card.activity))];
  const inbox = written.filter((card) => card.line !== room.stream);
  const last = [room.step_at, ...written.map((card) => card.at)].filter(Boolean).sort().at(-1) ?? null;
  return { activities, cards, inbox, last, seats: page.copy.all("seat", (seat) => seat.room === room.id),
    summary: activities.find((one) => one.of === "summary"), late: page.copy.all("late", (one) => one.room === room.id) };
}

/** @param {Page} page @param {any} room */
function tile(page, room) {
  const { activities, cards, inbox, last, seats, summary, late } = look(page, room);
  const step = room.steps[room.step], process = room.method?.process;
  const opened = activities.filter((one) => (step.opens.includes(one.of) || step.opens.includes(one.settings.key)) && "ballots" in (one.tally ?? { ballots: 0 }) && one.of !== "ideas");
  const voted = Math.max(0, ...opened.map((one) => one.tally?.ballots ?? told.voted[one.id] ?? 0));
  const hands = seats.filter((seat) => seat.hand).sort((a, b) => a.hand.localeCompare(b.hand));
  const items = summary ? page.copy.all("item", (item) => item.activity === summary.id).length : 0;
  const hall = seats.filter((seat) => HALL.includes(seat.channel)).length;
  return html`<article class="tile ${room.state} ${hands.length ? "asks" : ""}">
    <p class="head"><b>${t("group", { n: room.number })}</b><span class="chip">${room.paused ? t("paused") : room.state === "open" ? name(step) : t(`room.${room.state}`)}</span>
      ${room.state === "open" ? clock(page, room) : nothing}</p>
    ${process ? html`<p class="soft">${t("process.part", { name: word(process.name), n: process.part, of: process.parts, day: process.day })}</p>` : nothing}
    <h2><a href="/w/${facts.workshop.id}/r/${room.number}">${room.title}</a></h2>
    <dl><div><dd>${hall}</dd><dt>${t("hall")}</dt></div><div><dd>${seats.length - hall}</dd><dt>${t("remote")}</dt></div>
      <div><dd>${page.online.rooms?.[room.id] ?? 0}</dd><dt>${t("connected")}</dt></div>
      <div><dd>${cards.length}</dd><dt>${t("cards")}</dt></div>
      <div><dd>${opened.length ? `${voted}/${seats.length}` : "–"}</dd><dt>${t("votes")}</dt></div></dl>
    ${facts.sites ? html`<p class="soft">${facts.sites.map((site) => `${site.name} ${seats.filter((seat) => seat.site === site.id).length}`).join(" · ")}</p>` : nothing}
    <p class="soft">${last ? t("last", { ago: ago(last, page.line.skew) }) : t("last.never")}
      ${items ? html` · ${count("summary.items", items)}${summary?.published ? html` · <b class="saved">${t("published")}</b>` : nothing}` : nothing}</p>
    ${told.read[room.id] ? html`<p class="soft">${t("read.of", { n: told.read[room.id], all: cards.length })}</p>` : nothing}
    ${quiet(cards, seats)}
    ${lines(page, seats)}
    ${hands.length ? html`<p class="hands"><b>✋ ${count("hands", hands.length)}</b>${hands.map((seat) => html`
      <button type="button" class="chip" aria-label=${t("hand.lower", { name: apart(seat.name) })} ?disabled=${!leads}
        @click=${() => act("hand.lower", { room: room.id, seat: seat.seat })}><bdi>${seat.name}</bdi> ${from(seat.delegation, true)}</button>`)}</p>` : nothing}
    ${late.length ? html`<details class="late"><summary>${count("late", late.length)}</summary>${late.map((one) => html`<p>${one.name || one.staff ? html`<bdi class=${one.staff ? "staff" : "who"}>${one.name ?? t("staff")}</bdi> ` : nothing}
      ${one.text}${under(page, room, one)} ${leads ? html`<button type="button" class="small" @click=${() => act("tray.admit", { room: room.id, tray: one.id })}>${t("admit")}</button>` : nothing}</p>`)}</details>` : nothing}
    ${waiting(page, room, inbox)}
    <p class="tools">${leads ? steering(page, room) : nothing}
      <a class="go" href="/w/${facts.workshop.id}/r/${room.number}/scribe">${t("scribe")}</a></p>
  </article>`;
}

/** Ideas and comments that wait for the facilitator, and those that were refused.  @param {Page} page @param {any} room @param {any[]} inbox */
function waiting(page, room, inbox) {
  const show = (/** @type {any} */ one) => html`<button type="button" class="small" @click=${() => act("inbox.let_out", { activity: one.activity, cards: [one.id] })}>${t("let_out")}</button>`;
  const refuse = (/** @type {any} */ one) => {
    const reason = prompt(t("inbox.refuse.why"));
    if (reason !== null) act("contribution.hide", { id: one.id, reason });
  };
  const line = (/** @type {any} */ one) => html`<p>${one.name || one.staff ? html`<bdi class=${one.staff ? "staff" : "who"}>${one.name ?? t("staff")}</bdi> ` : nothing}${one.body.text}${under(page, room, one)}
    ${one.hidden ? html`<span class="soft">${t("inbox.refused.why", { reason: one.hidden })}</span>` : nothing}
    ${leads ? html`${show(one)} ${one.hidden ? nothing : html`<button type="button" class="small" @click=${() => refuse(one)}>${t("inbox.refuse")}</button>`}` : nothing}</p>`;
  const waits = inbox.filter((one) => !one.hidden), refused = inbox.filter((one) => one.hidden);
  return html`${waits.length ? html`<details class="late" open><summary>${count("inbox", waits.length)}</summary>${waits.map(line)}</details>` : nothing}
    ${refused.length ? html`<details class="late"><summary>${count("inbox.refused", refused.length)}</summary>${refused.map(line)}</details>` : nothing}`;
}

/** On which card a comment is.  @param {Page} page @param {any} room @param {any} one */
function under(page, room, one) {
  const card = one.parent && page.copy.get(one.parent);
  return card ? html` <span class="soft">${t("comment.on", { card: card.number ? cardNumber(card, room.number) : `«${card.body.text.slice(0, 30)}»` })}</span>` : nothing;
}

/** What a step is called.  @param {any} step */
const name = (step) => word(step.title) || t(`step.name.${step.key}`);

const NEED = ["away", "silent", "waits", "slow", "http", "forms"];

/** Whose line needs attention, the worst first.  @param {Page} page @param {any[]} seats */
function lines(page, seats) {
  const found = seats.map((seat) => ({ seat, line: page.online.lines?.[seat.seat] })).filter((one) => one.line)
    .sort((a, b) => NEED.indexOf(a.line.state) - NEED.indexOf(b.line.state) || a.line.heard - b.line.heard);
  return found.length ? html`<details class="lines"><summary>${count("lines", found.length)}</summary><ul>${found.map(({ seat, line }) => html`
    <li><b><bdi>${seat.name}</bdi></b> ${from(seat.delegation, true)} <span class="soft">${t(`lines.${line.state}`, { n: line.delay,
      ago: line.heard ? ago(new Date(line.heard * 1000).toISOString(), page.line.skew) : "" })}${line.waiting ? ` · ${count("to_send", line.waiting)}` : ""}</span></li>`)}</ul></details>` : nothing;
}

/** Delegations that are in the room and have not written.  @param {any[]} cards @param {any[]} seats */
function quiet(cards, seats) {
  if (facts.workshop.privacy === "anonymous" || cards.length < 3) return nothing;
  const spoken = new Set(cards.map((card) => card.delegation));
  const silent = [...new Set(seats.map((seat) => seat.delegation))].filter((id) => id && !spoken.has(id)).map((id) => apart(delegation(id)?.name ?? ""));
  return silent.length ? html`<p class="quiet-ones">${t("quiet", { name: silent.join(", ") })}</p>` : nothing;
}

/** @param {Page} page @param {any} room */
function steering(page, room) {
  const go = (/** @type {number} */ step) => act("step.go", { room: room.id, step });
  if (room.state !== "open")
    return html`<button type="button" class="small main" @click=${() => act("room.open", { room: room.id })}>${t(room.state === "closed" ? "reopen" : "open")}</button>`;
  const process = room.method?.process;
  const following = process && page.copy.all("room", (one) => one.method?.process?.id === process.id && one.method.process.part === process.part + 1)[0];
  return html`${room.step + 1 < room.steps.length ? html`<button type="button" class="small main" @click=${() => go(room.step + 1)}>${t("next", { step: name(room.steps[room.step + 1]) })}</button>` : following
      ? html`<label class="unseen" for="carry-${room.id}">${t("carry")}</label><select class="small" id="carry-${room.id}">${ALONG.map((which) => html`<option value=${which}>${t(`carry.${which}`)}</option>`)}</select>
        <button type="button" class="small main" @click=${() => confirm(t("process.onward.sure", { title: following.title })) && act("process.onward", { room: room.id, carry: along(room) })}>${t("process.onward", { title: following.title })}</button>` : nothing}
    ${room.step > 0 ? html`<button type="button" class="small" @click=${() => go(room.step - 1)}>${t("back", { step: name(room.steps[room.step - 1]) })}</button>` : nothing}
    <button type="button" class="small" @click=${() => act("step.extend", { room: room.id, minutes: 3 })}>${t("more_time")}</button>
    <button type="button" class="small" aria-pressed=${Boolean(room.paused)} @click=${() => act("room.pause", { room: room.id, on: !room.paused })}>${t(room.paused ? "go_on" : "pause")}</button>
    <button type="button" class="small" aria-pressed=${Boolean(room.inbox)} @click=${() => act("room.moderate", { room: room.id, on: !room.inbox })}>${t("inbox")}</button>
    <a class="small button" href="/w/${facts.workshop.id}/r/${room.number}/process">${t("steps")}</a>
    <button type="button" class="small" @click=${() => confirm(t("confirm.close")) && act("room.close", { room: room.id })}>${t("close.room")}</button>`;
}

const ALONG = ["none", "all", "groups", "votes"];

/** Which cards go along, as it is chosen beside the button.  @param {any} room */
const along = (room) => /** @type {HTMLSelectElement} */ (document.getElementById(`carry-${room.id}`)).value;

/** @param {string} verb @param {any} payload */
function act(verb, payload) {
  void page.write(verb, payload, null);
}

/** Cards by delegation and by channel: who has been heard.  @param {Page} page @param {any[]} rooms */
function totals(page, rooms) {
  if (facts.workshop.privacy === "anonymous" || !rooms.length) return nothing;
  const cards = page.copy.all("idea");
  const most = Math.max(1, ...facts.delegations.map((one) => cards.filter((card) => card.delegation === one.id).length));
  const hall = cards.filter((card) => HALL.includes(card.channel)).length;
  const bar = (/** @type {any} */ label, /** @type {number} */ n, /** @type {number} */ of) => html`<li><span>${label}</span>
    <meter min="0" max=${of} .value=${n}></meter><b>${n}</b></li>`;
  return html`<section><h2>${t("by_delegation")}</h2><ul>${facts.delegations.map((one) =>
      bar(from(one.id), cards.filter((card) => card.delegation === one.id).length, most))}</ul></section>
    <section><h2>${t("by_channel")}</h2><ul>${bar(t("hall"), hall, Math.max(1, cards.length))}
      ${bar(t("remote"), cards.length - hall, Math.max(1, cards.length))}</ul></section>
    ${facts.sites ? html`<section><h2>${t("by_site")}</h2><ul>${facts.sites.map((site) =>
      bar(site.name, cards.filter((card) => card.site === site.id).length, Math.max(1, cards.length)))}</ul></section>` : nothing}`;
}

const page = new Page(draw);
keepWay(page);
follow("/progress", (answer) => { told = answer; page.changed(); });
