/** Commands on chosen cards that can be taken back for a while. */
import { t } from "../../static/js/page.js";

/** A command that can be taken back: the note says so for a while.  @param {import("./board.js").Board} board @param {string} verb @param {any} payload @param {[string, any][]} back */
export function act({ scene }, verb, payload, back) {
  const { page, ui } = scene, seat = ui.leads ? null : page.seat?.id ?? null;
  void page.write(verb, payload, seat);
  ui.picked.clear();
  page.say(t("arrange.done"), "good", { label: t("undo"), run: () => back.forEach(([verb, payload]) => void page.write(verb, payload, seat)) });
}

/** The commands that put cards back from where a move takes them.  @param {string} activity @param {any[]} cards @param {Record<string, any>} to */
export const backFrom = (activity, cards, to) => by(cards, (card) => card.place ?? {}).map(({ value, ids }) => {
  const none = Object.fromEntries(Object.keys(to).map((side) => [side, null])); // a side that had nothing is emptied again
  return /** @type {[string, any]} */ (["contribution.move", { activity, cards: ids, place: { ...none, ...value } }]);
});

/** Ids of cards that share something, by it.  @param {any[]} cards @param {(card: any) => any} what */
export function by(cards, what) {
  /** @type {Map<string, {value: any, ids: string[]}>} */
  const found = new Map();
  for (const card of cards) {
    const value = what(card), key = JSON.stringify(value);
    const held = found.get(key);
    if (held) held.ids.push(card.id);
    else found.set(key, { value, ids: [card.id] });
  }
  return [...found.values()];
}
