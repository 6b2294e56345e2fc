/** Searching the board: by words, delegation, way of taking part, and what is still to be done. */
import { count, facts, t } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";
import { positions } from "../layouts/positions.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-find.css";

/** @import { Idea } from "../../../../static/js/types.js" */

wear(rules);

const EMPTY = { text: "", delegation: "", channel: "", site: "", mine: false, loose: false, single: false, votes: false };
let wanted = { ...EMPTY };
let asked = false;
/** @type {WeakMap<Idea, string>} */
const plain = new WeakMap();

/** Letters without accents, all small.  @param {string} text */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {Idea} card */
function words(card) {
  const { name, body: { title, text, fields = {} } } = card;
  let found = plain.get(card);
  if (found === undefined)
    plain.set(card, found = fold([title ?? "", text, name ?? "", ...Object.values(fields)].join("\n")));
  return found;
}

/** Whether a card has its place, where the layout knows places; as places.py.
 * @type {Record<string, (card: Idea, places: Record<string, unknown>) => boolean>} */
const PLACED = {
  matrix: ({ place }) => Boolean(place?.row && place.column), timeline: ({ place }) => Boolean(place?.at),
  tree: ({ place }) => Boolean(place?.column), plane: ({ id }, places) => Boolean(places[id]),
};

/** The ids of the cards that are looked for; undefined when nothing is.  @param {import("./board.js").Board} board */
export function hits(board) {
  const { ui } = board.scene;
  if (ui.wanted) wanted = { ...EMPTY, [ui.wanted]: true }; // asked for outside of the search, and nothing else with it
  ui.wanted = "";
  if (Object.values(wanted).every((one) => !one)) return undefined;
  const { scene, settings } = board;
  const parts = fold(wanted.text).split(/\s+/).filter(Boolean);
  const places = settings.layout === "plane" ? positions(board) : {};
  const number = /^\d+$/.test(wanted.text.trim()) ? Number(wanted.text) : 0;
  const votes = scene.votes.filter((vote) => vote !== scene.reactions);
  const voted = (/** @type {Idea} */ card) => {
    const all = [card, ...board.under.get(card.id) ?? [], board.groups.get(card.group ?? "")];
    return votes.some((vote) => all.some((one) => one && vote.tally?.items?.[one.id]));
  };
  const is = (/** @type {Idea} */ card) =>
    (!parts.length || card.number === number || parts.every((part) => words(card).includes(part)))
    && (!wanted.delegation || card.delegation === wanted.delegation) && (!wanted.channel || card.channel === wanted.channel)
    && (!wanted.site || card.site === wanted.site) && (!wanted.mine || Boolean(card.mine))
    && (!wanted.single || !board.groups.has(card.group ?? ""))
    && (!wanted.loose || PLACED[settings.layout ?? ""]?.(card, places) === false)
    && (!wanted.votes || voted(card));
  return new Set(board.all.filter(is).map((card) => card.id));
}

/** @param {import("./board.js").Board} board @param {() => void} close */
export function bar(board, close) {
  const { scene, settings } = board;
  if (!asked && board.left()) scene.page.line.ask(scene.room.stream, 0); // only what is here can be found
  asked = true;
  const set = (/** @type {Partial<typeof EMPTY>} */ change) => {
    wanted = { ...wanted, ...change };
    scene.redraw();
  };
  const typed = (/** @type {"text"|"delegation"|"channel"|"site"} */ key) => (/** @type {Event} */ event) =>
    set({ [key]: /** @type {HTMLInputElement} */ (event.target).value });
  const tick = (/** @type {"mine"|"loose"|"single"|"votes"} */ key, /** @type {string} */ text) => html`
    <button type="button" class="chip" aria-pressed=${wanted[key]}
      @click=${() => set({ [key]: !wanted[key] })}>${text}</button>`;
  /** @param {"delegation"|"channel"|"site"} key @param {string} label @param {[string, string][]} options */
  const choose = (key, label, options) => html`
    <label><span class="unseen">${label}</span><select .value=${wanted[key]} @change=${typed(key)}>
      <option value="">${label}</option>${options.map(([value, text]) => html`<option value=${value}>${text}</option>`)}
    </select></label>`;
  const channels = [...new Set(board.all.flatMap((card) => card.channel || []))];
  const empty = () => {
    set(EMPTY);
    document.getElementById("find")?.focus();
  };
  const leave = () => {
    wanted = { ...EMPTY };
    close();
  };
  const found = board.hits && (board.hits.size ? count("find.found", board.hits.size) : t("find.none"));
  const { delegations, sites } = facts;
  return html`<div class="find" role="search"><label class="words"><span class="unseen">${t("find.text")}</span>
      <input type="search" id="find" enterkeyhint="search" autocomplete="off" placeholder=${t("find.text")}
        .value=${wanted.text} @input=${typed("text")}></label>
    ${delegations.length && board.all.some((card) => card.delegation)
      ? choose("delegation", t("find.delegation"), delegations.map((one) => [one.id, one.name])) : nothing}
    ${channels.length > 1
      ? choose("channel", t("find.channel"), channels.map((one) => [one, t(`channel.${one}`)])) : nothing}
    ${sites && board.all.some((card) => card.site)
      ? choose("site", t("find.site"), sites.map((one) => [one.id, one.name])) : nothing}
    ${scene.page.seats.length ? tick("mine", t("find.mine")) : nothing}
    ${PLACED[settings.layout ?? ""] ? tick("loose", t("place.none")) : nothing}
    ${board.all.some((card) => card.group) ? tick("single", t("find.single")) : nothing}
    ${scene.votes.some((vote) => vote !== scene.reactions && vote.tally) ? tick("votes", t("find.votes")) : nothing}
    <p class="found"><span role="status">${found ?? ""}</span>
      ${board.hits ? html`<button type="button" class="small" @click=${empty}>${t("find.clear")}</button>` : nothing}
      <button type="button" class="small quiet" aria-label=${t("find.close")} @click=${leave}>×</button></p></div>`;
}
