/**
 * What was written and is not yet saved on the server, kept on the device before it is sent.
 * Each tab has an outbox of its own; one whose tab has died is taken over by the next page that opens.
 */
import { createStore, del, entries, get, set } from "idb-keyval";
import { newId } from "./ids.js";

/** @typedef {{n: number, verb: string, seat: string|null, payload: any, at: number, sent?: boolean}} Item */
/** @typedef {{client: string, owner: string, last: number, items: Item[], beat: number}} Box */

const BEAT = 2000;
const DEAD = 3 * BEAT;
const DAY = 86400000;

/** The device's store, or memory where the browser gives none (private windows). */
export class Shelf {
  constructor() {
    this.durable = true;
    /** @type {Map<string, any>} */
    this.memory = new Map();
    try {
      this.store = createStore("tinkuy", "outbox");
    } catch {
      this.durable = false;
    }
  }

  /** @param {string} key @param {any} value */
  async put(key, value) {
    this.memory.set(key, value);
    await this.attempt(() => set(key, value, this.store));
  }

  /** @param {string} key */
  async take(key) {
    return (await this.attempt(() => get(key, this.store))) ?? this.memory.get(key);
  }

  /** @param {string} key */
  async drop(key) {
    this.memory.delete(key);
    await this.attempt(() => del(key, this.store));
  }

  /** @returns {Promise<[string, any][]>} */
  async all() {
    return /** @type {any} */ ((await this.attempt(() => entries(this.store))) ?? [...this.memory]);
  }

  /** @param {() => Promise<any>} run */
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
   * @param {string} owner who writes: the seats' workshop, so that another person's text is never sent as mine
   */
  constructor(shelf, owner) {
    this.shelf = shelf;
    /** @type {Box} */
    this.box = { client: newId(16), owner, last: 0, items: [], beat: Date.now() };
    /** @type {Box[]} boxes of tabs that have died, sent before our own */
    this.adopted = [];
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
      if (!navigator.locks) told(undefined);
      else void navigator.locks.request(`box:${client}`, { ifAvailable: true }, (lock) => {
        told(Boolean(lock));
        return lock && new Promise(() => {});
      });
    });
  }

  async adopt() {
    for (const [key, box] of await this.shelf.all()) {
      if (!key.startsWith("box:") || box.owner !== this.box.owner
        || this.boxes().some((held) => held.client === box.client)) continue;
      const free = await this.claim(box.client);
      if (!(free ?? Math.abs(Date.now() - box.beat) >= DEAD)) continue; // a beat of tomorrow: the clock was set back
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
   * @param {string} verb @param {string|null} seat @param {any} payload
   */
  async add(verb, seat, payload) {
    const item = { n: ++this.box.last, verb, seat, payload, at: Date.now() };
    this.box.items.push(item);
    await this.save(this.box);
    return item;
  }

  /** The last command that waits in our own box, has never been sent and fits: it may still be changed.
   * @param {(item: Item) => boolean} fits */
  unsent(fits) {
    return this.box.items.filter((item) => !item.sent && fits(item)).at(-1);
  }

  /** @param {string} client @param {number} n */
  async done(client, n) {
    const box = this.boxes().find((one) => one.client === client);
    if (!box) return;
    const item = box.items.find((one) => one.n === n);
    box.items = box.items.filter((one) => one !== item);
    if (item) await this.shelf.put(`done:${client}:${n}`, { ...item, at: Date.now(), owner: box.owner });
    await this.save(box);
    if (!box.items.length && box !== this.box) {
      this.adopted = this.adopted.filter((one) => one !== box);
      await this.shelf.drop(`box:${client}`);
    }
  }

  /** The server was restored from a copy: what it acknowledged within a day is offered again; it takes what it does not know. */
  async reoffer() {
    for (const [key, { owner, ...item }] of (await this.shelf.all()).sort(([, a], [, b]) => a.n - b.n)) {
      const [kind, client] = key.split(":");
      if (kind !== "done" || owner !== this.box.owner) continue;
      let box = this.boxes().find((one) => one.client === client);
      if (!box) this.adopted.push(box = { client, owner, last: item.n, items: [], beat: Date.now() });
      box.items = [...box.items, item].sort((a, b) => a.n - b.n);
      await this.save(box);
      await this.shelf.drop(key);
    }
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
