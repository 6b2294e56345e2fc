// Whose box is it, and what is offered again: the outbox without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, Shelf } from "../../static/js/line/outbox.js";

const W = { workshop: "w" };
const idea = { body: { text: "Guardar semilla" } };

globalThis.addEventListener = () => {};

/** A browser with Web Locks: `held` are the names that living tabs hold. */
function browser(held) {
  const locks = { request: async (name, options, run) => {
    if (held.has(name)) return run(null);
    held.add(name);
    return run({ name });
  } };
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
}

test("where tabs hold locks a dead one is told at once, and a living one is left alone", async () => {
  browser(new Set());
  const shelf = new Shelf();
  const tab = new Outbox(shelf, W, ["seat"]);
  await tab.add("contribution.add", "seat", idea);
  const held = new Set([`box:${tab.box.client}`]);
  browser(held);
  const next = new Outbox(shelf, W, ["seat"]);
  await next.adopt();
  assert.equal(next.waiting().length, 0, "the tab lives");
  held.clear();
  const [one, two] = [next, new Outbox(shelf, W, ["seat"])];
  await one.adopt();
  await two.adopt();
  assert.deepEqual([one.waiting().length, two.waiting().length], [1, 0], "only one of two tabs takes it over");
});

test("another person on the same phone never sends my words; they wait until I am here again", async () => {
  browser(new Set());
  const shelf = new Shelf();
  await new Outbox(shelf, W, ["seat"]).add("contribution.add", "seat", idea);
  const julio = new Outbox(shelf, W, ["julio"]);
  await julio.adopt();
  assert.deepEqual([julio.waiting().length, julio.leaves], [0, true], "not sent, and not silent");
  const back = new Outbox(shelf, W, ["seat", "julio"]);
  await back.adopt();
  assert.deepEqual(back.waiting().map((item) => item.seat), ["seat"]);
});

test("what a dead tab left is sent after somebody joined on the device, and after somebody left it", async () => {
  for (const [before, after] of [[["rosa"], ["rosa", "julio"]], [["rosa", "julio"], ["rosa"]]]) {
    browser(new Set());
    const shelf = new Shelf(), dead = new Outbox(shelf, W, before);
    for (const seat of before) await dead.add("contribution.add", seat, idea);
    const next = new Outbox(shelf, W, after);
    await next.adopt();
    assert.deepEqual(next.waiting().map((item) => item.seat), before, "who is not here any more is refused by the server");
  }
});

test("what somebody wrote for the team goes in no other account's name, and from no other workshop", async () => {
  browser(new Set());
  const shelf = new Shelf();
  await new Outbox(shelf, { workshop: "w", account: "elena" }, []).add("room.open", null, { room: "r" });
  for (const owner of [{ workshop: "w", account: "luis" }, { workshop: "other", account: "elena" }, { workshop: "w" }]) {
    const other = new Outbox(shelf, owner, []);
    await other.adopt();
    assert.equal(other.waiting().length, 0);
  }
  const elena = new Outbox(shelf, { workshop: "w", account: "elena" }, []);
  await elena.adopt();
  assert.equal(elena.waiting().length, 1);
});

test("words that were refused stay on the device with the reason, also for the next page", async () => {
  browser(new Set());
  const shelf = new Shelf(), tab = new Outbox(shelf, W, ["seat"]);
  await tab.add("contribution.add", "seat", idea);
  await tab.add("hand.raise", "seat", { room: "r" });
  await tab.add("contribution.add", "seat", idea);
  const refused = { ok: false, code: "over_limit", values: { limit: 3 } };
  await tab.done(tab.box.client, 1, { n: 1, ...refused });
  await tab.done(tab.box.client, 2, { n: 2, ...refused });
  await tab.done(tab.box.client, 3, { n: 3, ...refused, tray: "t" });
  assert.equal(tab.waiting().length, 0);
  const kept = (await shelf.all()).filter(([key]) => key.startsWith("kept:"));
  assert.deepEqual(kept.map(([, one]) => [one.payload, one.seat, one.refused.code, one.refused.values.limit]),
    [[idea, "seat", "over_limit", 3]]);
  const next = new Outbox(shelf, W, ["seat"]);
  await next.adopt();
  assert.equal(next.leaves, true);
  await next.reoffer();
  assert.deepEqual(next.waiting().map((item) => item.n), [3], "what was refused is not offered again after a restore");
});

test("what was acknowledged within a day is offered again after a restore, in order and under its number", async () => {
  browser(new Set());
  const shelf = new Shelf();
  const tab = new Outbox(shelf, W, ["seat"]);
  for (let i = 0; i < 12; i++) await tab.add("contribution.add", "seat", { body: { text: `Idea ${i}` } });
  for (let n = 1; n <= 11; n++) await tab.done(tab.box.client, n);
  await shelf.put(`done:${tab.box.client}:3`,
    { ...new Map(await shelf.all()).get(`done:${tab.box.client}:3`), at: Date.now() - 2 * 86400000 });
  const beats = globalThis.setInterval;
  globalThis.setInterval = () => 0;
  await tab.open();
  globalThis.setInterval = beats;
  await tab.reoffer();
  assert.deepEqual(tab.waiting().map((item) => item.n), [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12], "yesterday's is forgotten");
  await tab.reoffer();
  assert.equal(tab.waiting().length, 11, "asked twice it is offered once");
});

test("what a living tab wrote is that tab's to offer again, and of a seat's ballots only the last is", async () => {
  const shelf = new Shelf();
  const [one, two] = [new Outbox(shelf, W, ["seat"]), new Outbox(shelf, W, ["seat"])];
  const held = new Set([`box:${two.box.client}`]);
  browser(held);
  await two.add("contribution.add", "seat", idea);
  await two.done(two.box.client, 1);
  for (let rev = 0; rev < 3; rev++) {
    await one.add("ballot.cast", "seat", { activity: "vote", base_rev: rev });
    await new Promise((soon) => setTimeout(soon, 2));
    await one.done(one.box.client, rev + 1);
  }
  await one.reoffer();
  assert.deepEqual(one.waiting().map((item) => item.payload.base_rev), [2]);
  held.clear();
  await one.reoffer();
  assert.equal(one.waiting().length, 2, "its tab has died");
});

test("what is not there yet is said once more at the end, what was refused without a tray is not offered again",
  async () => {
  browser(new Set());
  const tab = new Outbox(new Shelf(), W, ["seat"]);
  const comment = await tab.add("contribution.add", "seat", { parent: "card" });
  assert.equal(await tab.retry(tab.box.client, comment, { code: "no_such_card" }), false, "it was never offered before");
  await tab.add("contribution.add", "seat", idea);
  await tab.done(tab.box.client, 1);
  await tab.done(tab.box.client, 2, { n: 2, ok: false, code: "over_limit", values: {} });
  await tab.reoffer();
  assert.deepEqual(tab.waiting().map((item) => item.n), [1]);
  const [again] = tab.waiting();
  assert.equal(await tab.retry(tab.box.client, again, { code: "no_such_card" }), true);
  assert.deepEqual(tab.waiting().map((item) => [item.n, item.payload.parent]), [[3, "card"]]);
});
