/** Commands on cards that can be taken back for a while. */
import { t, wanted } from "../../../../static/js/shell/page.js";

/** @import { Idea, Payload } from "../../../../static/js/types.js" */

/** @typedef {[string, Payload]} Command a verb and its payload */

/** Commands that can be taken back together: the note says so for a while.
 * @param {import("./board.js").Board} board @param {Command[]} does @param {Command[]} back */
export function act({ scene }, does, back) {
  const { page, ui } = scene, seat = ui.leads ? null : page.seat?.id ?? null;
  const write = (/** @type {Command[]} */ commands) => {
    for (const [verb, payload] of commands) void page.write(verb, payload, seat);
  };
  const from = ui.picked.size && document.activeElement?.closest(".arrange") ? [...ui.picked][0] : "";
  write(does);
  ui.picked.clear();
  page.done(t("arrange.done"), () => write(back));
  if (from) stay(from);
}

/** Whoever works with the keyboard goes on at the card, where it stands by now.  @param {string} id */
export const stay = (id) => wanted(`[id="${id}"] .tools [aria-pressed]`);

/** The commands that put cards back from where a move takes them.
 * @param {string} activity @param {Idea[]} cards @param {Record<string, string|null>} to */
export const backFrom = (activity, cards, to) => by(cards, (card) => card.place ?? {}).map(({ value, ids }) => {
  const none = Object.fromEntries(Object.keys(to).map((side) => [side, null])); // a side that had nothing is emptied again
  return /** @type {Command} */ (["contribution.move", { activity, cards: ids, place: { ...none, ...value } }]);
});

/** The commands that put cards back into the groups in which they are.  @param {string} activity @param {Idea[]} cards */
export const regroup = (activity, cards) => by(cards, (card) => card.group ?? null).map(({ value, ids }) =>
  /** @type {Command} */ (["group.put", { activity, group: value, cards: ids }]));

/** Ids of cards that share something, by it.  @template V @param {Idea[]} cards
 * @param {(card: Idea) => V} what */
function by(cards, what) {
  /** @type {Map<string, {value: V, ids: string[]}>} */
  const found = new Map();
  for (const card of cards) {
    const value = what(card), key = JSON.stringify(value);
    const held = found.get(key);
    if (held) held.ids.push(card.id);
    else found.set(key, { value, ids: [card.id] });
  }
  return [...found.values()];
}
