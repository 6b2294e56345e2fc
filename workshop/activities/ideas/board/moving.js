/** The form that puts chosen cards elsewhere: column, row, lane, date, and what they hang from, as the layout has them. */
import { cardNumber, t, word } from "../../../../static/js/shell/page.js";
import { html, nothing, repeat } from "../../../../static/js/shell/parts.js";
import { act, backFrom } from "./acts.js";
import { rows } from "../layouts/sections.js";

/** @import { BoardSettings, Drawn, Idea, Named } from "../../../../static/js/types.js" */

/** @typedef {import("./board.js").Board} Board */
/** What of a place can be said, and what is said now.
 * @typedef {{name: string, begins: string, draw: (id: string, begins: string) => Drawn}} Side */

const MIXED = "~"; // the cards differ: what is not touched stays as it is
const LONGEST = 50; // characters of a card's text in a list to choose from
/** @type {Record<string, string>} what is written as a date, by the coarsest that the scale takes */
const DATES = { year: "[0-9]{4}(-[0-9]{2})?(-[0-9]{2})?", month: "[0-9]{4}-[0-9]{2}(-[0-9]{2})?" };

/** @param {Board} board @param {Idea[]} cards */
export function moving(board, cards) {
  const { activity } = board, all = sides(board, cards), key = cards.map((card) => card.id).join();
  if (!all.length) return nothing;
  const move = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    /** @type {Record<string, string|null>} */
    const place = {};
    for (const { name, begins } of all) {
      const said = String(data.get(name) ?? begins).trim();
      if (said !== begins && said !== MIXED) place[name] = said || null;
    }
    const to = { activity: activity.id, cards: cards.map((card) => card.id), place };
    if (Object.keys(place).length) act(board, [["contribution.move", to]], backFrom(activity.id, cards, place));
  };
  // Other cards, another form: what was chosen for these is not meant for those.
  const style = cards[1] && board.scene.ui.lets("group") ? "small" : "small ready";
  const called = (/** @type {string} */ name) => board.settings.layout === "tree" && name === "column" ? "level" : name;
  return html`${repeat([key], (one) => one, () => html`<form class="move"
    @submit=${move}>${all.map(({ name, begins, draw }) => html`<p>
      <label for="move-${name}">${t(`arrange.to.${called(name)}`)}</label>${draw(`move-${name}`, begins)}</p>`)}
    <button class=${style}>${t("arrange.here")}</button></form>`)}`;
}

/** @param {Board} board @param {Idea[]} cards @returns {Side[]} */
function sides(board, cards) {
  const { settings } = board, layout = settings.layout ?? "columns", columns = settings.columns ?? [];
  const shared = (/** @type {string} */ name, otherwise = "") => {
    const said = new Set(cards.map((card) => card.place?.[name] ?? otherwise));
    return said.size === 1 ? String([...said][0]) : MIXED;
  };
  const known = (/** @type {string} */ said, /** @type {Named[]} */ of) =>
    said === MIXED || of.some((one) => one.key === said) ? said : "";
  /** @param {string} name @param {Named[]} of @returns {Side} */
  const choice = (name, of, none = t("place.none"), otherwise = "") => ({
    name, begins: known(shared(name, otherwise), of), draw: (id, begins) => html`<select id=${id} name=${name}>
      ${begins === MIXED ? html`<option value=${MIXED}>${t("arrange.mixed")}</option>` : nothing}${
      none ? html`<option value="">${none}</option>` : nothing}
      ${of.map((one) => html`<option value=${one.key}
        ?selected=${one.key === begins}>${word(one.title)}</option>`)}</select>` });
  if (layout === "columns") return columns.length ? [choice("column", columns, "", columns[0].key)] : [];
  if (layout === "matrix")
    return [settings.open_rows ? row(board, shared("row")) : choice("row", settings.rows ?? []), choice("column", columns)];
  if (layout === "timeline")
    return [date(settings, shared("at")), ...settings.lanes?.length ? [choice("lane", settings.lanes)] : []];
  if (layout === "tree") return [choice("column", columns), choice("parent", parents(board, cards), t("place.alone"))];
  return [];
}

/** A row is chosen or named anew.  @param {Board} board @param {string} key @returns {Side} */
function row({ settings, all }, key) {
  const known = rows(settings, all).map((one) => ({ key: one.key, title: word(one.title) }));
  return { name: "row", begins: key === MIXED ? "" : known.find((one) => one.key === key)?.title ?? key,
    draw: (id, begins) => html`<input id=${id} name="row" data-most="80" list="move-rows" autocomplete="off"
        .value=${begins}>
      <datalist id="move-rows">${known.map((one) => html`<option value=${one.title}></option>`)}</datalist>` };
}

/** @param {BoardSettings} settings @param {string} at @returns {Side} */
function date({ scale }, at) {
  const pattern = `\\s*${DATES[scale ?? ""] ?? DATES.year}\\s*`, example = scale === "month" ? "2021-10" : "2021";
  return { name: "at", begins: at === MIXED ? "" : at, draw: (id, begins) => scale === "day"
    ? html`<input id=${id} name="at" type="date" .value=${begins}>`
    : html`<input id=${id} name="at" inputmode="text" autocomplete="off" .value=${begins} pattern=${pattern}
        placeholder=${example} title=${t("arrange.at.like", { example })}>` };
}

/** From what the cards may hang: from all but themselves and what hangs from them.
 * @param {Board} board @param {Idea[]} cards */
function parents({ all, settings, scene }, cards) {
  const barred = new Set(cards.map((card) => card.id));
  for (let before = 0; before < barred.size;) {
    before = barred.size;
    for (const card of all) if (barred.has(card.place?.parent ?? "")) barred.add(card.id);
  }
  const order = (settings.columns ?? []).map((level) => level.key);
  const rank = (/** @type {Idea} */ card) => (order.indexOf(card.place?.column ?? "") + 1) || order.length + 1;
  return all.filter((card) => card.number && !barred.has(card.id)).sort((a, b) => rank(a) - rank(b))
    .map((card) => ({ key: card.id, title: `${cardNumber(card, scene.room.number)} ${card.body.text.slice(0, LONGEST)}` }));
}
