/** What came of the votes of a room, as the plenary and the wall have it: no card of the room is here. */
import { count, t, word } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";
import { figure, moves, row, voters } from "./voting.js";

/** @import { Page, Result, ResultLine, VoteScene } from "../types.js" */

/** One vote: its title, the first lines with place, number and bar, and all of them as a table; on the `wall` without that.
 * @param {Page} page @param {Result} one @param {number} first @param {boolean} wall */
export function result(page, one, first, wall) {
  const scene = /** @type {VoteScene} */ ({ page, redraw: () => page.changed() });
  const { lines, headings = [], whole, tones, more } = one, { place, seats } = lines[0], known = seats !== undefined;
  const each = (/** @type {ResultLine} */ { parts }) => headings.map((name, i) => `${word(name)} ${figure(parts[i])}`);
  const drawn = (/** @type {ResultLine} */ line) => row(scene, html`${called(line)}${
    line.tied ? html` <span class="soft">(${t("vote.tied")})</span>` : nothing}`, {
    said: "", rank: null, parts: line.parts, whole, tones, apart: false, place: line.place ?? 0, tied: false,
    ...headings.length ? {} : { n: figure(line.parts[0]) },
    before: line.before,
    about: [...each(line), ...known ? [voters(line.seats ?? 0, line.delegations ?? 0)] : []].join(" · ") });
  return html`<section class="result outcome ${place ? "" : "scale"}"><h3>${word(one.title)}${
    one.round ? ` · ${t("vote.round", { n: one.round })}` : nothing}</h3>
    <p class="soft">${[count("voters", one.people), word(one.said), moves(one.moved)].filter(Boolean)
      .join(" · ")}</p>
    <ol>${lines.slice(0, place ? first : lines.length).map(drawn)}</ol>
    ${!wall && place ? html`<details><summary>${t("vote.table")}</summary><table><thead><tr>${["place", "what", "result",
      ...known ? ["people", "delegations"] : []].map((key) => html`<th>${t(`vote.${key}`)}</th>`)}</tr></thead>
      <tbody>${lines.map((line) => html`<tr><td>${line.place}</td><td>${called(line)}</td><td>${
        each(line).join(" · ") || figure(line.parts[0])}</td>${known ? html`<td>${line.seats}</td><td>${
        line.delegations}</td>` : nothing}</tr>`)}${more ? html`<tr><td></td><td>… + ${more}</td></tr>` : nothing}
      </tbody></table></details>` : nothing}</section>`;
}

/** @param {ResultLine} line */
const called = ({ number, text }) => [number, word(text)].filter(Boolean).join(" ");
