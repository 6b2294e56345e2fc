/** The box in which photos and voice notes wait on the device until the server has them. */
import { Disk } from "../line/disk.js";
import { memo } from "../shell/memo.js";
import { SECONDS } from "./capture.js";

/** @import { Page, Refused } from "../types.js" */

/**
 * @typedef {{id: string, card: string, kind: "photo"|"voice", seat: string|null, seconds?: number, w?: number, h?: number,
 *   bytes: ArrayBuffer, type: string, owner: import("../line/outbox.js").Owner, at: number, url?: string, claimed?: boolean,
 *   refused?: {code: string, values?: Record<string, unknown>}}} Item
 *
 * What is chosen and not sent has no card yet, but the room and the board for which it was chosen.
 * @typedef {{id: string, kind: "photo"|"voice", seat: string|null, room: string, activity: string, blob: Blob, type: string,
 * url: string,
 *   w?: number, h?: number, seconds?: number, kept?: Promise<boolean>, at: number}} Chosen
 */

const FIRST_MS = 2000, LAST_MS = 60000;
const PATIENCE_MS = 60000; // and a millisecond for each byte
const MARK = "files"; // in localStorage while something waits, so that the next page looks (js/attach/picking.js)

export class Files {
  /** @param {Page} page @param {(item: Item, answer: Refused) => void} refused */
  constructor(page, refused) {
    this.page = page;
    this.refused = refused;
    /** @type {Item[]} */
    this.items = [];
    /** @type {Item[]} what will not be sent: refused, or of somebody who is not on this device now */
    this.left = [];
    /** @type {Chosen[]} */
    this.chosen = [];
    this.busy = false;
    this.tries = 0;
    this.pauseUntil = 0;
    this.up = false;
    this.disk = new Disk("tinkuy-files", "files"); // in private windows they wait in memory
  }

  /** What an earlier page has left here. */
  async open() {
    const held = await this.attempt(() => this.disk.all()) ?? [];
    const { outbox } = this.page;
    for (const [, item] of held) {
      const mine = outbox.isMine(item.seat, item.owner);
      if (mine && !item.card) await this.found(item);
      else if (mine || item.owner?.workshop === outbox.box.owner.workshop)
        this.take(item, mine && !item.refused ? this.items : this.left);
    }
    this.items.sort((a, b) => a.at - b.at);
    this.chosen.sort((a, b) => a.at - b.at);
    if (this.left.length) outbox.leaves = true;
    if (!held.length) this.mark();
  }

  /** Something chosen that another page left here; where a tab lives that shows it, it is that tab's.
   * @param {Omit<Chosen, "blob"|"url"|"kept"> & {bytes: ArrayBuffer}} item */
  async found({ bytes, ...item }) {
    if (await this.page.outbox.claim(`chosen:${item.id}`) === false) return;
    const blob = new Blob([bytes], { type: item.type });
    this.chosen.push({ ...item, blob, url: URL.createObjectURL(blob), kept: Promise.resolve(true) });
  }

  /** Keep what was chosen, over reloads, until it is sent or left out.
   * @param {Omit<Chosen, "url"|"at"> & {at?: number}} one */
  choose({ kept: _, ...one }) {
    const { blob, ...facts } = one, at = one.at ?? Date.now();
    const chosen = /** @type {Chosen} */ ({ ...one, at, url: URL.createObjectURL(blob) });
    this.chosen.push(chosen);
    void this.page.outbox.claim(`chosen:${one.id}`);
    chosen.kept = (async () => {
      const bytes = await blob.arrayBuffer(), { url: __, ...item } = /** @type {Partial<Chosen>} */ (facts);
      return await this.attempt(() =>
        this.disk.put(one.id, { ...item, at, bytes, owner: this.page.outbox.box.owner })) !== undefined;
    })();
    this.mark();
    memo("drafts", "1"); // the page of another room looks for it (js/participant/late.js)
    this.page.changed();
    return chosen;
  }

  /** What was chosen goes with a card, or nowhere.  @param {Chosen[]} taken */
  unchoose(taken) {
    this.chosen = this.chosen.filter((one) => !taken.includes(one));
    this.page.changed();
  }

  /** It is left out.  @param {Chosen} one */
  async discard(one) {
    this.unchoose([one]);
    URL.revokeObjectURL(one.url);
    await one.kept;
    await this.attempt(() => this.disk.drop(one.id));
    this.mark();
  }

  /** It goes after its card, unless another tab has sent it meanwhile.
   * @param {Chosen} one @param {string} card @param {string|null} seat */
  async go(one, card, seat) {
    const held = await one.kept && await this.attempt(() => this.disk.get(one.id));
    const { room: _, activity: __, kept: ___, at: ____, ...file } = one;
    if (held === undefined || held === false || (held && !held.card)) await this.add({ ...file, card, seat });
    URL.revokeObjectURL(one.url);
    this.mark();
  }

  /** Keep a file; it is on the device when the promise is done.
   * @param {Omit<Item, "owner"|"at"|"bytes"> & {blob: Blob}} file */
  async add({ blob, url: _, ...file }) {
    const item = { ...file, bytes: await blob.arrayBuffer(), owner: this.page.outbox.box.owner, at: Date.now() };
    this.take(item);
    this.mark();
    await this.attempt(() => this.disk.put(item.id, item));
    this.page.changed();
  }

  /** @param {Item} item */
  take(item, into = this.items) {
    into.push({ ...item, url: URL.createObjectURL(new Blob([item.bytes], { type: item.type })) });
  }

  /** What waits for a card.  @param {string} card */
  of(card) {
    return this.items.filter((item) => item.card === card);
  }

  /** Send the next one, if its card is saved and it is time. */
  async pump() {
    const { line, outbox } = this.page;
    if (line.up && !this.up) this.pauseUntil = this.tries = 0; // the line is back
    this.up = line.up;
    if (this.busy || performance.now() < this.pauseUntil || line.state() === "offline") return;
    const unsaved = new Set(outbox.waiting().map((one) => one.payload.id));
    const item = this.items.find((one) => !unsaved.has(one.card));
    if (!item) return;
    this.busy = true;
    try {
      await this.send(item);
      this.tries = 0;
    } catch {
      this.pauseUntil = performance.now() + Math.min(LAST_MS, FIRST_MS * 2 ** this.tries++) * (0.5 + Math.random());
    } finally {
      this.busy = false;
    }
    this.page.changed();
  }

  /** @param {Item} item */
  async send(item) {
    const { copy, outbox, saved } = this.page;
    if (copy.get(item.card, "idea")?.files?.some((file) => file.id === item.id)) return this.drop(item);
    item.claimed ||= await outbox.claim(`file:${item.id}`) !== false;
    if (!item.claimed) throw new Error("another tab sends it");
    const answer = await this.post(item);
    if (answer.retry_after || answer.code === "who_are_you") throw new Error("later");
    if (answer.card) copy.put({ ...answer.card, line: answer.stream });
    if (answer.ok) saved.add(item.id);
    else return this.keep(item, answer);
    return this.drop(item);
  }

  /** @param {Item} item */
  async post(item) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE_MS + item.bytes.byteLength);
    try {
      const answer = await fetch("/api/attach", { method: "POST", body: item.bytes, signal: stop.signal, headers: {
        "Content-Type": item.type || "application/octet-stream",
        "X-Workshop": "1", "X-Attachment": item.id, "X-Card": item.card,
        "X-Kind": item.kind, ...(item.seat ? { "X-Seat": item.seat } : {}),
        ...(item.seconds === undefined ? {} : { "X-Seconds": String(Math.min(item.seconds, SECONDS)) }) } });
      return await answer.json();
    } finally {
      clearTimeout(timer);
    }
  }

  /** It is refused: it stays here until it was kept elsewhere or is not wanted.
   * @param {Item} item @param {Refused} answer */
  async keep(item, { code, values }) {
    item.refused = { code, values };
    this.items = this.items.filter((one) => one !== item);
    this.left.push(item);
    this.page.outbox.leaves = true;
    this.refused(item, item.refused);
    const { url: _, claimed: __, ...kept } = item;
    await this.attempt(() => this.disk.put(item.id, kept));
  }

  /** @param {Item} item */
  async drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.left = this.left.filter((one) => one !== item);
    await this.attempt(() => this.disk.drop(item.id));
    this.mark();
    setTimeout(() => URL.revokeObjectURL(item.url ?? ""), 60000); // who wants to keep it as a file still can
  }

  mark() {
    memo(MARK, this.items.length + this.left.length + this.chosen.length ? "1" : "");
  }

  /** @template T @param {() => Promise<T>} run */
  async attempt(run) {
    try {
      return await run();
    } catch {
      return undefined;
    }
  }
}
