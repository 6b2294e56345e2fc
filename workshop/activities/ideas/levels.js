/** The levels of a tree with what hangs from what; the board and the list draw them alike. */
import { cardNumber, t, word } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";
import { outline, turns } from "./sections.js";

/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("./sections.js").Node} Node */

/** The switch to another reading of a tree of problems.  @param {Board} board */
export const tools = ({ settings, scene }) => turns(settings) ? html`<button type="button" class="chip" aria-pressed=${Boolean(scene.ui.turned)}
  @click=${() => { scene.ui.turned = !scene.ui.turned; scene.redraw(); }}>${t("tree.objectives")}</button>` : nothing;

/** @param {Board} board @param {any[]} cards */
export const levels = ({ settings, scene }, cards) => outline(settings, cards, {}, Boolean(scene.ui.turned));

/** @param {import("./sections.js").Section} level */
export const titled = ({ title, key }) => title !== null ? word(title) : key ? t(`tree.${key}`) : t("place.none");

/** The cards of a level; each says from which card of another level it hangs.  @param {Board} board @param {import("./sections.js").Section} level */
export function band(board, { nodes, still = [] }) {
  const { copy } = board.scene.page;
  const here = new Set(), below = new Map();
  const keep = (/** @type {Node[]} */ list) => list.forEach(({ card, nodes }) => { here.add(card.id); below.set(card.id, nodes); keep(nodes); });
  keep(nodes);
  const under = (/** @type {any} */ card) => {
    const above = !here.has(card.place?.parent) && copy.get(card.place?.parent);
    return html`${above ? html`<p class="hangs"><a href="#${above.id}">${t("tree.from", { card: cardNumber(above, board.scene.room.number) })}</a></p>` : nothing}
      ${still.includes(card.id) ? html`<p class="hangs">${t("tree.not_turned")}</p>` : nothing}
      ${board.list(below.get(card.id).map((/** @type {Node} */ node) => node.card), under, true)}`;
  };
  return board.list(nodes.map((node) => node.card), under);
}
