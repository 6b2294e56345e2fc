// The copy of the streams that a screen keeps, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Copy } from "../../static/js/line/cards.js";

const frame = (was, now, cards = [], epoch = "e1", stream = "s") => ({ stream, epoch, was, now, cards });
const idea = (id, seq, more = {}) => ({ id, seq, kind: "idea", number: seq, body: { text: id }, ...more });
const there = (copy) => copy.all("idea").map((card) => card.id).sort().join();

test("frames in order bring cards and move the cursor", () => {
  const copy = new Copy();
  assert.equal(copy.keep(frame(0, 2, [idea("a", 1), idea("b", 2)])), true);
  assert.equal(copy.keep(frame(2, 3, [idea("a", 3)])), true);
  assert.equal(there(copy), "a,b");
  assert.deepEqual(copy.watch(), { s: ["e1", 3] });
});

test("a gap is told, and the cards of the frame are kept all the same", () => {
  const copy = new Copy();
  copy.keep(frame(0, 2, [idea("a", 1)]));
  assert.equal(copy.keep(frame(5, 6, [idea("f", 6)])), false);
  assert.equal(there(copy), "a,f");
  assert.deepEqual(copy.watch(), { s: ["e1", 2] });
  assert.equal(copy.keep(frame(2, 6, [idea("c", 3), idea("f", 6)])), true);
  assert.equal(there(copy), "a,c,f");
});

test("an older card never replaces a newer one, and a tombstone is not woken", () => {
  const copy = new Copy();
  copy.keep(frame(0, 4, [idea("a", 4, { rev: 2 })]));
  copy.keep(frame(0, 3, [idea("a", 3, { rev: 1 })]));
  assert.equal(copy.get("a").rev, 2);
  copy.keep(frame(4, 5, [{ id: "a", seq: 5, gone: true }]));
  copy.put(idea("a", 4));
  assert.equal(copy.get("a"), undefined);
});

test("a snapshot takes away what it does not name, but not what came after it", () => {
  const copy = new Copy();
  copy.keep(frame(0, 3, [idea("a", 1), idea("b", 2), idea("c", 3)]));
  copy.put({ ...idea("mine", 9), line: "s" });
  copy.keep(frame(0, 5, [idea("a", 1)]));
  assert.equal(there(copy), "a,mine");
});

test("after a restore the numbers begin anew and the snapshot counts", () => {
  const copy = new Copy();
  copy.keep(frame(0, 9, [idea("a", 9), idea("b", 8)]));
  assert.equal(copy.keep(frame(9, 10, [idea("x", 10)], "e2")), false);
  copy.keep(frame(0, 2, [idea("a", 2)], "e2"));
  assert.equal(there(copy), "a");
  assert.deepEqual(copy.watch(), { s: ["e2", 2] });
});

test("what the room's frame no longer says of a card of mine is no more: it left its group and stands for itself", () => {
  const copy = new Copy();
  copy.keep(frame(0, 1, [idea("a", 1, { mine: "seat", group: "g", into: "b" })]));
  copy.keep(frame(1, 2, [idea("a", 2)]));
  assert.deepEqual([copy.get("a").mine, copy.get("a").group, copy.get("a").into], ["seat", undefined, undefined]);
});

test("a card stays mine although the room's frame does not say whose it is", () => {
  const copy = new Copy();
  copy.keep(frame(0, 1));
  copy.put({ ...idea("a", 2, { mine: "seat" }), line: "s" });
  copy.keep(frame(1, 3, [idea("a", 3)]));
  assert.equal(copy.get("a").mine, "seat");
});

test("of my own seat a tombstone only takes the hand down", () => {
  const copy = new Copy();
  copy.keep(frame(0, 1, [{ id: "r", seq: 1, kind: "seat", mine: "me", name: "Rosa", hand: "09:00" }]));
  copy.keep(frame(1, 2, [{ id: "r", seq: 2, gone: true }]));
  assert.deepEqual([copy.get("r").name, copy.get("r").hand], ["Rosa", null]);
});

test("any order and any repetition of the frames ends in the same copy once the gap is asked for", () => {
  const frames = [frame(0, 2, [idea("a", 1), idea("b", 2)]), frame(2, 3, [idea("a", 3)]),
    frame(3, 4, [{ id: "b", seq: 4, gone: true }]),
    frame(4, 5, [idea("c", 5)])];
  const all = frame(0, 5, [idea("a", 3), idea("c", 5)]);
  for (let seed = 1; seed < 200; seed++) {
    let state = seed;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const copy = new Copy();
    for (const one of [...frames, ...frames].sort(() => random() - 0.5)) copy.keep(one);
    if (copy.watch().s?.[1] !== 5) copy.keep(all);
    assert.equal(there(copy), "a,c");
    assert.equal(copy.get("a").seq, 3);
  }
});

test("a frame that comes late, after a snapshot has forgotten the tombstone, wakes nobody", () => {
  const copy = new Copy();
  copy.keep(frame(0, 4, [idea("a", 1), idea("b", 4)]));
  copy.keep(frame(4, 5, [{ id: "a", seq: 5, gone: true }]));
  copy.keep(frame(0, 6, [idea("b", 4), idea("c", 6)]));
  assert.equal(copy.keep(frame(1, 4, [idea("a", 3), idea("b", 4)])), true);
  assert.equal(there(copy), "b,c");
});

test("of a card of ours that is taken away the screen asks why, and the answer stands whichever comes first", () => {
  for (const first of [true, false]) {
    const copy = new Copy();
    copy.keep({ ...frame(0, 4, [idea("a", 4), idea("b", 3)]), own: { a: "seat" } });
    copy.keep(frame(4, 5, [{ id: "b", seq: 5, gone: true }]));
    assert.equal(copy.taken, Infinity);
    const [gone, hidden] =
      [{ id: "a", seq: 6, gone: true }, { id: "a", seq: 6, kind: "hidden", mine: "seat", body: { text: "a" } }];
    if (first) copy.keep(frame(5, 6, [gone]));
    copy.keep(frame(5, 6, [hidden, gone]));
    copy.keep(frame(5, 6, [gone]));
    if (first) assert.equal(copy.taken, 5);
    assert.equal(copy.get("a").kind, "hidden");
    copy.keep(frame(6, 7, [idea("a", 7)]));
    assert.equal(copy.get("a").kind, "idea");
  }
});

test("an answer below the cursor that was asked with comes from an older store; a late snapshot does not", () => {
  const copy = new Copy();
  copy.keep(frame(0, 9, [idea("a", 9), idea("b", 8)]));
  copy.keep(frame(0, 5, [idea("b", 5)])); // asked earlier, from the beginning
  copy.keep(frame(0, 9, []), 9);
  assert.deepEqual([copy.restored, copy.watch().s[1]], [false, 9]);
  copy.keep(frame(0, 9, [idea("a", 9), idea("b", 8)]));
  assert.equal(copy.keep(frame(0, 5, [idea("b", 5), idea("c", 4)]), 9), true);
  assert.deepEqual([copy.restored, there(copy), copy.watch().s[1]], [true, "b,c", 5]);
  copy.keep(frame(5, 6, [idea("d", 6)]));
  assert.equal(there(copy), "b,c,d");
});
