/** One question for the room, answered with a number. */
import { t } from "../../../static/js/shell/page.js";
import { html } from "../../../static/js/shell/parts.js";
import { counted, figure, given, looking, put, radios, seen, title, voters } from "../../../static/js/votes/voting.js";

/** @import { VoteOf, VoteScene } from "../../../static/js/types.js" */
/** What was answered: by how many `people` and delegations; mean, median and spread once somebody has.
 * @typedef {{n: number, delegations: number, mean: number, median: number, spread: number,
 *   histogram: Record<string, number>, ballots: number}} Answers */
/** @typedef {VoteOf<{from: number, to: number}, Answers, number>} Scale */

const ROOM = "room"; // the answer is about no card

/** @param {Scale} vote */
const marks = ({ settings: { from, to } }) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** @param {VoteScene} scene @param {Scale} vote */
export function bar(scene, vote) {
  return html`<fieldset class="one-of scale"><legend>${title(vote)}</legend>
    ${radios(vote.id, marks(vote).map((mark) => [mark, mark]), given(scene, vote)[ROOM],
      (mark) => put(scene, vote, ROOM, mark))}</fieldset>`;
}

/** @param {VoteScene} scene @param {Scale} vote */
export function draw(scene, vote) {
  const tally = seen(scene, vote);
  if (!tally?.n) return looking(scene, vote, marks(vote));
  const { n, delegations, mean, median, spread, histogram } = tally;
  return html`<section class="result scale"><h2>${title(vote)}</h2>
    <ol>${marks(vote).map((mark) => counted(scene, String(mark), histogram[mark] ?? 0, Object.values(histogram)))}</ol>
    <p class="soft">${t("scale.result", { mean: figure(mean), median: figure(median), spread: figure(spread) })}
      ${voters(n, delegations)}</p></section>`;
}
