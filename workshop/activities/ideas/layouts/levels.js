/** The levels of a tree with what hangs from what; the board and the list draw them alike. */
import { cardNumber, t, word } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { outline, turns } from "./sections.js";

/** @import { Idea } from "../../../../static/js/types.js" */

/** @typedef {import("../board/board.js").Board} Board */
/** @typedef {import("./sections.js").Node} Node */
/** @typedef {import("./sections.js").Section} Section */

/** The switch to another reading of a tree of problems.  @param {Board} board */
export function tools({ settings, scene }) {
  const { ui, redraw } = scene;
  const turn = () => {
    ui.turned = !ui.turned;
    redraw();
  };
  return turns(settings) ? html`<button type="button" class="chip" aria-pressed=${Boolean(ui.turned)}
    @click=${turn}>${t("tree.objectives")}</button>` : nothing;
}

/** @param {Board} board @param {Idea[]} cards */
export const levels = ({ settings, scene }, cards) => outline(settings, cards, {}, Boolean(scene.ui.turned));

/** @param {Section} level */
export const titled = ({ title, key }) => title !== null ? word(title) : key ? t(`tree.${key}`) : t("place.none");

/** The cards of a level; each says from which card of another level it hangs.
 * @param {Board} board @param {Section} level */
export function band(board, { nodes, still = [] }) {
  const { page, room } = board.scene;
  const here = new Set(), below = /** @type {Map<string, Node[]>} */ (new Map());
  const keep = (/** @type {Node[]} */ list) => {
    for (const { card, nodes } of list) {
      here.add(card.id);
      below.set(card.id, nodes);
      keep(nodes);
    }
  };
  keep(nodes);
  const under = (/** @type {Idea} */ card) => {
    const above = here.has(card.place?.parent) ? undefined : page.copy.get(card.place?.parent, "idea");
    const from = above && t("tree.from", { card: cardNumber(above, room.number) });
    return html`${above ? html`<p class="hangs"><a href="#${above.id}">${from}</a></p>` : nothing}
      ${still.includes(card.id) ? html`<p class="hangs">${t("tree.not_turned")}</p>` : nothing}
      ${board.list((below.get(card.id) ?? []).map((node) => node.card), under, true)}`;
  };
  return board.list(nodes.map((node) => node.card), under);
}
