/** A tree: a band for each level, in it its cards, each with those of the level that hang from it.
 * A tree of problems can be read as one of objectives: other words for its levels, and the cards that were turned over. */
import { cardNumber, t, word } from "../../static/js/page.js";
import { html, nothing } from "../../static/js/parts.js";
import { hanging } from "./sections.js";
import { wear } from "./wear.js";
import rules from "./board-tree.css";

wear(rules);

/** @type {Record<string, string>} what each level of a tree of problems becomes */
const TURNED = { efectos: "fines", problema: "objetivo", causas: "medios" };
let turned = false;

const can = (/** @type {any} */ settings) => settings.columns.some((/** @type {any} */ level) => TURNED[level.key]);

/** @param {import("./board.js").Board} board */
export const tools = (board) => can(board.settings) ? html`<button type="button" class="chip" aria-pressed=${turned}
  @click=${() => { turned = !turned; board.scene.redraw(); }}>${t("tree.objectives")}</button>` : nothing;

/** @param {import("./board.js").Board} board */
export function draw(board) {
  const { settings, hits } = board;
  const all = hits ? board.all.filter((card) => hits.has(card.id)) : board.all;
  const empty = (/** @type {any} */ { key }) => can(settings) && Object.values(TURNED).includes(key) && !board.all.some((card) => card.place?.column === key);
  const levels = turned && can(settings) ? objectives(settings.columns, all) : settings.columns.filter((/** @type {any} */ level) => !empty(level)).map((/** @type {any} */ level) => ({
    key: level.key, title: word(level.title), cards: all.filter((card) => card.place?.column === level.key) }));
  const rest = all.filter((card) => !card.place?.column);
  if (rest.length) levels.push({ title: t("place.none"), cards: rest });
  return html`<div class="tree">${levels.map((/** @type {any} */ { key, title, cards, still }) => html`<section class="level" data-place=${key ? JSON.stringify({ column: key }) : nothing}><h2>${title} <b>${cards.length}</b></h2>
      ${band(board, cards, still)}</section>`)}</div>`;
}

/** The levels of the tree of objectives; what nobody has turned over yet stands there as it was written.
 * @param {any[]} levels @param {any[]} all */
function objectives(levels, all) {
  return Object.entries(TURNED).filter(([key]) => levels.some((level) => level.key === key)).map(([key, to]) => {
    const done = all.filter((card) => card.place?.column === to);
    const from = new Set(done.map((card) => card.place.parent));
    const still = all.filter((card) => card.place?.column === key && !from.has(card.id));
    const words = levels.find((level) => level.key === to)?.title;
    return { title: words ? word(words) : t(`tree.${to}`), cards: [...done, ...still], still: new Set(still.map((card) => card.id)) };
  });
}

/** @param {import("./board.js").Board} board @param {any[]} cards @param {Set<string>} [still] ids of those that are not turned over */
function band(board, cards, still) {
  const nodes = hanging(cards);
  const below = new Map();
  const keep = (/** @type {import("./sections.js").Node[]} */ list) => list.forEach((node) => { below.set(node.card.id, node.nodes); keep(node.nodes); });
  keep(nodes);
  const here = new Set(cards.map((card) => card.id));
  const under = (/** @type {any} */ card) => {
    const above = !here.has(card.place?.parent) && board.scene.page.copy.get(card.place?.parent);
    return html`${above ? html`<p class="hangs"><a href="#${above.id}">${t("tree.from", { card: cardNumber(above, board.scene.room.number) })}</a></p>` : nothing}
      ${still?.has(card.id) ? html`<p class="hangs">${t("tree.not_turned")}</p>` : nothing}
      ${board.list(below.get(card.id).map((/** @type {any} */ node) => node.card), under, true)}`;
  };
  return board.list(nodes.map((node) => node.card), under);
}
