/** The line to the server: socket, cursors, outbox, and plain HTTP where sockets do not pass. */
import { Socket } from "./socket.js";

/** @typedef {import("./cards.js").Copy} Copy */
/** @typedef {import("./outbox.js").Outbox} Outbox */

const WINDOW = 8; // commands under way at once
const ACK_MS = 8000;
const SILENCE_MS = 15000;
const SLOW_MS = 2000;
const GOOD_MS = 600; // from the attempt to the greeting: two journeys there and back
const TRIES = 3; // sockets that fail before plain HTTP is used
const FRESH_MS = 3000; // an attempt younger than this is left to finish
const POLL_MS = 5000;
const SAY_MS = 10000; // the desk is told at most so often what waits here

/** Two ballots of one seat in one vote: the second says "after the first", so it waits for its answer.
 * @param {any} one @param {any} other */
export const sameBallot = (one, other) => one.verb === "ballot.cast" && other.verb === "ballot.cast" && one.seat === other.seat
  && one.payload.activity === other.payload.activity;

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is shut
  }
}

export class Line {
  /**
   * @param {Copy} copy
   * @param {Outbox} outbox
   * @param {{auth?: object, room?: string, changed: () => void, answered: (item: any, answer: any) => void,
   *          ballot?: (ballot: any) => void, presence?: (data: any) => void, hello?: (hello: any) => void,
   *          refused?: () => void}} ears
   */
  constructor(copy, outbox, ears) {
    this.copy = copy;
    this.outbox = outbox;
    this.ears = ears;
    this.up = false;
    this.failed = 0;
    this.skew = 0; // server seconds minus ours
    this.delay = 0;
    this.light = kept("light") === "1"; // others' ideas come seldom, many at a time
    this.said = 0; // how much waits, as the desk was told last
    this.saidAt = 0;
    this.heard = Date.now();
    /** @type {Map<string, number>} what is under way: "client:n" -> since */
    this.underWay = new Map();
    this.pauseUntil = 0; // by a clock that nobody sets
    this.asking = new Set();
    this.socket = new Socket({
      auth: () => ({ v: 1, watch: copy.watch(), waiting: (this.said = outbox.waiting().length),
        light: this.light || undefined, ...ears.auth }),
      up: () => {
        this.up = true;
        this.failed = 0;
        this.underWay.clear();
        this.hear();
        this.flush();
      },
      down: () => {
        this.up = false;
        this.ears.changed();
      },
      failed: () => {
        this.failed += 1;
        this.ears.changed();
      },
      refused: () => ears.refused?.(),
      alive: () => (this.heard = Date.now()),
      events: {
        hello: (hello) => this.hello(hello),
        cards: (frame) => this.take(frame),
        head: (head) => this.head(head),
        my_ballot: (ballot) => ears.ballot?.(ballot),
        mine: ({ seat, card }) => this.copy.own(card, seat),
        presence: (data) => ears.presence?.(data),
      },
    });
    this.wake();
    setInterval(() => this.tick(), 1000);
  }

  /** The page is seen again, or the device has a network again: what seems dead is tried at once. */
  wake() {
    const wake = () => {
      if (document.visibilityState === "hidden" || Date.now() - this.socket.triedAt < FRESH_MS) return;
      if (!this.up || Date.now() - this.heard > SILENCE_MS) this.socket.again();
    };
    addEventListener("online", wake);
    addEventListener("offline", () => this.socket.lost());
    addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", wake);
  }

  /** @param {any} hello */
  hello(hello) {
    this.skew = hello.now - Date.now() / 1000;
    for (const ballot of hello.ballots) this.ears.ballot?.(ballot);
    this.ears.hello?.(hello);
    this.hear();
  }

  /** Whether the line came up fast enough to carry more than what is asked for. */
  isGood() {
    return Date.now() - this.socket.triedAt < GOOD_MS && !(/** @type {any} */ (navigator).connection?.saveData);
  }

  hear() {
    this.heard = Date.now();
    this.ears.changed();
  }

  /** @param {import("./cards.js").Frame} frame */
  take(frame) {
    this.copy.taken = Infinity;
    if (!this.copy.keep(frame)) this.ask(frame.stream);
    else if (this.copy.taken < Infinity && frame.stream === this.ears.room) this.ask(frame.stream, this.copy.taken);
    for (const line of frame.circles ?? []) if (!this.copy.cursors.has(line)) this.ask(line);
    if (this.copy.restored) {
      this.copy.restored = false;
      void this.outbox.reoffer().then(() => this.flush());
    }
    this.hear();
  }

  /** @param {{streams: Record<string, [string, number]>, now: number}} head */
  head(head) {
    this.skew = head.now - Date.now() / 1000;
    for (const [stream, [epoch, seq]] of Object.entries(head.streams)) {
      const [ours, at] = this.copy.cursors.get(stream) ?? ["", 0];
      if (epoch !== ours || seq !== at) this.ask(stream);
    }
    this.hear();
  }

  /** What changed since?  @param {string} stream @param {number} [from] since when, if not since what is here; 0: everything,
   * also what the first view left out */
  async ask(stream, from) {
    if (this.asking.has(stream)) return;
    this.asking.add(stream);
    const [epoch, at] = (from !== 0 && this.copy.cursors.get(stream)) || ["", 0], since = from ?? at;
    try {
      const frame = this.up
        ? await this.socket.ask("ask", { stream, epoch, since, ...this.ears.auth }, ACK_MS)
        : await this.http(`/api/changes?${new URLSearchParams({ stream, epoch, since: String(since),
            .../** @type {any} */ (this.ears.auth ?? {}) })}`);
      if (frame.cards) this.take(frame);
      this.hear();
    } catch {
      /* the next head or the next second asks again */
    } finally {
      this.asking.delete(stream);
    }
  }

  /** Write a command: kept on the device first, then sent.  @param {string} verb @param {string|null} seat @param {any} payload */
  async write(verb, seat, payload) {
    const item = await this.outbox.add(verb, seat, payload);
    this.ears.changed();
    this.flush();
    return item;
  }

  /** Send what waits, in order, some at a time; later boxes wait for earlier ones. */
  flush() {
    if (performance.now() < this.pauseUntil || (!this.up && this.failed < TRIES)) return;
    const box = this.outbox.boxes().find((one) => one.items.length);
    if (!box) return;
    for (const item of box.items.slice(0, this.up ? WINDOW : 1)) {
      const key = `${box.client}:${item.n}`;
      if (this.underWay.has(key)) continue;
      if (item.verb === "ballot.cast" && box.items.some((other) => other.n < item.n && sameBallot(other, item))) break;
      this.send(box, item, key);
    }
  }

  /** @param {import("./outbox.js").Box} box @param {import("./outbox.js").Item} item @param {string} key */
  async send(box, item, key) {
    const started = Date.now();
    this.underWay.set(key, started);
    item.sent = true;
    const age = Math.max(0, Math.min(started - item.at, 86400000));
    const envelope = { client: box.client, n: item.n, verb: item.verb, seat: item.seat, payload: item.payload, age_ms: age };
    try {
      const answer = this.up
        ? await this.socket.ask("do", envelope, ACK_MS)
        : await this.http("/api/do", envelope);
      this.delay = Date.now() - started;
      await this.answered(box, item, answer);
    } catch {
      if (this.up) this.socket.again();
      else this.pauseUntil = performance.now() + 2000;
    } finally {
      this.underWay.delete(key);
    }
    this.hear();
    this.flush();
  }

  /** @param {import("./outbox.js").Box} box @param {import("./outbox.js").Item} item @param {any} answer */
  async answered(box, item, answer) {
    if (answer.retry_after) {
      this.pauseUntil = performance.now() + 1000 * answer.retry_after * (1 + Math.random());
    } else if (answer.want !== undefined) {
      if (answer.want > item.n || box.items[0]?.n === item.n) await this.outbox.renumber(box.client, answer.want);
    } else if (answer.code === "who_are_you" && this.up && this.failed === 0) {
      this.failed = 1; // the cookie was renewed by another tab: come back with it, once
      this.socket.again();
    } else {
      if (answer.card) this.copy.put({ ...answer.card, line: answer.stream });
      await this.outbox.done(box.client, item.n);
      this.ears.answered(item, answer);
    }
  }

  /** @param {string} path @param {any} [body] */
  async http(path, body) {
    const options = body && { method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-Workshop": "1" } };
    const answer = await fetch(path, options);
    if (answer.status >= 500) throw new Error(String(answer.status));
    return answer.json();
  }

  tick() {
    const silent = Date.now() - this.heard;
    if (this.up && silent > SILENCE_MS) {
      this.heard = Date.now();
      this.socket.again();
    }
    if (!this.up && this.failed >= TRIES && silent > POLL_MS) {
      this.heard = Date.now();
      for (const stream of this.copy.cursors.keys()) this.ask(stream);
    }
    this.flush();
    this.ears.changed();
    const waiting = this.outbox.waiting().length;
    if (this.up && waiting !== this.said && Date.now() - this.saidAt > SAY_MS) {
      this.saidAt = Date.now();
      this.socket.say("line", { waiting: this.said = waiting });
    }
  }

  /** @returns {"online"|"slow"|"offline"} */
  state() {
    if (!this.up && this.failed < TRIES) return "offline";
    const waits = [...this.underWay.values()].some((since) => Date.now() - since > SLOW_MS);
    return waits || !this.up || this.delay > SLOW_MS ? "slow" : "online";
  }
}
