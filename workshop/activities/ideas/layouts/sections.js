/** A board as headings and lists; the same as outline.py, which paper uses.  Pure: no page. */

/** @import { BoardSettings, Idea, Named, Words } from "../../../../static/js/types.js" */

/** @typedef {{card: Idea, nodes: Node[]}} Node */
/** A heading with its cards; `still`: ids of those not turned over yet.
 * @typedef {Heading & {depth: number, nodes: Node[], still?: string[]}} Section */
/** @typedef {{key: string|null, title: Words|null}} Heading */

/** What each level of a tree of problems becomes when it is read as one of objectives.  @type {Record<string, string>} */
const TURNED = { efectos: "fines", problema: "objetivo", causas: "medios" };

const DEEP = 8; // levels of cards under cards: deeper ones are too narrow on a phone

const at = (/** @type {Idea} */ card, /** @type {string} */ key) => card.place?.[key] || null;

/**
 * Sections in reading order.  title is what the settings say, null where cards have no place yet and where a level of
 * objectives (its key says which) has no title; depth is 2 or 3.
 * @param {BoardSettings} settings @param {Idea[]} cards @param {Record<string, {x: number, y: number}>} [places] of a plane
 * @param {boolean} [turned] a tree of problems as one of objectives
 * @returns {Section[]}
 */
export function outline(settings, cards, places = {}, turned = false) {
  const columns = settings.columns ?? [];
  if (settings.layout === "matrix") return crossed(rows(settings, cards), "row", columns, "column", cards);
  if (settings.layout === "timeline") return crossed(dates(cards), "at", settings.lanes ?? [], "lane", cards);
  if (settings.layout === "tree") {
    const on = (/** @type {string} */ key) => cards.filter((card) => at(card, "column") === key);
    const unused = (/** @type {Named} */ { key }) =>
      turns(settings) && Object.values(TURNED).includes(key) && !on(key).length;
    const found = turned && turns(settings) ? objectives(columns, on)
      : columns.filter((level) => !unused(level)).map((level) => section(level, 2, [], hanging(on(level.key))));
    const rest = cards.filter((card) => !at(card, "column"));
    return rest.length ? [...found, section(NOWHERE, 2, [], hanging(rest))] : found;
  }
  if (settings.layout === "plane") {
    const placed = cards.filter((card) => places[card.id]).sort((a, b) => places[b.id].y - places[a.id].y);
    const rest = cards.filter((card) => !places[card.id]);
    return [...placed.length ? [section({ key: "placed", title: "" }, 2, placed)] : [],
      ...rest.length ? [section(NOWHERE, 2, rest)] : []];
  }
  if (settings.layout === "list" || !columns.length) return [section({ key: null, title: "" }, 2, cards)];
  return columns.map((c) => section(c, 2, cards.filter((card) => (at(card, "column") ?? columns[0].key) === c.key)));
}

/** Whether a tree of problems can be read as one of objectives.  @param {BoardSettings} settings */
export const turns = ({ layout, columns }) => layout === "tree" && columns.some((level) => TURNED[level.key]);

/** The levels of the tree of objectives; what nobody has turned over yet stands there as it was written.
 * @param {Named[]} levels @param {(key: string) => Idea[]} on the cards of a level @returns {Section[]} */
function objectives(levels, on) {
  return Object.entries(TURNED).filter(([key]) => levels.some((level) => level.key === key)).map(([key, to]) => {
    const done = on(to), from = new Set(done.map((card) => at(card, "parent")));
    const still = on(key).filter((card) => !from.has(card.id));
    const title = levels.find((level) => level.key === to)?.title ?? null;
    return { ...section({ key: to, title }, 2, [], hanging([...done, ...still])),
      still: still.map((card) => card.id) };
  });
}

/** @type {Heading} */
const NOWHERE = { key: null, title: null };

/** @param {Idea[]} cards @returns {{key: string, title: string}[]} the dates that there are, early ones first */
export const dates = (cards) => [...new Set(cards.flatMap((card) => at(card, "at") ?? []))].sort()
  .map((key) => ({ key, title: key.split("-").reverse().join("/") }));

/** The rows of a matrix: those of the settings, then those that the group named, as they came.
 * @param {BoardSettings} settings @param {Idea[]} cards @returns {Named[]} */
export function rows(settings, cards) {
  const known = new Map((settings.rows ?? []).map((row) => [row.key, row]));
  for (const card of cards) {
    const key = at(card, "row");
    if (key && !known.has(key)) known.set(key, { key, title: key });
  }
  return [...known.values()];
}

/** @param {Named[]} rows @param {string} down @param {Named[]} columns @param {string} across @param {Idea[]} cards */
function crossed(rows, down, columns, across, cards) {
  /** @type {Section[]} */
  const found = [];
  for (const row of [...rows, NOWHERE]) {
    const here = cards.filter((card) => at(card, down) === row.key);
    const parts = [...columns, NOWHERE].map((c) => section(c, 3, here.filter((card) => at(card, across) === c.key)))
      .filter((one) => one.nodes.length);
    if (parts.length === 1 && parts[0].title === null) found.push({ ...parts[0], title: row.title, key: row.key, depth: 2 });
    else if (parts.length) found.push(section(row, 2, []), ...parts);
    else if (row.key !== null) found.push(section(row, 2, []));
  }
  return found;
}

/** Nodes by place.parent: a card whose parent is not among them stands at the top, and so does one of a ring.
 * @param {Idea[]} cards */
export function hanging(cards) {
  const here = new Set(cards.map((card) => card.id));
  /** @type {Map<string|null, Idea[]>} */
  const below = new Map();
  for (const card of cards) {
    const above = at(card, "parent"), parent = above && here.has(above) ? above : null;
    const among = below.get(parent);
    if (among) among.push(card);
    else below.set(parent, [card]);
  }
  /** @type {Node[]} */
  const found = [];
  const done = new Set();
  for (const top of [...below.get(null) ?? [], ...cards]) {
    /** @type {[Idea, Node[], number][]} */
    const waiting = [[top, found, 1]];
    for (const [card, among, depth] of waiting) {
      if (done.has(card.id)) continue;
      done.add(card.id);
      const node = { card, nodes: /** @type {Node[]} */ ([]) };
      among.push(node);
      for (const child of below.get(card.id) ?? [])
        waiting.push(depth < DEEP ? [child, node.nodes, depth + 1] : [child, among, depth]);
    }
  }
  return found;
}

/** @param {Heading} of @param {number} depth @param {Idea[]} cards @param {Node[]} [nodes] @returns {Section} */
const section = ({ key, title }, depth, cards, nodes) => ({
  title, key, depth, nodes: nodes ?? cards.map((card) => ({ card, nodes: [] })) });
