/**
 * What was written and is not yet saved on the server, kept on the device before it is sent.
 * Each tab has an outbox of its own; one whose tab has died is taken over by the next page that opens.
 */
import { Disk } from "./disk.js";
import { newId } from "./ids.js";

/** @import { Answer, Payload } from "../types.js" */
/**
 * @typedef {{n: number, verb: string, seat: string|null, payload: Payload, at: number, sent?: boolean, again?: number}} Item
 * `again`: offered anew to a server that was put back, so often more if what it speaks of is not there yet */
/** @typedef {{workshop: string, account?: string}} Owner whose words without a seat are */
/** @typedef {{client: string, owner: Owner, last: number, items: Item[], beat: number}} Box */

/** Whether its tab has died; a beat of tomorrow: the clock was set back.  @param {Box} box */
export const isDead = ({ beat }) => Math.abs(Date.now() - beat) >= DEAD;

const BEAT = 2000;
const DEAD = 3 * BEAT;
const DAY = 86400000;
const AGAIN = 9; // times, two seconds apart
const MISSING = ["no_such_card", "not_here"];

/** Two ballots of one seat in one vote: the second says "after the first", so it waits for its answer.
 * @param {Item} one @param {Item} other */
export const sameBallot = (one, other) => one.verb === "ballot.cast" && other.verb === "ballot.cast"
  && one.seat === other.seat && one.payload.activity === other.payload.activity;

/** The device's store, or memory where the browser gives none (private windows). */
export class Shelf {
  constructor() {
    this.durable = true;
    /** @type {Map<string, any>} */
    this.memory = new Map();
    this.disk = new Disk("tinkuy", "outbox");
  }

  /** @param {string} key @param {any} value */
  async put(key, value) {
    this.memory.set(key, value);
    await this.attempt(() => this.disk.put(key, value));
  }

  /** @param {string} key */
  async drop(key) {
    this.memory.delete(key);
    await this.attempt(() => this.disk.drop(key));
  }

  /** @returns {Promise<[string, any][]>} */
  async all() {
    return (await this.attempt(() => this.disk.all())) ?? [...this.memory];
  }

  /** @template T @param {() => Promise<T>} run */
  async attempt(run) {
    if (!this.durable) return undefined;
    try {
      return await run();
    } catch {
      this.durable = false;
      return undefined;
    }
  }
}

export class Outbox {
  /**
   * @param {Shelf} shelf
   * @param {Owner} owner
   * @param {string[]} seats of this device: what others wrote on it is never sent as theirs
   */
  constructor(shelf, owner, seats) {
    this.shelf = shelf;
    this.seats = seats;
    /** @type {Box} */
    this.box = { client: newId(16), owner, last: 0, items: [], beat: Date.now() };
    /** @type {Box[]} boxes of tabs that have died, sent before our own */
    this.adopted = [];
    this.leaves = false; // something here will not be sent (js/participant/left.js)
    /** @type {Set<string>} boxes whose lock is ours */
    this.claimed = new Set();
  }

  /** Whether somebody of this device wrote it.  @param {string|null} seat @param {Owner} owner */
  isMine(seat, { workshop, account }) {
    return seat ? this.seats.includes(seat) : workshop === this.box.owner.workshop && account === this.box.owner.account;
  }

  /** Take over what dead tabs left, then keep our own box alive. */
  async open() {
    void this.claim(this.box.client);
    for (const [key, item] of await this.shelf.all())
      if (key.startsWith("done:") && !(Date.now() - item.at < DAY)) await this.shelf.drop(key);
    await this.adopt();
    setInterval(() => this.beat(), BEAT);
    addEventListener("pagehide", () => void this.release());
  }

  /**
   * Hold a box's lock for as long as this page lives.  Plain http in a hall has no locks; there the box's beat tells.
   * @param {string} client @returns {Promise<boolean|undefined>} false: another tab holds it
   */
  claim(client) {
    return new Promise((told) => {
      if (this.claimed.has(client)) told(true);
      else if (!navigator.locks) told(undefined);
      else void navigator.locks.request(`box:${client}`, { ifAvailable: true }, (lock) => {
        told(Boolean(lock));
        if (lock) this.claimed.add(client);
        return lock && new Promise(() => {});
      });
    });
  }

  /** Take over the boxes of dead tabs in which something is of this device's people.  Where somebody else wrote in the same
   * tab, the server refuses that part.  What is of others alone waits for them. */
  async adopt() {
    for (const [key, box] of await this.shelf.all()) {
      const [kind, client] = key.split(":");
      if (kind === "kept") this.leaves = true;
      if (kind !== "box" || this.boxes().some((held) => held.client === client)) continue;
      if (box.items.length && !box.items.some((/** @type {Item} */ item) => this.isMine(item.seat, box.owner))) {
        this.leaves = true;
        continue;
      }
      if (!(await this.claim(client) ?? isDead(box))) continue;
      if (!box.items.length) await this.shelf.drop(key);
      else this.adopted.push({ ...box, beat: Date.now() });
    }
    for (const box of this.adopted) await this.save(box);
  }

  async beat() {
    for (const box of this.boxes()) {
      box.beat = Date.now();
      if (box.items.length) await this.save(box);
    }
    await this.adopt();
  }

  /** The tab closes: what is left may be taken over at once. */
  async release() {
    for (const box of this.boxes()) if (box.items.length) await this.save({ ...box, beat: 0 });
  }

  /** @returns {Box[]} the boxes in the order in which they are sent */
  boxes() {
    return [...this.adopted, this.box];
  }

  /** @returns {Item[]} */
  waiting() {
    return this.boxes().flatMap((box) => box.items);
  }

  /**
   * Keep a command; it is on the device when the promise is done.
   * @param {string} verb @param {string|null} seat @param {Payload} payload @param {number} [again]
   */
  async add(verb, seat, payload, again) {
    if (!this.box.last) navigator.storage?.persist?.().catch(() => {}); // what waits here is not to be cleared away
    const item = { n: ++this.box.last, verb, seat, payload, at: Date.now(), again };
    this.box.items.push(item);
    await this.save(this.box);
    return item;
  }

  /** The last command that waits in our own box, has never been sent and fits: it may still be changed.
   * @param {(item: Item) => boolean} fits */
  unsent(fits) {
    return this.box.items.filter((item) => !item.sent && fits(item)).at(-1);
  }

  /** The server has answered: the command need not be sent again.  Words that it refused stay here; what it keeps is
   * remembered for a day.
   * @param {string} client @param {number} n @param {Answer|null} [answer] null: it is said once more */
  async done(client, n, answer = { ok: true }) {
    const box = this.boxes().find((one) => one.client === client);
    if (!box) return;
    const item = box.items.find((one) => one.n === n);
    box.items = box.items.filter((one) => one !== item);
    const saved = answer?.ok || answer?.tray;
    const refused = !saved && (item?.payload.body ?? item?.payload)?.text && answer;
    if (refused) this.leaves = true;
    if (item && !answer?.forget && (saved || refused))
      await this.shelf.put(`${refused ? "kept" : "done"}:${client}:${n}`,
        { ...item, refused, at: Date.now(), owner: box.owner });
    await this.save(box);
    if (!box.items.length && box !== this.box) {
      this.adopted = this.adopted.filter((one) => one !== box);
      await this.shelf.drop(`box:${client}`);
    }
  }

  /** The server was restored from a copy: what it acknowledged within a day is offered again; it takes what it does not
   * know. The boxes of tabs that live are theirs to offer.  Of the ballots of a seat in a vote the last one says it all. */
  async reoffer() {
    const kept = (await this.shelf.all())
      .filter(([key, item]) => key.startsWith("done:") && this.isMine(item.seat, item.owner))
      .sort(([, a], [, b]) => a.n - b.n);
    for (const [key, { owner, ...item }] of kept) {
      const client = key.split(":")[1];
      if (kept.some(([, other]) => other.at > item.at && sameBallot(other, item))) {
        await this.shelf.drop(key);
        continue;
      }
      let box = this.boxes().find((one) => one.client === client);
      if (!box && (await this.claim(client)) === false) continue;
      box ??= this.boxes().find((one) => one.client === client);
      if (!box) this.adopted.push(box = { client, owner, last: item.n, items: [], beat: Date.now() });
      if (box.items.some((one) => one.n === item.n)) item.n = ++box.last;
      box.items = [...box.items, item].sort((a, b) => a.n - b.n);
      await this.save(box);
      await this.shelf.drop(key);
    }
    for (const item of this.waiting()) item.again = AGAIN;
  }

  /**
   * What is offered again may speak of a card that its writer has not brought back yet, or build on a ballot that is not the
   * same any more: it goes to the end, to be said once more.  @param {string} client @param {Item} item @param {Answer}
   * answer
   * @returns {Promise<boolean>} false when the answer stands
   */
  async retry(client, item, answer) {
    const stale = answer.code === "stale_ballot";
    if (!item.again || !(stale || MISSING.includes(/** @type {string} */ (answer.code)))) return false;
    await this.add(item.verb, item.seat,
      stale ? { ...item.payload, base_rev: /** @type {{rev: number}} */ (/** @type {unknown} */ (answer.values)).rev }
        : item.payload, item.again - 1);
    await this.done(client, item.n, null);
    return true;
  }

  /**
   * The server knows this outbox only up to another number (it was restored): number what waits anew.
   * @param {string} client @param {number} want
   */
  async renumber(client, want) {
    const box = this.boxes().find((one) => one.client === client);
    if (!box?.items.length || box.items[0].n === want) return;
    box.items.forEach((item, i) => (item.n = want + i));
    box.last = Math.max(want + box.items.length - 1, 0);
    await this.save(box);
  }

  /** @param {Box} box */
  async save(box) {
    await this.shelf.put(`box:${box.client}`, box);
  }
}
