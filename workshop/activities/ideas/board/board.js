/** What a board is drawn with: its cards, read once for each drawing, and lists of them that are drawn a few at a time. */
import { have, held } from "../../../../static/js/shell/later.js";
import { facts } from "../../../../static/js/shell/page.js";
import { guard, html, nothing, repeat, weave } from "../../../../static/js/shell/parts.js";
import { inside, voting } from "../card/card.js";

/** @import { BoardActivity, Comment, Drawn, Hidden, Idea, Page, Scene } from "../../../../static/js/types.js" */

// No drawing may hold the page up: only so many cards may come onto it, or be hidden or shown.  The rest follows when the
// page has time, and how many that are follows from how long the last ones took this device.  While a board opens they are
// never so few that looking at those that stand already costs more than they do.
const BEGIN = 16, OPENING = 30, LEAST = 8, MOST = 100, SHORT_MS = 40, LONG_MS = 80;
let pace = BEGIN;
const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => setTimeout(run, 30));

/** @type {WeakMap<Scene, Board>} */
const boards = new WeakMap();
/** @type {Map<string, boolean>} the cards that are on the page, and whether they are hidden there */
const there = new Map();
/** @type {Set<string>} the cards whose long text is open */
const opened = new Set();
/** @type {WeakMap<object, number>} the longest bar of each tally */
const longest = new WeakMap();
let looked = "";
/** @type {Scene|undefined} */
let last;
let printing = false;

/** Ideas of the board that are on this device only.  @param {Page} page @param {BoardActivity} activity */
function unsent(page, activity) {
  const items = page.outbox.waiting();
  const back = items.filter((item) => item.verb === "contribution.withdraw").map((item) => item.payload.id);
  const waits = (/** @type {import("../../../../static/js/line/outbox.js").Item} */ { verb,
    payload: { id, activity: of, parent } }) =>
    verb === "contribution.add" && !parent && of === activity.id && !page.copy.cards.has(id) && !back.includes(id);
  return items.filter(waits).map(({ seat, payload: { id, body, place = {}, origins } }) =>
    /** @type {Idea} */ (/** @type {unknown} */ ({ id, seq: 0, body, place, mine: seat, from: origins, waiting: true })));
}

/** Whether there is nothing left to give: then no card takes more.
 * @param {import("../../../../static/js/types.js").Vote} vote @param {Record<string, unknown>} given */
function spentAll(vote, given) {
  const { budget } = /** @type {{budget?: number}} */ (vote.settings);
  return budget !== undefined && Object.values(given).reduce((/** @type {number} */ sum, n) => sum + Number(n), 0) >= budget;
}

export class Board {
  /** The board of a drawing.  @param {Scene} scene @param {BoardActivity} activity @returns {Board} */
  static of(scene, activity) {
    const known = boards.get(scene);
    if (known && known.activity === activity) return known;
    const board = new Board(scene, activity);
    boards.set(scene, board);
    return board;
  }

  /** @param {Scene} scene @param {BoardActivity} activity */
  constructor(scene, activity) {
    const { page } = scene;
    this.scene = last = scene;
    this.activity = activity;
    this.settings = activity.settings;
    /** @type {Set<string>|undefined} ids of the cards that were searched for */
    this.hits = undefined;
    this.behind = false;
    /** Whether a card is to be seen by whoever is chosen on a device of several.  @param {Idea|Hidden} card */
    this.shows = (card) => !held.together?.veils(page, scene.room, card);
    const is = (/** @type {Idea} */ card) => card.activity === activity.id && this.shows(card);
    /** @type {Idea[]} */
    this.all = [...page.copy.all("idea", (card) => is(card) && !card.into), ...unsent(page, activity).filter(this.shows)];
    this.ration = printing ? Infinity : there.size < this.all.length ? Math.max(pace, OPENING) : pace;
    /** @type {Map<string, Idea[]>} cards that went into another, by that one */
    this.under = new Map();
    for (const one of page.copy.all("idea", is)) {
      const { into } = one;
      if (into && page.copy.get(into)) this.under.set(into, [...this.under.get(into) ?? [], one]);
      else if (into) this.all.push(one);
    }
    /** @type {Map<string, Idea[]>} cards that grew out of a card, by that one */
    this.grown = new Map();
    for (const one of this.all)
      for (const from of one.from ?? []) this.grown.set(from, [...this.grown.get(from) ?? [], one]);
    /** sentences of all summaries, which may cite cards of this board */
    this.said = page.copy.all("item");
    this.groups = new Map(page.copy.all("group", (card) => card.activity === activity.id).map((card) => [card.id, card]));
    /** what draws groups, where there are some or one was being named */
    this.heads = this.groups.size && have(["board-groups"], scene.redraw) ? held["board-groups"] : undefined;
    /** @type {Map<string, Comment[]>} comments by card */
    this.talk = new Map();
    for (const one of page.copy.all("comment")) {
      const said = this.talk.get(one.parent);
      if (said) said.push(one);
      else this.talk.set(one.parent, [one]);
    }
    for (const said of this.talk.values()) said.sort((a, b) => a.seq - b.seq);
    // The words too: a part may be drawn before its words are here.
    const { ui, room } = scene;
    /** what the seat has chosen in each vote: a card is drawn anew when what was given to it is another */
    this.given = Object.fromEntries(scene.votes.map((vote) => [vote.id, page.myBallot(vote.id).choices]));
    this.common = JSON.stringify([Object.keys(facts.words).length,
      "board-talk" in held, "board-fields" in held, "late" in held,
      ui.shut, ui.opens, ui.posting, ui.may, room.paused, page.seat?.id, room.state, room.step,
      this.said.map((one) => one.seq),
      ...scene.votes.map((vote) => [vote.id, Boolean(vote.tally), Boolean(scene.panels[vote.of]),
        spentAll(vote, this.given[vote.id])])]);
  }

  /** How many of the oldest ideas the first view left out, in one column or in all.  @param {string} [column] */
  left(column) {
    const left = this.scene.page.copy.earlier.get(this.scene.room.stream) ?? {};
    return column === undefined ? Object.values(left).reduce((sum, n) => sum + n, 0) : left[column] ?? 0;
  }

  /** @param {Idea[]} cards @returns how many of them are shown */
  count(cards) {
    return this.hits ? cards.filter((card) => this.hits?.has(card.id)).length : cards.length;
  }

  /** @param {string} view its name: another view brings its own cards onto the page */
  begin(view) {
    if (view !== looked) there.clear();
    looked = view;
  }

  /** Go on when the page has time, if not every card is there yet.  @template T @param {T} drawn @returns {T} */
  end(drawn) {
    const began = performance.now();
    if (!this.behind) pace = BEGIN;
    else idle(() => {
      const took = performance.now() - began;
      pace = Math.max(LEAST, Math.min(MOST, took > LONG_MS ? pace / 2 : took < SHORT_MS ? pace * 1.5 : pace));
      this.scene.redraw();
    }, { timeout: 300 });
    return drawn;
  }

  /** @param {Idea} card @returns {boolean} whether it stands on the page with this drawing */
  stands(card) {
    if (there.has(card.id) || card.mine) return true;
    this.ration -= 1;
    if (this.ration < 0) this.behind = true;
    return this.ration >= 0;
  }

  /** @param {Idea} card @returns {boolean} whether it is hidden by the search, as far as this drawing comes */
  hides(card) {
    const wanted = Boolean(this.hits && !this.hits.has(card.id)), is = there.get(card.id);
    if (is === wanted) return is;
    if (is !== undefined && (this.ration -= 1) < 0) {
      this.behind = true;
      return is;
    }
    there.set(card.id, wanted);
    return wanted;
  }

  /** That there is nothing here, as far as this is known: of ideas that are not loaded and of private ones it is not.
   * @param {number|boolean} [left] as of `list` */
  empty(left = this.left()) {
    return !left && have(["board-talk"], this.scene.redraw) ? held["board-talk"].empty(this.scene) : nothing;
  }

  /** @param {Idea[]} cards @param {(card: Idea) => Drawn} [under] what hangs from a card
   * @param {number|boolean} [left] an empty list says nothing: ideas that the first view left out here, or nobody looks for
   * any
   * @returns {Drawn} */
  list(cards, under, left = this.left()) {
    if (!cards.length) return this.empty(left);
    return this.heads?.list(this, cards, under) ?? this.items(cards, under);
  }

  /** What votes say of a group, and what may be chosen.  @param {import("../../../../static/js/types.js").Group} group */
  voting(group) {
    return voting(this.scene, group);
  }

  /** The level of headings within a column.  @returns {number} */
  get level() {
    return looked ? 3 : 2;
  }

  /** @param {Idea[]} cards @param {(card: Idea) => Drawn} [under] what hangs from a card */
  items(cards, under) {
    const { ui } = this.scene, { picked } = ui;
    // While cards are being chosen, a tap on a card chooses it.
    const choose = (/** @type {Idea} */ card) => (/** @type {Event} */ { target }) => {
      const on = /** @type {Element} */ (target);
      if (!picked.size || on.closest("button, a, summary, input, textarea, select, label")) return;
      if (on.closest(".card")?.id === card.id && (ui.lets("move", card) || ui.lets("group"))) ui.pick(card.id);
    };
    return html`<ol class="cards">${repeat(cards.filter((card) => this.stands(card)), (card) => card.id, (card) => html`
      <li class="card ${weave(card.delegation)} ${card.mine ? "mine" : ""}
          ${picked.has(card.id) ? "picked" : ""} ${card.waiting ? "waiting" : ""}
          ${held.news?.came(this.scene.page, card) ? "new-here" : ""}"
        id=${card.id} ?hidden=${this.hides(card)} @click=${choose(card)}>
        ${guard(this.signs(card), () => inside(this, card))}${under?.(card) ?? nothing}</li>`)}</ol>`;
  }

  /** Nodes of cards under cards (see sections.js).  @param {import("../layouts/sections.js").Node[]} nodes
   * @param {boolean} [quiet] @returns {Drawn} */
  tree(nodes, quiet = false) {
    const below = new Map(nodes.map((node) => [node.card.id, node.nodes]));
    return this.list(nodes.map((node) => node.card), (card) => this.tree(below.get(card.id) ?? [], true),
      quiet || undefined);
  }

  /** What a card's drawing depends on: it is drawn anew when one of these is another.  @param {Idea} card */
  signs(card) {
    const { page, ui, votes } = this.scene;
    const { id } = card, talk = this.talk.get(id), under = this.under.get(id) ?? [];
    const files = card.files?.length || (card.mine && page.picker?.files.items[0]);
    return [card, card.mine, this.common, ui.picked.has(id), under.map((one) => one.seq).join(),
      this.grown.get(id)?.map((one) => one.number).join(), ui.growing.has(id), ui.editing === id, ui.talk === id,
      ui.reacting === id, talk?.length, talk?.at(-1)?.seq, this.isOpen(card), page.saved.has(id), held.news?.fresh.has(id),
      files ? {} : null, // what a file shows changes by itself
      ...votes.map((vote) => this.counted(vote, id)),
      ...votes.map((vote) => JSON.stringify([card, ...under].map((one) => this.given[vote.id][one.id])))];
  }

  /** What a card shows of a vote's result.  While people vote, that is what is told of the card and the longest bar of all,
   * so that a ballot draws its own cards alone; once it is over, also the card's place among all.
   * @param {import("../../../../static/js/types.js").Vote} vote @param {string} id */
  counted(vote, id) {
    const { panels, ui } = this.scene, { tally } = vote, panel = panels[vote.of];
    if (!tally?.items || !panel?.tells || !ui.open(vote)) return tally;
    if (!longest.has(tally)) longest.set(tally, Math.max(0, ...Object.values(tally.items).map((one) => {
      const { parts, whole } = /** @type {Required<typeof panel>} */ (panel).tells(vote, one);
      return whole ?? parts.reduce((sum, n) => sum + n, 0);
    })));
    return JSON.stringify([tally.items[id], longest.get(tally)]);
  }

  /** @param {Idea} card @returns {boolean} whether a long text is shown whole */
  isOpen(card) {
    return printing || opened.has(card.id);
  }

  /** @param {Idea} card */
  fold(card) {
    if (!opened.delete(card.id)) opened.add(card.id);
    this.scene.redraw();
  }
}

// Paper has no "read more" and does not wait: everything is drawn at once.
for (const [name, on] of /** @type {[string, boolean][]} */ ([["beforeprint", true], ["afterprint", false]]))
  addEventListener(name, () => {
    printing = on;
    last?.page.draw(last.page);
  });
