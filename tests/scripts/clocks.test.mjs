// A phone often learns the right time just when it finds a network: its clock is set while words wait to be sent.
import assert from "node:assert/strict";
import { test } from "node:test";

const DAYS = 3 * 86400000;
const now = Date.now;

globalThis.WebSocket = class { send() {} close() {} };
globalThis.location = { protocol: "http:", host: "tinkuy.test" };
globalThis.document = { addEventListener() {}, visibilityState: "visible" };
globalThis.addEventListener = () => {};
Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true }); // plain http: no locks
const beats = globalThis.setInterval;

/** Let the clock be set back while `run` runs. */
async function setBack(run) {
  Date.now = () => now() - DAYS;
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}

test("what a dead tab left is sent although the clock was set back since", async () => {
  const { Outbox, Shelf } = await import("../../static/js/line/outbox.js");
  const shelf = new Shelf();
  const dead = new Outbox(shelf, { workshop: "w" }, ["seat"]);
  await dead.add("contribution.add", "seat", { body: { text: "Guardar semilla" } });
  const next = new Outbox(shelf, { workshop: "w" }, ["seat"]);
  await next.adopt();
  assert.equal(next.waiting().length, 0, "the tab may still be alive");
  await setBack(() => next.adopt());
  assert.deepEqual(next.waiting().map((item) => item.payload.body.text), ["Guardar semilla"]);
});

test("who was told to wait a moment does not wait for three days when the clock is set back", async () => {
  globalThis.setInterval = () => 0;
  const { Outbox, Shelf } = await import("../../static/js/line/outbox.js");
  const { Copy } = await import("../../static/js/line/cards.js");
  const { Line } = await import("../../static/js/line/line.js");
  const told = [];
  const line = new Line(new Copy(), new Outbox(new Shelf(), { workshop: "w" }, ["seat"]),
    { changed() {}, answered: (item) => told.push(item.verb) });
  line.socket.shut();
  line.up = true;
  const answers = [{ retry_after: 0.01 }, { ok: true, n: 1, seq: 1 }];
  line.socket.ask = async () => answers.shift();
  await line.write("hand.raise", "seat", { room: "r" });
  while (answers.length > 1) await new Promise((done) => setTimeout(done, 5));
  await setBack(async () => {
    for (let i = 0; i < 400 && !told.length; i++) {
      await new Promise((done) => setTimeout(done, 5));
      line.flush();
    }
  });
  globalThis.setInterval = beats;
  assert.deepEqual(told, ["hand.raise"]);
});
