/** The board of ideas.  Columns are drawn here; the other layouts, the outline and the search come when they are wanted. */
import { have, held } from "../../../static/js/shell/later.js";
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import { Board } from "./board/board.js";

/** @import { BoardActivity, Drawn, Page, Scene, View, Words } from "../../../static/js/types.js" */

export { Board };

const NARROW = "(max-width: 700px)", WIDE = "(min-width: 900px)";
const WAIT_MS = 6000; // for the line to be a good one, on which all comes by itself
const FEW = 8; // cards that need no search
const ALONE = ["columns", "list"]; // layouts that are drawn here
/** @type {string|null} "board" or "outline", as this device chose */
let chosen = null;
let finding = false;
try {
  chosen = localStorage.getItem("view");
} catch {
  /* no storage: it is chosen anew */
}

/** The only column of a board that has none.  @type {{key?: string, title: Words}} */
const ONE = { title: "" };

/** @param {BoardActivity} activity */
export const columns = (activity) => activity.settings.columns.length ? activity.settings.columns : [ONE];

/** Ideas of the board with those that are still on this device.  @param {Scene} scene @param {BoardActivity} activity */
export const ideas = (scene, activity) => Board.of(scene, activity).all;

/** The part that draws the board as it is looked at now; undefined where that is here.  @param {BoardActivity} activity */
function part(activity) {
  const layout = activity.settings.layout ?? "columns";
  const view = chosen ?? (!ALONE.includes(layout) && matchMedia(NARROW).matches ? "outline" : "board");
  if (layout === "list") return undefined;
  return view === "outline" ? "board-outline" : layout === "columns" ? undefined : `board-${layout}`;
}

/** The parts without which the board cannot be drawn.  @param {Page} page @param {BoardActivity} activity */
export function needs(page, activity) {
  const name = part(activity);
  return [...name ? [name] : [], ...activity.settings.fields?.length ? ["board-fields"] : [],
    ...matchMedia(WIDE).matches ? ["board-wide"] : [],
    ...page.copy.all("group", (group) => group.activity === activity.id).length ? ["board-groups"] : []];
}

/** @param {Scene} scene @param {BoardActivity} activity */
export function draw(scene, activity) {
  const board = Board.of(scene, activity);
  const name = part(activity);
  const views = /** @type {Record<string, View|undefined>} */ (/** @type {unknown} */ (held));
  const view = name && have([name], scene.redraw) ? views[name] : undefined;
  const find = finding && have(["board-find"], scene.redraw) ? held["board-find"] : undefined;
  board.begin(name ?? "");
  board.hits = find?.hits(board);
  if (scene.ui.drags() && have(["board-drag"], scene.redraw)) held["board-drag"].follow(board);
  const hidden = scene.page.copy.all("hidden", (card) => card.activity === activity.id && board.shows(card));
  const talk = hidden.length && have(["board-talk"], scene.redraw) ? held["board-talk"] : undefined;
  const arrange = scene.ui.picked.size && have(["board-arrange"], scene.redraw) ? held["board-arrange"] : undefined;
  const close = () => {
    finding = false;
    scene.redraw();
  };
  return board.end(html`${talk?.hidden(board, hidden) ?? nothing}${arrange?.bar(board) ?? nothing}${
      name ? html`${tools(board, name, view)}${find?.bar(board, close) ?? nothing}${earlier(board, board.left())}
      ${view ? view.draw(board) : board.list(board.all)}`
      : side(board, html`${tools(board, name)}${find?.bar(board, close) ?? nothing}`)}`);
}

/** @param {Board} board @param {string|undefined} name
 * @param {View} [view] what draws the board, with tools of its own perhaps */
function tools(board, name, view) {
  const other = name === "board-outline" ? "board" : "outline";
  const choose = () => {
    chosen = other;
    board.scene.redraw();
    try {
      localStorage.setItem("view", other);
    } catch {
      /* until the page closes */
    }
  };
  const look = () => {
    finding = !finding;
    board.scene.redraw();
  };
  const many = board.all.length + board.left() > FEW;
  const wide = matchMedia(WIDE).matches && held["board-wide"];
  if (!many && !name && !board.heads && !wide) return nothing;
  return html`<p class="board-tools">${wide ? wide.legend(board) : nothing}${view?.tools?.(board)}
    ${board.heads?.single(board, () => { finding = true; })}
    ${many ? html`<button type="button" class="chip" aria-expanded=${finding} @click=${look}>
      ${t("find")}</button>` : nothing}
    ${board.settings.layout === "list" ? nothing
      : html`<button type="button" class="chip" @click=${choose}>${t(`view.${other}`)}</button>`}</p>`;
}

/** @param {Board} board @param {number} n ideas that the first view left out */
function earlier({ scene }, n) {
  const ask = () => scene.page.line.ask(scene.room.stream, 0);
  const comes = scene.page.good || performance.now() < WAIT_MS;
  return n && !comes ? html`<p class="earlier"><button type="button" class="link" @click=${ask}>
    ${count("earlier", n)}</button></p>` : nothing;
}

/** One column at a time on a phone, side by side on a wide page.  @param {Board} board @param {Drawn} above the cards */
function side(board, above) {
  const { scene, activity } = board, { layout } = board.settings;
  const cols = layout === "list" || layout === "plane" ? [ONE] : columns(activity);
  const active = cols.find((c) => c.key === scene.ui.column) ?? cols[0], first = cols[0].key;
  const parts = cols.map((c) => ({
    c, title: word(c.title), left: board.left(c.key ?? "") + (c.key && c.key === first ? board.left("") : 0),
    place: c.key ? JSON.stringify({ column: c.key }) : nothing,
    here: c.key === undefined ? board.all : board.all.filter((card) => (card.place?.column ?? first) === c.key) }));
  const turn = (/** @type {string|undefined} */ key) => () => {
    scene.ui.column = key;
    scene.redraw();
  };
  return html`${cols.length > 1 ? html`<nav class="tabs" aria-label=${t("columns")}>${
      parts.map(({ c, title, here, left, place }) => html`
      <button type="button" aria-pressed=${c === active} data-place=${place} @click=${turn(c.key)}>
        ${title} <b>${board.count(here) + left}</b></button>`)}</nav>` : nothing}${above}
    <div class="columns n${cols.length}">${parts.map(({ c, title, here, left, place }) => html`<section
        class="column ${c === active ? "active" : ""}" data-place=${place}>
        ${cols.length > 1 ? html`<h2>${title} <b>${board.count(here) + left}</b></h2>` : nothing}
        ${earlier(board, left)}${board.list(here, undefined, left)}</section>`)}</div>`;
}
