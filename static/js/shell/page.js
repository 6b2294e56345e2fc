/** What every page has: the facts that came with the HTML, the words, the copy, the line. */
import { Copy } from "../line/cards.js";
import { newId } from "../line/ids.js";
import { Line, http } from "../line/line.js";
import { memo } from "./memo.js";
import { Outbox, Shelf, sameBallot } from "../line/outbox.js";

/** @import { Answer, Ballot, Body, Choice, Facts, Hello, Met, Payload, Presence, Seat, Words } from "../types.js" */

/** @typedef {import("../line/outbox.js").Item} Command */
/** @typedef {Record<string, unknown> & Pick<Ballot, "choices"|"rev">} Stale what a refusal of a ballot brings */

/** `beside`: what devices of several people, and people in pairs and fours, are told (js/participant/together.js).
 * @type {Facts} */
export const facts = JSON.parse(document.getElementById("facts")?.textContent || "null") ?? { words: {} };

/**
 * A sentence in the reader's language; {name} is replaced by values.name.
 * @param {string} key @param {Record<string, unknown>} [values]
 */
export function t(key, values = {}) {
  const text = facts.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g,
    (whole, name) => String(name in values ? word(/** @type {Words} */ (values[name])) : whole));
}

/** Words that came as {es, fr, en} in the reader's language, else in Spanish, else the first; a plain text as it is.
 * @param {Words|null|undefined} text @returns {string} */
export const word = (text) => typeof text === "object" && text
  ? text[facts.language] ?? text.es ?? Object.values(text)[0] ?? "" : text ?? "";

/** A sentence for one or for several.  @param {string} key @param {number} n */
export const count = (key, n) => t(n === 1 ? `${key}.one` : `${key}.many`, { n });

let wish = "";

/** The focus goes to what this selector finds, as soon as it is there.  @param {string} what */
export const wanted = (what) => { wish = what; };

/** @type {Promise<Record<string, string>|undefined>|undefined} */
let coming;

/** The words that did not come with the page; without a line they stay away (undefined), and are asked for again. */
export function more() {
  coming ??= http(facts.more).then((words) => Object.assign(facts.words, words)).catch(() => {
    coming = undefined;
    return coming;
  });
  return coming;
}

/** Words that may not be here yet; `then` is called when they have come.  @param {string} key @param {() => void} then */
export function later(key, then) {
  if (!(key in facts.words)) void more().then(then);
  return facts.words[key] ?? "";
}

/** The words of a refusal.  @param {{code?: string, values?: Record<string, unknown>}} answer */
export async function refusal(answer) {
  const key = `refusal.${answer.code}`;
  if (!(key in facts.words)) await more();
  return t(key in facts.words ? key : "refused", answer.values ?? {});
}

const NEVER = 2 ** 31 - 2; // a revision that no ballot reaches

const UNDO_MS = 10000;

/** This tab, over reloads: what is typed in one is not written over by another. */
const tab = memo("tab", undefined, "sessionStorage") ?? newId();
memo("tab", tab, "sessionStorage");

const KEEP_MS = 5000; // when everything is there, so that a slow line carries the page first

/** Let the service worker keep this build's scripts. */
function keep() {
  const version = document.querySelector("script[src]")?.getAttribute("src")?.split("/")[2];
  navigator.serviceWorker?.register(`/worker.js?v=${version}&l=${facts.language}`).catch(() => {});
}

export class Page {
  /**
   * @param {(page: Page) => void} draw called at most once a frame when anything changed
   */
  constructor(draw) {
    this.copy = new Copy();
    for (const frame of facts.frames) this.copy.keep(frame);
    /** @type {Map<string, Ballot>} own ballots, by "activity/seat" */
    this.ballots = new Map();
    for (const ballot of facts.ballots) this.ballot(ballot);
    /** @type {Seat[]} the people of this device who are in the room */
    this.seats = facts.room?.kind === "group" ? facts.seats.filter((seat) => seat.room === facts.room.id) : facts.seats;
    /** `writer`: whose words stand in the field (js/participant/together.js) */
    this.seat = this.writer = this.remembered();
    /** @type {{id: number, text: string, kind: string, action?: {label: string, run: () => void, brief?: boolean}}[]} */
    this.notes = [];
    /** @type {Set<string>} ids of cards that this page wrote and the server has saved */
    this.saved = new Set();
    /** @type {Presence} who is connected, and how, for the desk */
    this.online = {};
    /** Set by pages that have another field to write in than a room's.
     * @type {((text: string, item: Command) => void)|undefined} */
    this.takeBack = undefined;
    /** @type {[Command, Met][]} edits that met another's, to be told (js/participant/left.js) */
    this.mets = [];
    /** @type {((id: string, body: Body) => void)|undefined} set by pages that edit cards or sentences */
    this.putBack = undefined;
    this.good = false; // the line came up fast
    this.gone = false; // the server does not know this device
    /** @type {(() => boolean)|undefined} set by pages of those who sign in: says it and how to come back, where there are
     * words */
    this.signedOut = undefined;
    /** @type {{look: () => void, mend: () => void}|undefined} what keeps the focus (js/shell/focus.js); set by pages */
    this.focus = undefined;
    /** @type {Command[]} what came late and is kept for the facilitator */
    this.late = [];
    /** The field becomes that of another person; set by pages with one.  @type {((seat: Seat) => void)|undefined} */
    this.turn = undefined;
    this.leaving = async () => {}; // before the page goes to another room; set by pages to write in
    /** @type {import("../attach/picker.js").Picker|undefined} set by pages that send files */
    this.picker = undefined;
    this.draw = draw;
    this.drawn = false;
    this.outbox = new Outbox(new Shelf(), { workshop: facts.workshop.id, account: facts.account },
      facts.seats.map((seat) => seat.id));
    /** @type {Record<string, string>} */
    const auth = facts.screen ? { screen: facts.screen } : {};
    this.line = new Line(this.copy, this.outbox, {
      auth, room: facts.room?.id,
      changed: () => this.changed(),
      answered: (item, answer) => this.answered(item, answer),
      ballot: (ballot) => this.ballot(ballot),
      presence: (data) => { this.online = data; this.changed(); },
      hello: (hello) => this.greeted(hello),
      beside: (beside) => { facts.beside = { ...facts.beside, ...beside }; this.changed(); },
      restored: () => this.ballots.forEach((ballot) => (ballot.rev = 0)), // they are counted anew too
      refused: () => this.refusedAtDoor(),
    });
    void this.outbox.open().then(() => this.line.flush());
    if (isSecureContext) setTimeout(keep, KEEP_MS);
    addEventListener("beforeunload", (event) => {
      if (this.waits()) event.preventDefault();
    });
    this.changed();
  }

  changed() {
    if (this.drawn) return;
    this.drawn = true;
    requestAnimationFrame(() => {
      this.drawn = false;
      this.focus?.look();
      this.draw(this);
      const found = wish && document.querySelector(wish);
      if (found) {
        wish = "";
        /** @type {HTMLElement} */ (found).focus();
      }
      this.focus?.mend();
    });
  }

  /** How much is on this device only. */
  waits() {
    return this.outbox.waiting().length + (this.picker?.files.items.length ?? 0);
  }

  /** This device may follow the room no more (its people went to another): the server knows what to show instead.
   * @param {Hello} hello */
  greeted(hello) {
    this.outbox.seats = hello.seats;
    this.gone = false; // also for who was let back in
    this.good = this.line.isGood();
    for (const [stream, left] of this.copy.earlier)
      if (Object.keys(left).length && this.good) setTimeout(() => this.line.ask(stream, 0), 1000);
    for (const stream of [...this.copy.cursors.keys()]) if (!hello.streams.includes(stream)) this.copy.leave(stream);
    if (facts.room && facts.room.kind === "group" && !hello.streams.includes(facts.room.id)) {
      void this.leaving().then(() => location.replace(`/w/${facts.workshop.id}/here`));
    }
  }

  /** The server does not know this device (any more): it was removed, or came after the copy from which the server was put
   * back. Once is enough to say it; what was written within a day can be kept (js/participant/left.js). */
  async refusedAtDoor() {
    await this.line.reoffer();
    const said = this.gone;
    this.gone = true;
    if (!said && !this.signedOut?.()) this.say(t("refusal.who_are_you"), "bad");
  }

  /** @param {Ballot} ballot */
  ballot(ballot) {
    const key = `${ballot.activity}/${ballot.seat}`;
    if ((this.ballots.get(key)?.rev ?? 0) < ballot.rev) this.ballots.set(key, ballot);
    this.changed?.();
  }

  /** @param {Command} item @param {Answer} answer */
  answered(item, answer) {
    const { activity, choices } = item.payload, seat = /** @type {string} */ (item.seat);
    if (item.verb === "ballot.cast" && answer.ok)
      this.ballot({ activity, seat, choices, rev: /** @type {number} */ (answer.rev) });
    else if (answer.code === "stale_ballot") {
      this.ballots.set(`${activity}/${seat}`, { activity, seat, .../** @type {Stale} */ (answer.values) });
      // What was tapped after it stands on what is no more; it must not overwrite what the other device chose.
      const later = this.outbox.unsent((other) => sameBallot(other, item));
      if (later) later.payload.base_rev = NEVER;
    }
    if (answer.ok && item.payload.id) this.saved.add(item.payload.id);
    if (answer.tray) this.late.push(item);
    if (!answer.ok) void this.refused(answer);
    if (answer.met) this.outbox.leaves = Boolean(this.mets.push([item, answer.met]));
    if (answer.restored) void more().then(() => this.say(t("restored")));
    this.changed();
  }

  /** A refusal is said; the words that it concerns stay on the device (js/participant/left.js).
   * @param {{code?: string, values?: Record<string, unknown>, tray?: unknown}} answer */
  async refused(answer) {
    this.say(`${await refusal(answer)}${answer.tray ? ` ${t("tray")}` : ""}`, "bad");
  }

  /** @param {string} text @param {string} [kind] @param {{label: string, run: () => void, brief?: boolean}} [action] */
  say(text, kind = "good", action) {
    const note = { id: Math.random(), text, kind, action };
    this.notes = [...this.notes.filter((one) => one.text !== text).slice(-2), note];
    setTimeout(() => this.unsay(note), action?.brief ? UNDO_MS : action ? 30000 : 8000);
    this.changed();
  }

  /** What was just done can be taken back for a while; only the last of it, so that it is clear which.
   * @param {string} text @param {() => void} run */
  done(text, run) {
    this.notes = this.notes.filter((note) => !note.action?.brief);
    this.say(text, "good", { label: t("undo"), run, brief: true });
  }

  /** @param {{id: number}} note */
  unsay(note) {
    this.notes = this.notes.filter((one) => one.id !== note.id);
    this.changed();
  }

  /** The seat that speaks now.  @returns {Seat|undefined} */
  remembered() {
    const id = memo("seat", undefined, "sessionStorage");
    return this.seats.find((seat) => seat.id === id) ?? this.seats[0];
  }

  /** Another person of this device acts.  The field is theirs at once, not with the next drawing: what is typed until then
   * would stand in it for whoever spoke before.  @param {Seat} seat */
  speak(seat) {
    this.seat = seat;
    memo("seat", seat.id, "sessionStorage");
    this.turn?.(seat);
    this.changed();
  }

  /** What this person types in this room and tab is kept on the device until it is sent (js/participant/drafts.js).
   * @param {string} [what] nothing: the idea; else "form", "talk.card", "edit.card" @param {string} [text]
   * @param {Seat} [writer] */
  draft(what = "", text, writer = this.writer) {
    return memo(`draft:${writer?.id ?? facts.account}:${facts.room.id}:${what}:${tab}`, text);
  }

  /** @param {string} verb @param {Payload} payload @param {string|null} [seat] */
  write(verb, payload, seat = this.seat?.id ?? null) {
    return this.line.write(verb, seat, payload);
  }

  /** The seat's ballot with what is still on its way.  @param {string} activity @param {string} [seat]
   * @returns {Pick<Ballot, "choices"|"rev">} */
  myBallot(activity, seat = this.seat?.id) {
    const held = this.ballots.get(`${activity}/${seat}`) ?? { choices: {}, rev: 0 };
    const waiting = this.outbox.waiting().filter((item) => item.verb === "ballot.cast" && item.seat === seat
      && item.payload.activity === activity).at(-1);
    return waiting ? { .../** @type {Ballot} */ (waiting.payload), rev: waiting.payload.base_rev + 1 } : held;
  }

  /** @param {string} activity @param {Record<string, Choice>} choices */
  castBallot(activity, choices) {
    const waiting = this.outbox.unsent((item) => item.verb === "ballot.cast" && item.seat === (this.seat?.id ?? null)
      && item.payload.activity === activity);
    if (waiting) { // not sent yet: the whole ballot goes once, as it is now
      waiting.payload.choices = choices;
      this.changed();
      return this.outbox.save(this.outbox.box);
    }
    return this.write("ballot.cast", { activity, choices, base_rev: this.myBallot(activity).rev });
  }
}

/** @param {string|null} [id] */
export const delegation = (id) => facts.delegations.find((one) => one.id === id);

/** "R3-045"; of a card that another room numbered the whole number comes as it is.
 * @param {{number?: number|string, home?: number}} card @param {number|undefined} room */
export const cardNumber = (card, room) => typeof card.number === "string" ? card.number
  : `R${card.home ?? room}-${String(card.number ?? 0).padStart(3, "0")}`;
