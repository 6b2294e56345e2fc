// Whose box is it, and what is offered again: the outbox without a browser.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";

const there = existsSync(new URL("../../workshop/static/node_modules/idb-keyval", import.meta.url));
const skip = there ? false : "npm ci was not run in workshop/static";
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

test("where tabs hold locks a dead one is told at once, and a living one is left alone", { skip }, async () => {
  const { Outbox, Shelf } = await import("../../workshop/static/js/outbox.js");
  const shelf = new Shelf();
  const tab = new Outbox(shelf, "rosa");
  await tab.add("contribution.add", "seat", idea);
  const held = new Set([`box:${tab.box.client}`]);
  browser(held);
  const next = new Outbox(shelf, "rosa");
  await next.adopt();
  assert.equal(next.waiting().length, 0, "the tab lives");
  held.clear();
  const [one, two] = [next, new Outbox(shelf, "rosa")];
  await one.adopt();
  await two.adopt();
  assert.deepEqual([one.waiting().length, two.waiting().length], [1, 0], "only one of two tabs takes it over");
});

test("another person on the same phone never sends my words", { skip }, async () => {
  const { Outbox, Shelf } = await import("../../workshop/static/js/outbox.js");
  browser(new Set());
  const shelf = new Shelf();
  await new Outbox(shelf, "rosa").add("contribution.add", "seat", idea);
  const julio = new Outbox(shelf, "julio");
  await julio.adopt();
  assert.equal(julio.waiting().length, 0);
});

test("what was acknowledged within a day is offered again after a restore, in order and under its number", { skip }, async () => {
  const { Outbox, Shelf } = await import("../../workshop/static/js/outbox.js");
  browser(new Set());
  const shelf = new Shelf();
  const tab = new Outbox(shelf, "rosa");
  for (let i = 0; i < 12; i++) await tab.add("contribution.add", "seat", { body: { text: `Idea ${i}` } });
  for (let n = 1; n <= 11; n++) await tab.done(tab.box.client, n);
  await shelf.put(`done:${tab.box.client}:3`, { ...(await shelf.take(`done:${tab.box.client}:3`)), at: Date.now() - 2 * 86400000 });
  const beats = globalThis.setInterval;
  globalThis.setInterval = () => 0;
  await tab.open();
  globalThis.setInterval = beats;
  await tab.reoffer();
  assert.deepEqual(tab.waiting().map((item) => item.n), [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12], "yesterday's is forgotten");
  await tab.reoffer();
  assert.equal(tab.waiting().length, 11, "asked twice it is offered once");
});
