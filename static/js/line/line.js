/** The line to the server: socket, cursors, outbox, and plain HTTP where sockets do not pass. */
import { memo } from "../shell/memo.js";
import { sameBallot } from "./outbox.js";
import { Socket } from "./socket.js";

/** @import { Answer, Ballot, Beside, Frame, Hello, Payload, Presence } from "../types.js" */

/** @typedef {import("./cards.js").Copy} Copy */
/** @typedef {import("./outbox.js").Outbox} Outbox */

const WINDOW = 8; // commands under way at once
const ACK_MS = 8000;
// Pings come every 5 s (live/connection_health.py): after 11 s in which nothing passes, and a second of journey, the line is
// still ours.
const SILENCE_MS = 17000;
const HTTP_MS = 20000; // a request in which nothing moves would hold everything up
const SLOW_MS = 2000;
const SLOW_FOR_MS = 8000; // so long a slow answer says something about the line
const GOOD_MS = 600; // from the attempt to the greeting: two journeys there and back
const PLAIN_MS = 2500; // without a socket, or an answer over it, until plain requests go beside it
const FRESH_MS = 3000; // an attempt younger than this is left to finish
const POLL_MS = 5000;
const SAY_MS = 10000; // the desk is told at most so often what waits here

let plainAt = NaN; // when a plain request was answered last

/** A request with its JSON answer; fails when the server does, and when it takes too long.
 * @param {string} path @param {object} [body] */
export async function http(path, body) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), HTTP_MS);
  try {
    const answer = await fetch(path, body ? { signal: stop.signal, method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-Workshop": "1" } } : { signal: stop.signal });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const said = await answer.json();
    plainAt = performance.now();
    return said;
  } finally {
    clearTimeout(timer);
  }
}

export class Line {
  /**
   * @param {Copy} copy
   * @param {Outbox} outbox
   * @param {{auth?: Record<string, string>, room?: string, changed: () => void,
   *   answered: (item: import("./outbox.js").Item, answer: Answer) => void, ballot?: (ballot: Ballot) => void,
   *   presence?: (presence: Presence) => void, hello?: (hello: Hello) => void, beside?: (beside: Beside) => void,
   *   restored?: () => void, refused?: () => void}} ears
   */
  constructor(copy, outbox, ears) {
    this.copy = copy;
    this.outbox = outbox;
    this.ears = ears;
    this.up = this.known = false; // known: it was up once, or has failed once
    this.downAt = performance.now(); // since when there is no socket; NaN: there is
    this.stranger = false; // the server has said once that it does not know us
    this.skew = 0; // server seconds minus ours
    this.delay = 0; // ms there and back
    this.measured = 0;
    this.light = memo("light") === "1"; // others' ideas come seldom, many at a time
    this.said = 0; // how much waits, as the desk was told last
    this.saidAt = -SAY_MS;
    this.heard = this.heardAt = 0; // by two clocks
    this.alive();
    /** @type {Map<string, number>} what is under way: "client:n" -> since */
    this.underWay = new Map();
    /** @type {Map<string, number>} since when an answer is waited for, however often it was sent meanwhile */
    this.asked = new Map();
    this.pauseUntil = 0; // by a clock that nobody sets
    this.asking = new Set();
    /** @type {Record<string, [string, number]>} the cursors with which this line came, until they are answered */
    this.came = {};
    /** @type {Promise<void>|undefined} what a restored server has forgotten is being put into the outbox */
    this.offering = undefined;
    this.socket = new Socket({
      auth: () => ({ v: 1, watch: this.came = copy.watch(), waiting: (this.said = outbox.waiting().length),
        light: this.light || undefined, ...ears.auth }),
      up: () => {
        this.up = this.known = true;
        this.stranger = false;
        this.downAt = NaN;
        this.underWay.clear();
        this.asked.clear();
        this.asking.clear();
        this.hear();
        this.flush();
      },
      down: () => {
        this.up = false;
        this.downAt = performance.now();
        this.ears.changed();
      },
      failed: () => {
        this.known = true;
        this.ears.changed();
      },
      refused: () => ears.refused?.(),
      alive: () => this.alive(),
      events: {
        hello: (hello) => this.hello(hello),
        cards: (frame) => {
          this.take(frame, this.came[frame.stream]?.[1]);
          delete this.came[frame.stream];
        },
        head: (head) => this.head(head),
        my_ballot: (ballot) => ears.ballot?.(ballot),
        mine: ({ seat, card, stream, shown }) => {
          this.copy.own(card, seat);
          if (shown) this.copy.put({ ...shown, line: stream });
        },
        presence: (data) => ears.presence?.(data),
        beside: (beside) => ears.beside?.(beside),
        delay: (seconds) => this.measure(1000 * seconds),
      },
    });
    this.wake();
    setInterval(() => this.tick(), 1000);
  }

  /** The page is seen again, or the device has a network again: what seems dead is tried at once. */
  wake() {
    const wake = () => {
      if (document.visibilityState === "hidden" || performance.now() - this.socket.triedAt < FRESH_MS) return;
      if (!this.up || this.silent() > SILENCE_MS) this.socket.again();
    };
    addEventListener("online", wake);
    addEventListener("offline", () => this.socket.lost());
    addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", wake);
  }

  /** @param {Hello} hello */
  hello(hello) {
    this.set(hello.now);
    for (const ballot of hello.ballots) this.ears.ballot?.(ballot);
    this.ears.hello?.(hello);
    this.hear();
  }

  /** What it is now at the server, as it said half a journey ago.  @param {number} now seconds */
  set(now) {
    let { trip } = this.socket;
    if (trip < 0) trip += performance.now(); // the greeting has overtaken the welcome
    this.skew = now + trip / 2000 - Date.now() / 1000;
  }

  /** Whether the line came up fast enough to carry more than what is asked for. */
  isGood() {
    return performance.now() - this.socket.triedAt < GOOD_MS && !navigator.connection?.saveData;
  }

  hear() {
    this.alive();
    this.ears.changed();
  }

  alive() {
    this.heard = performance.now();
    this.heardAt = Date.now();
  }

  /** Milliseconds without a word, by the clock that nobody sets and by the one that goes on while the device sleeps. */
  silent() {
    return Math.max(performance.now() - this.heard, Date.now() - this.heardAt);
  }

  /** @param {number} delay */
  measure(delay) {
    this.delay = delay;
    this.measured = performance.now();
  }

  /** @param {Frame} frame @param {number} [asked] the cursor that it answers */
  take(frame, asked) {
    this.copy.taken = Infinity;
    if (!this.copy.keep(frame, asked)) this.ask(frame.stream);
    else if (this.copy.taken < Infinity && frame.stream === this.ears.room) this.ask(frame.stream, this.copy.taken);
    if (frame.beside) this.ears.beside?.(frame.beside);
    for (const line of frame.circles ?? []) if (!this.copy.cursors.has(line)) this.ask(line);
    if (this.copy.restored) {
      this.copy.restored = false;
      this.ears.restored?.();
      void this.reoffer();
    }
    this.hear();
  }

  /** The server was put back from a copy.  Nothing is sent or numbered before everything that it may have forgotten is in
   * the outbox again. */
  reoffer() {
    return this.offering ??= this.outbox.reoffer().finally(() => {
      this.offering = undefined;
      this.flush();
    });
  }

  /** @param {{streams: Record<string, [string, number]>, now: number}} head */
  head(head) {
    this.set(head.now);
    for (const [stream, [epoch, seq]] of Object.entries(head.streams)) {
      const [ours, at] = this.copy.cursors.get(stream) ?? ["", 0];
      if (epoch !== ours || seq !== at) this.ask(stream);
    }
    this.hear();
  }

  /** What changed since?  @param {string} stream @param {number} [from] since when, if not since what is here; 0:
   * everything, also what the first view left out */
  async ask(stream, from) {
    if (this.asking.has(stream)) return;
    this.asking.add(stream);
    const [epoch, at] = (from !== 0 && this.copy.cursors.get(stream)) || ["", 0], since = from ?? at;
    try {
      const frame = this.up
        ? await this.socket.ask("ask", { stream, epoch, since, ...this.ears.auth }, ACK_MS)
        : await http(`/api/changes?${new URLSearchParams({ stream, epoch, since: String(since),
            ...this.ears.auth })}`);
      if (frame.cards) this.take(frame, since);
      this.hear();
    } catch {
      /* the next head or the next second asks again */
    } finally {
      this.asking.delete(stream);
    }
  }

  /** Write a command: kept on the device first, then sent.  @param {string} verb @param {string|null} seat
   * @param {Payload} payload */
  async write(verb, seat, payload) {
    const item = await this.outbox.add(verb, seat, payload);
    this.ears.changed();
    this.flush();
    return item;
  }

  /** Whether there has been no socket for so long that plain requests go beside it, while it is tried on: some proxies let
   * them pass and swallow sockets. */
  isPlain() {
    return performance.now() - this.downAt > PLAIN_MS;
  }

  /** Send what waits, in order, some at a time; later boxes wait for earlier ones.  The first one whose answer the socket
   * has let us wait for goes by a plain request too: it is carried out once. */
  flush() {
    if (this.offering || performance.now() < this.pauseUntil || !(this.up || this.isPlain())) return;
    const box = this.outbox.boxes().find((one) => one.items.length);
    if (!box) return;
    for (const item of box.items.slice(0, this.up ? WINDOW : 1)) {
      const key = `${box.client}:${item.n}`;
      const since = this.underWay.get(key);
      if (since) {
        if (this.up && item === box.items[0] && performance.now() - since > PLAIN_MS) this.send(box, item, key, false);
        continue;
      }
      if (item.verb === "ballot.cast" && box.items.some((other) => other.n < item.n && sameBallot(other, item))) break;
      this.send(box, item, key);
    }
  }

  /** @param {import("./outbox.js").Box} box @param {import("./outbox.js").Item} item @param {string} key
   * @param {boolean} [up] over the socket, or by a plain request */
  async send(box, item, key, up = this.up) {
    const started = performance.now(), { socket } = this, { ws } = socket;
    this.underWay.set(key, started);
    if (!this.asked.has(key)) this.asked.set(key, started);
    item.sent = true;
    const age = Math.max(0, Math.min(Date.now() - item.at, 86400000));
    const envelope = { client: box.client, n: item.n, verb: item.verb, seat: item.seat, payload: item.payload, age_ms: age };
    try {
      const answer = up ? await socket.ask("do", envelope, ACK_MS) : await http("/api/do", envelope);
      this.measure(performance.now() - started);
      this.alive();
      await this.answered(box, item, answer);
    } catch {
      if (up && ws === socket.ws) socket.again();
      else if (!up && !this.up) this.pauseUntil = performance.now() + 2000;
    } finally {
      if (this.underWay.get(key) === started) this.underWay.delete(key); // else it was sent anew meanwhile
    }
    this.ears.changed();
    this.flush();
  }

  /** @param {import("./outbox.js").Box} box @param {import("./outbox.js").Item} item @param {Answer} answer */
  async answered(box, item, answer) {
    this.asked.delete(`${box.client}:${item.n}`);
    if (!box.items.includes(item)) return; // sent twice, answered twice
    if (answer.retry_after) {
      this.pauseUntil = performance.now() + 1000 * answer.retry_after * (1 + Math.random());
    } else if (answer.want !== undefined) {
      // It has answered what came before the first once: it was put back.
      if (this.offering || (!item.again && answer.want < item.n && box.items[0]?.n === item.n)) await this.reoffer();
      if (answer.want > item.n || box.items[0]?.n === item.n) await this.outbox.renumber(box.client, answer.want);
    } else if (answer.code === "who_are_you" && this.up && !this.stranger) {
      this.stranger = true; // the cookie was renewed by another tab: come back with it, once
      this.socket.again();
    } else if (answer.code === "who_are_you" && !this.up) {
      this.pauseUntil = performance.now() + 4 * POLL_MS; // the door says it too; what was written stays on the device
    } else {
      if (answer.card) this.copy.put({ ...answer.card, line: answer.stream });
      if (await this.outbox.retry(box.client, item, answer)) {
        this.pauseUntil = performance.now() + 2000;
        return;
      }
      await this.outbox.done(box.client, item.n, answer);
      this.ears.answered(item, answer);
    }
  }

  tick() {
    const silent = this.silent();
    if (this.up && silent > SILENCE_MS) {
      this.alive();
      this.socket.again();
    }
    if (this.isPlain() && silent > POLL_MS) {
      this.alive();
      for (const stream of this.copy.cursors.keys()) this.ask(stream);
    }
    this.flush();
    this.ears.changed();
    const waiting = this.outbox.waiting().length;
    if (this.up && waiting !== this.said && performance.now() - this.saidAt > SAY_MS) {
      this.saidAt = performance.now();
      this.socket.say("line", { waiting: this.said = waiting });
    }
  }

  /** @returns {"online"|"slow"|"offline"|"connecting"} */
  state() {
    // Before the first answer nobody knows whether there is a line.
    const now = performance.now(), plain = plainAt > this.downAt && now - plainAt < 3 * POLL_MS;
    if (!this.up && !plain) return this.known || navigator.onLine === false ? "offline" : "connecting";
    const waits = [...this.asked.values()].some((since) => now - since > SLOW_MS);
    return waits || !this.up || (this.delay >= SLOW_MS && now - this.measured < SLOW_FOR_MS) ? "slow" : "online";
  }
}
