/** Several people on one device: who is not in this room, with the ways to bring them in or to go there.  And with whom one
 * shares a pair or a four. */
import { facts, more, t } from "../shell/page.js";
import { from, html, nothing, paint } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/participant/together.css";

/** @import { Author, Comment, Company, Hidden, Idea, Room, Seat } from "../types.js" */

wear(rules);

/** @typedef {import("../shell/page.js").Page} Page */

const STAFF = ["owner", "facilitator", "rapporteur"]; // who see what waits anyway
const LOW = matchMedia("(max-height: 30em)"); // on its side, or with large letters: one line
const FOLDED = 4; // so many are folded away: a helper's device carries a whole village

/** @param {Page} page @param {Room} room */
export function draw(page, room) {
  sit(page);
  const see = room.now?.see ?? "room";
  const others = room.state === "open" && page.seat ? lines(room)?.[see]?.[page.seat.id] : undefined;
  const pair = others ? company(see, others) : nothing, out = away(page, room), hers = theirs(page, room);
  const low = LOW.matches && (others || out !== nothing);
  paint("beside", low ? html`<details class="away"><summary>${others ? `${t(`company.${see}`)} ${called(others)}` : ""}${
    out === nothing ? "" : ` ${t("away", { n: facts.seats.length - page.seats.length })}`}</summary>${
    pair}${hers}${out}</details>` : html`${pair}${hers}${out}`);
  // So that a card is seen; a tap opens it.
  if (low && !made) document.querySelector("#question details")?.removeAttribute("open");
  made ||= Boolean(low);
  if (!shown) requestAnimationFrame(() => { // once it is drawn
    document.querySelector(".people [aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  });
  shown = true;
}

let shown = false, made = false;

/** With whom seats of ours work in a room.  @param {Room} room */
const lines = (room) => /** @type {Company|undefined} */ (facts.beside?.[room.id]);

/** @param {Author[]} others */
const called = (others) => others.map((one) => facts.seats.find((seat) => seat.id === one.mine)?.name ?? one.name)
  .filter(Boolean).join(", ");

/** Who is on this device, and where, as the server said last: who is elsewhere does not speak here.  @param {Page} page */
function sit(page) {
  facts.seats = (facts.beside?.people ?? facts.seats).filter((seat) => page.outbox.seats.includes(seat.id));
  page.seats = facts.seats.filter((seat) => seat.room === facts.room.id);
  for (const seat of page.seats) call(page, seat);
  const was = page.seat;
  page.seat = page.remembered();
  const here = (/** @type {Seat[]} */ seats) => seats.some((seat) => seat.id === was?.id);
  if (was && page.seat && !here(page.seats) && here(facts.seats)) { // else it was joined into another
    const names = { name: was.name, other: page.seat.name };
    void more().then(() => page.say(t("moved.one", names), "bad"));
  }
  if (page.seat) turn(page, page.seat);
}

/** @type {Record<string, string>} where the device keeps nothing */
const words = {};

/** Another person of this device writes: what each of them typed is their own.
 * @param {Page} page @param {Seat} seat */
export function turn(page, seat) {
  if (page.writer?.id === seat.id) return;
  // What is taken back comes into the field: no more into this one.
  page.notes = page.notes.filter((note) => !note.action?.brief);
  const field = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text"));
  if (field) words[page.writer?.id ?? ""] = field.value;
  page.writer = seat;
  if (field) {
    field.value = page.draft() ?? words[seat.id] ?? "";
    tinkuy.held["board-compose"]?.restore(/** @type {HTMLFormElement} */ (field.form), true);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Whether a card is not for the eyes of whoever is chosen: of somebody else of this device (or of their pair), while it is
 * private, waits for the facilitators, or was hidden by them.
 * @param {Page} page @param {Room} room @param {Idea|Comment|Hidden} card
 */
export function veils(page, room, card) {
  const seat = page.seat?.id;
  if (!seat || facts.seats.length < 2 || STAFF.includes(facts.role) || card.mine === seat) return false;
  if ("waiting" in card) return (room.now?.see ?? "room") !== "room";
  if (card.waits || card.kind === "hidden") return Boolean(card.mine);
  if (!card.line || card.line === room.stream) return false;
  const ours = lines(room)?.lines?.[seat];
  return ours ? !ours.includes(card.line) : Boolean(card.mine);
}

/** A name, of which a narrow phone shows the first word where nobody else here begins alike.
 * @param {Page} page @param {Seat} seat */
function call({ seats }, seat) {
  const begins = (/** @type {string} */ name) => /^(?:(?:do[nñ]a?|sra?|dra?|mme?|mlle)\.? )?\S+/i.exec(name)?.[0] ?? name;
  const first = begins(seat.name), alike = seats.filter((one) => begins(one.name) === first);
  seat.called = alike[1] ? seat.name : html`${first}<span class="more-names">${seat.name.slice(first.length)}</span>`;
}

/** That the others of this device have cards here that only they see.  @param {Page} page @param {Room} room */
function theirs(page, room) {
  return page.seats.map((seat) => {
    const n = page.copy.all("idea", (card) => card.mine === seat.id && veils(page, room, card)).length;
    const { name } = seat;
    return n ? html`<p class="soft theirs">${n === 1 ? t("theirs.one", { name }) : t("theirs.many", { n, name })}</p>`
      : nothing;
  });
}

/** @param {Page} page @param {Room} room */
function away(page, room) {
  const out = facts.seats.filter((seat) => !page.seats.includes(seat)), words = t("away", { n: out.length });
  const rows = out.map((seat) => {
    const at = page.copy.get(seat.room, "room");
    const goes = page.outbox.waiting().some((item) => item.verb === "seat.enter" && item.seat === seat.id);
    return html`<div class="row"><p><b><bdi>${seat.name}</bdi></b> ${at
        ? html`<a href="/w/${facts.workshop.id}/r/${at.number}?seat=${seat.id}">${t("away.room", { n: at.number })}</a>`
        : html`<span class="soft">${t("away.nowhere")}</span>`}</p>
      <button type="button" class="small" ?disabled=${goes}
        @click=${() => page.write("seat.enter", { room: room.id }, seat.id)}>${
        t("away.bring")}<span class="unseen"> ${seat.name}</span></button></div>`;
  });
  return !out.length ? nothing : out.length < FOLDED ? html`<div class="away" role="group" aria-label=${words}>${rows}</div>`
    : html`<details class="away"><summary>${words}</summary>${rows}</details>`;
}

/** @param {string} see pair or four @param {Author[]} others what may be known of them */
function company(see, others) {
  return html`<p class="company"><b>${t(`company.${see}`)}</b>${others.length ? others.map((one) => {
    const own = facts.seats.find((seat) => seat.id === one.mine), { name, delegation } = own ?? one;
    const site = own ? undefined : facts.sites?.find((place) => place.id === one.site);
    return html` <span class="one">${name ? html`<bdi>${name}</bdi> ${from(delegation)}
      <span class="soft">${t(`company.${own ? "mine" : one.channel}`)}${site ? ` · ${site.name}` : ""}</span>`
        : t("company.untold")}</span>`;
  }) : html` <span class="soft">${t("company.nobody")}</span>`}</p>`;
}
