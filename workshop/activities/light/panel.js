/** The traffic light on each card, or on each row of a matrix: colour, shape and word. */
import { colon } from "../../../static/js/shell/colon.js";
import { count, t, word } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import {
  absent, asked, bar as waiting, gave, given, onCard as one, rule, seen, tells, title, told,
} from "../../../static/js/votes/voting.js";
import { rows } from "../ideas/layouts/sections.js";

/** @import { BoardActivity, OptionVote, Votable, VoteScene } from "../../../static/js/types.js" */

export { tells } from "../../../static/js/votes/voting.js";

const SIGNS = ["●", "▲", "■"];
const byRow = (/** @type {OptionVote} */ vote) => vote.settings.per === "row";

/** The rows that there are.  @param {VoteScene} scene @param {OptionVote} vote */
function lines(scene, vote) {
  const { copy } = scene.page, board = /** @type {BoardActivity|undefined} */ (copy.get(vote.settings.source, "activity"));
  return board ? rows(board.settings, copy.all("idea", (card) => card.activity === board.id && !card.into)) : [];
}

/** @param {VoteScene} scene @param {OptionVote} vote @param {Votable} card */
export const onCard = (scene, vote, card) => byRow(vote) ? nothing : one(scene, vote, card, SIGNS);

/** How many cards or rows wait for an answer.  @param {VoteScene} scene @param {OptionVote} vote */
export function bar(scene, vote) {
  if (!byRow(vote)) return waiting(scene, vote, (wait) => wait ? count("light.left", wait) : t("light.none"));
  const choices = given(scene, vote);
  const all = lines(scene, vote), n = all.filter(({ key }) => !(key in choices)).length;
  if (!all.length) return html`<p class="left">${title(vote)}${colon()}${t("rows.empty")}</p>`;
  return told(scene, vote, { left: n ? count("rows.left", n) : t("rows.none"), n, all: all.length,
    rule: rule(scene, vote, { "rule.answer": {} }) });
}

/** The rows with their lights, above the board.  @param {VoteScene} scene @param {OptionVote} vote */
export function draw(scene, vote) {
  if (!byRow(vote)) return absent(scene, vote, { gave, tells });
  if (!(seen(scene, vote) || scene.ui.open(vote))) return nothing;
  const all = lines(scene, vote), open = scene.ui.open(vote) && Boolean(scene.page.seat);
  return html`<section class="result lights"><h2>${title(vote)}</h2>${
    all.length ? nothing : html`<p class="soft">${t("rows.empty")}</p>`}
    ${all.map(({ key, title: called }) => html`<h3>${word(called)}</h3>${
      asked(scene, vote, key, word(called), SIGNS, open)}`)}</section>
    ${absent(scene, vote, { gave, tells }, (key) => !all.some((line) => line.key === key))}`;
}
