// When a line is given up, measured and tried again, without a browser: a socket that is made of nothing, and a clock of its
// own.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.location = { protocol: "http:", host: "tinkuy.test" };
globalThis.document = { addEventListener() {}, visibilityState: "visible" };
globalThis.addEventListener = () => {};
Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });

/** @type {any[]} every socket that was opened */
let sockets = [];
let now = 0; // ms by the clock that nobody sets
let wall = 0; // and by the other one
globalThis.WebSocket = class {
  constructor() {
    this.sent = [];
    sockets.push(this);
  }
  send(text) { this.sent.push(text); }
  close() { this.closed = true; }
};
const { Copy } = await import("../../static/js/line/cards.js");
const { Outbox, Shelf } = await import("../../static/js/line/outbox.js");
const { Line } = await import("../../static/js/line/line.js");

function pass(ms) {
  for (let left = ms; left > 0; left -= 250) {
    now += 250;
    wall += 250;
    mock.timers.tick(250);
  }
}

beforeEach(() => {
  sockets = [];
  now = 0;
  wall = 1e12;
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  mock.method(Date, "now", () => wall);
  mock.method(performance, "now", () => now);
  mock.method(Math, "random", () => 0.5);
});
afterEach(() => {
  mock.restoreAll();
  mock.timers.reset();
});

const told = [];
const make = () => new Line(new Copy(), new Outbox(new Shelf(), { workshop: "w" }, ["seat"]),
  { changed() {}, answered: (item, answer) => told.push([item.verb, answer.ok]) });
const say = (text) => sockets.at(-1).onmessage({ data: text });
/** The server lets the newest socket in after so many ms. */
function let_in(ms = 0) {
  say("0{}");
  pass(ms);
  say("40{}");
}
const settle = async () => { for (let i = 0; i < 99; i++) await Promise.resolve(); };

test("a line is kept for eleven seconds without a word after the last ping, and given up before eighteen", () => {
  make();
  let_in();
  say("2");
  pass(5000); // a ping is due just when nothing passes any more
  pass(11000);
  say("2");
  pass(5000);
  assert.equal(sockets.length, 1);
  pass(13000);
  assert.equal(sockets.length, 2);
  assert.equal(sockets[0].closed, true);
});

test("a dead line is noticed although the device's clock is set back, and in a sleep that only the wall's clock counts",
  () => {
  make();
  let_in();
  wall -= 3 * 86400000;
  pass(18500);
  assert.equal(sockets.length, 2);
  let_in();
  wall += 60000;
  pass(2000);
  assert.equal(sockets.length, 3);
});

test("a countdown counts in half of the journey", () => {
  const line = make();
  let_in(3000);
  say(`42["hello",${JSON.stringify({ now: Date.now() / 1000 + 60, ballots: [], streams: [] })}]`);
  assert.equal(Math.round(10 * line.skew), 615);
  say(`42["head",${JSON.stringify({ now: Date.now() / 1000 + 30, streams: {} })}]`);
  assert.equal(Math.round(10 * line.skew), 315);
});

test("a countdown is right too where the greeting comes before the welcome, however long the page has been there", () => {
  const line = make();
  pass(300000);
  say("0{}");
  pass(3000);
  say(`42["hello",${JSON.stringify({ now: Date.now() / 1000 + 60, ballots: [], streams: [] })}]`);
  assert.equal(Math.round(10 * line.skew), 615);
  say("40{}");
});

test("what is slow is said for as long as it is known: not for ever after one answer, and to who only reads", async () => {
  const line = make();
  let_in();
  void line.write("hand.raise", "seat", { room: "r" });
  await settle();
  pass(4000);
  assert.equal(line.state(), "slow", "it waits for an answer");
  const id = sockets[0].sent.join("\n").match(/^42(\d+)\["do"/m)[1];
  say(`43${id}[{"n":1,"ok":true,"seq":1}]`);
  await settle();
  assert.equal(line.state(), "slow");
  pass(5000);
  say("2");
  pass(5000);
  assert.equal(line.state(), "online");
  say('42["delay",2.5]');
  assert.equal(line.state(), "slow");
});

test("a hanging attempt is given up early where the line was fast before, and late where it was slow", () => {
  for (const [took, patience] of [[100, 3000], [2000, 6000], [9000, 12000]]) {
    sockets = [];
    const line = make();
    pass(took);
    let_in();
    line.socket.again();
    pass(250);
    const opened = sockets.length;
    pass(patience - 500);
    assert.equal(sockets.length, opened, `${patience} ms are not over`);
    pass(1000);
    assert.equal(sockets.length, opened + 1);
    line.socket.open = () => {};
  }
});

test("for two minutes no more than four seconds pass between tries that fail at once", () => {
  const line = make();
  const tries = [];
  const { open } = line.socket;
  mock.method(Math, "random", () => 1);
  line.socket.open = function () {
    tries.push(now);
    open.call(this);
    sockets.at(-1).onclose();
  };
  sockets.at(-1).onclose();
  pass(180000);
  const gaps = tries.slice(1).map((at, i) => [at, at - tries[i]]);
  assert.ok(tries.length > 20);
  assert.ok(gaps.filter(([at]) => at < 120000).every(([, gap]) => gap <= 4000), JSON.stringify(gaps));
  assert.ok(gaps.at(-1)[1] > 8000, "then the server is spared");
});

test("a request in which nothing moves is given up, and what it carried goes over the socket as soon as there is one",
  async () => {
  told.length = 0;
  const line = make();
  const asked = [];
  globalThis.fetch = (path, { signal }) => new Promise((_, fail) => {
    asked.push(path);
    signal.addEventListener("abort", () => fail(new Error("given up")));
  });
  line.copy.cursors.set("s", ["e", 1]);
  line.failed = 3;
  void line.write("hand.raise", "seat", { room: "r" });
  await settle();
  pass(6000);
  assert.equal(asked.filter((path) => path === "/api/do").length, 1);
  assert.equal(asked.filter((path) => path.startsWith("/api/changes")).length, 1);
  pass(19000);
  await settle();
  pass(3000);
  await settle();
  assert.equal(asked.filter((path) => path === "/api/do").length, 2, "the first was given up");
  void line.ask("s");
  let_in();
  await settle();
  const frames = sockets.at(-1).sent.join("\n");
  assert.match(frames, /^42\d+\["do"/m);
  line.ask("s");
  assert.match(sockets.at(-1).sent.join("\n"), /^42\d+\["ask"/m, "what was asked over HTTP does not stop the question");
  const id = frames.match(/42(\d+)\["do"/)[1];
  say(`43${id}[{"n":1,"ok":true,"seq":1}]`);
  await settle();
  pass(60000);
  await settle();
  assert.deepEqual(told, [["hand.raise", true]]);
});
