/** One question for the room, answered with a number. */
import { t } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";
import { figure, looking, put, radios, row, seen, title, voters } from "../../../static/js/voting.js";

const ROOM = "room"; // the answer is about no card

/** @param {any} vote @returns {number[]} */
const marks = ({ settings: { from, to } }) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** @param {any} scene @param {any} vote */
export function bar(scene, vote) {
  const held = scene.page.myBallot(vote.id).choices[ROOM];
  return html`<fieldset class="one-of scale"><legend>${title(vote)}</legend>
    ${radios(vote.id, marks(vote).map((mark) => [mark, mark]), held, (mark) => put(scene, vote, ROOM, mark))}</fieldset>`;
}

/** @param {any} scene @param {any} vote */
export function draw(scene, vote) {
  const tally = seen(scene, vote);
  if (!tally?.n) return looking(scene, vote, marks(vote));
  const { n, delegations, mean, median, spread, histogram } = tally;
  return html`<section class="result scale"><h2>${title(vote)}</h2>
    <ol>${marks(vote).map((mark) => row(String(mark), histogram[mark] ?? 0, n))}</ol>
    <p class="soft">${t("scale.result", { mean: figure(mean), median: figure(median), spread: figure(spread) })}
      ${voters(n, delegations)}</p></section>`;
}
