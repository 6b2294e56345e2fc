/**
 * A Socket.IO connection over one WebSocket: Engine.IO 4 and Socket.IO 5 as docs/protocol.md describes them, the part that
 * we use.  The general client weighs five times as much as the rest of the page needs to be live, which on a slow line is
 * seconds; what it does beyond this (long polling, binary packets, namespaces) we do not use.
 */

/** @import { Asked, Events } from "../types.js" */

const OPEN = "0", PING = "2", MESSAGE = "4"; // Engine.IO
const CONNECT = "0", DISCONNECT = "1", EVENT = "2", ACK = "3", REFUSED = "4"; // Socket.IO
const FIRST_MS = 600, SOON_MS = 2500, LAST_MS = 8000; // between tries: doubled to SOON_MS, after MANY tries to LAST_MS
const MANY = 40; // about two minutes
const OPENING_MS = 12000, HASTE_MS = 3000; // until an attempt is given up; the shorter on a line that was faster before

export class Socket {
  /**
   * @param {{auth: () => object, up: () => void, down: () => void, failed: () => void, refused: () => void, alive: () =>
   * void,
   *   events: Events}} ears
   */
  constructor(ears) {
    this.ears = ears;
    /** @type {WebSocket|null} */
    this.ws = null;
    this.up = false;
    this.tries = 0;
    this.triedAt = 0; // by the clock that nobody sets
    this.took = OPENING_MS; // the last opening that succeeded
    this.trip = 0; // ms there and back, then; until the welcome, minus when it began
    this.ids = 0;
    /** @type {Map<number, {done: (answer: unknown) => void, failed: (why: Error) => void}>} */
    this.awaited = new Map();
    this.timer = 0;
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    this.shut();
    this.triedAt = performance.now();
    const { protocol, host } = location;
    const scheme = protocol === "https:" ? "wss" : "ws";
    const ws = this.ws = new WebSocket(`${scheme}://${host}/socket.io/?EIO=4&transport=websocket`);
    ws.onmessage = (event) => ws === this.ws && this.take(String(event.data));
    ws.onclose = () => ws === this.ws && this.lost();
    this.timer = setTimeout(() => {
      this.ears.failed();
      this.lost(FIRST_MS * Math.random()); // it has waited long enough
    }, this.tries > MANY ? OPENING_MS : Math.min(OPENING_MS, Math.max(HASTE_MS, 3 * this.took)));
  }

  /** Give the connection up and begin again at once. */
  again() {
    this.tries = 0;
    this.lost(0);
  }

  /** @param {number} [wait] */
  lost(wait) {
    const was = this.up;
    this.shut();
    if (was) this.ears.down();
    else if (wait === undefined) this.ears.failed();
    this.tries += 1;
    const most = this.tries > MANY ? LAST_MS : SOON_MS;
    const pause = wait ?? Math.min(most, FIRST_MS * 2 ** (this.tries - 1)) * (0.5 + Math.random());
    this.timer = setTimeout(() => this.open(), pause);
  }

  shut() {
    clearTimeout(this.timer);
    const { ws } = this;
    this.ws = null;
    this.up = false;
    ws?.close();
    for (const { failed } of this.awaited.values()) failed(new Error("the line is gone"));
    this.awaited.clear();
  }

  /** @param {string} text one Engine.IO packet */
  take(text) {
    const [kind, packet] = [text[0], text[1]];
    if (kind === PING) {
      this.ws?.send("3");
      this.ears.alive();
    } else if (kind === OPEN) {
      this.trip = -performance.now();
      this.ws?.send(MESSAGE + CONNECT + JSON.stringify(this.ears.auth()));
    }
    else if (kind !== MESSAGE) return;
    else if (packet === EVENT) {
      const [name, data] = /** @type {[keyof Events, any]} */ (JSON.parse(text.slice(2)));
      this.ears.events[name]?.(data);
    } else if (packet === ACK) {
      const start = text.indexOf("[");
      const id = Number(text.slice(2, start));
      this.awaited.get(id)?.done(JSON.parse(text.slice(start))[0]);
      this.awaited.delete(id);
    } else if (packet === CONNECT) {
      clearTimeout(this.timer);
      this.trip += performance.now();
      this.took = performance.now() - this.triedAt;
      this.up = true;
      this.tries = 0;
      this.ears.up();
    } else if (packet === REFUSED) {
      const later = JSON.parse(text.slice(2) || "null")?.data?.retry_after;
      if (!later) this.ears.refused();
      this.lost(later && 1000 * later * (1 + Math.random()));
    } else if (packet === DISCONNECT) this.lost();
  }

  /** Send an event that needs no answer.  @param {string} name @param {object} data */
  say(name, data) {
    if (this.up) this.ws?.send(`${MESSAGE}${EVENT}${JSON.stringify([name, data])}`);
  }

  /**
   * Send an event; the promise is its acknowledgement, and fails when the line goes or `wait` ms are over.
   * @template {keyof Asked} K @param {K} name @param {object} data @param {number} wait @returns {Promise<Asked[K]>}
   */
  ask(name, data, wait) {
    return new Promise((done, failed) => {
      if (!this.ws || !this.up) {
        failed(new Error("no line"));
        return;
      }
      const id = ++this.ids;
      this.awaited.set(id, { done: /** @type {(answer: unknown) => void} */ (done), failed });
      setTimeout(() => this.awaited.delete(id) && failed(new Error("no answer")), wait);
      this.ws.send(`${MESSAGE}${EVENT}${id}${JSON.stringify([name, data])}`);
    });
  }
}
