/** What came of the votes of a room, as the plenary and the wall have it: no card of the room is here. */
import { colon } from "../shell/colon.js";
import { facts, t, word } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";
import { allOf, figure, figures, moves, row, size, voters, whose } from "./voting.js";

/** @import { Page, Result, ResultLine, VoteScene } from "../types.js" */

/** One vote: its title, the first lines with place, number and bar, and all of them as a table; on the `wall` without that.
 * @param {Page} page @param {Result} one @param {number} first @param {boolean} wall */
export function result(page, one, first, wall) {
  const scene = /** @type {VoteScene} */ ({ page, redraw: () => page.changed() });
  const { lines, headings = [], whole, tones, more } = one, { place, seats } = lines[0], known = seats !== undefined;
  const rounds = (one.rounds ?? []).map((_people, i) => i + 1);
  const each = (/** @type {ResultLine} */ { parts }) => headings.map((name, i) => `${word(name)} ${figure(parts[i])}`);
  const drawn = (/** @type {ResultLine} */ line) => row(scene, html`${called(line)}${
    line.tied ? html` <span class="soft">(${t("vote.tied")})</span>` : nothing}`, {
    said: "", rank: null, parts: line.parts, whole, tones, apart: false, place: line.place ?? 0, tied: false,
    ...headings.length ? {} : { n: figure(line.parts[0]) },
    before: line.before, about: [...each(line), ...line.about ? [word(line.about)] : [],
      ...known ? [voters(line.seats ?? 0, line.delegations ?? 0, one)] : []].join(" · ") });
  return html`<section class="result outcome ${lines.some(long) ? "" : "scale"}"><h3>${word(one.title)}${
    one.round ? ` · ${t("vote.round", { n: one.round })}` : nothing}</h3>
    <p class="soft">${[allOf(one.people, one), word(one.said), moves(one.moved)].filter(Boolean).join(" · ")}${
      wall ? nothing : html` · <a href="/w/${facts.workshop.id}/votes/${one.vote}">${t("vote.whole")}</a>`}</p>
    ${one.decided ? html`<p class="decided-line"><b>${t("vote.decided")}${colon()}</b>${one.decided}</p>` : nothing}
    ${one.chart === "cloud" ? html`<p class="cloud" aria-hidden="true">${lines.map(({ text, parts }) =>
      html`<span class=${size(parts[0], whole)}>${word(text)}</span> `)}</p>` : nothing}
    <ol>${lines.slice(0, place || one.chart ? first : lines.length).map(drawn)}</ol>
    ${!wall && place ? html`<details><summary>${t("vote.table")}</summary><table><thead><tr>${["place", "what", "result",
      ...known ? whose(one) : []].map((key) => html`<th>${t(`vote.${key}`)}</th>`)}${
      rounds.map((n) => html`<th>${t("vote.round", { n })}</th>`)}</tr></thead>
      <tbody>${lines.map((line) => html`<tr><td>${line.place}</td><td>${called(line)}</td><td>${
        each(line).join(" · ") || figure(line.parts[0])}</td>${known ? figures(line.seats ?? 0, line.delegations ?? 0, one)
        : nothing}${rounds.map((_n, i) => html`<td>${
        (line.before?.[i] ?? []).map(figure).join(" · ")}</td>`)}</tr>`)}${
        more ? html`<tr><td></td><td>… + ${more}</td></tr>` : nothing}
      </tbody></table></details>` : nothing}</section>`;
}

/** Whether a line says more than a mark of a scale.  @param {ResultLine} line */
const long = (line) => line.place || called(line).length > 2;

/** @param {ResultLine} line */
const called = ({ number, text }) => [number, word(text)].filter(Boolean).join(" ");
