/** What came of a vote on cards when it is over: the first five with place, number and bar, and all as a table. */
import { colon } from "../shell/colon.js";
import { cardNumber, facts, later, t } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";
import { hands } from "./hands.js";
import { counting, figure, figures, gaveAll, moves, partly, placed, row, title, voters, whose } from "./voting.js";

/** @import { Panel, Placed, Vote, VoteScene } from "../types.js" */
/** @typedef {{seats?: number, delegations?: number}} Known who gave what was counted, where the kind tells it */
/** @typedef {{key: string, what: string, of: Placed, known: Known}} Line */

const LOW = matchMedia("(max-height: 30em)"); // on its side, or with large letters
const FIRST = 5, LONG = 80; // characters of a card (pages/participant/ballots.py has the same)

/** What is called so in a list of results; '' for what is not here.  @param {VoteScene} scene @param {string} key */
function called({ page, room }, key) {
  const card = page.copy.get(key);
  if (card?.kind === "group") return `«${card.body.text}»`;
  if (card?.kind !== "idea" || card.hidden) return "";
  const text = card.body.title || card.body.text;
  return `${cardNumber(card, room.number)} ${text.length > LONG ? `${text.slice(0, LONG)}…` : text}`;
}

/** Whether a later round came to something: then this one stands beside it alone.
 * @param {Vote[]} votes @param {Vote} vote */
export const behind = (votes, { id, round_of: of = id, round: n = 1 }) => votes.some((one) =>
  one.round_of === of && (one.round ?? 1) > n && one.closed && one.tally?.ballots);

/** @param {VoteScene} scene @param {Vote} vote @param {Panel|undefined} panel */
export const draw = (scene, vote, panel) => html`${ranked(scene, vote, panel)}${hands(scene, vote)}`;

/** @param {VoteScene} scene @param {Vote} vote @param {Panel|undefined} panel */
function ranked(scene, vote, panel) {
  const tells = panel?.tells, items = vote.tally?.items ?? {};
  if (scene.ui.open(vote)) return nothing;
  const moved = moves(vote.tally?.moved);
  const names = vote.settings.rules?.named === "all" && vote.tally && later("vote.names", scene.redraw)
    ? html`<p><a href="/w/${facts.workshop.id}/votes/${vote.id}/names">${t("vote.names")}</a></p>` : nothing;
  // A vote that is on no cards has its panel draw the rest.
  const alone = later("vote.table", scene.redraw)
    ? html`${beyond(vote)}${moved ? html`<p>${moved}</p>` : nothing}${names}` : nothing;
  if (!tells) return alone;
  /** @type {Line[]} */
  const lines = Object.entries(items).map(([key, result]) => ({ key, what: called(scene, key), known: result,
    of: placed(scene, vote, result, tells) })).filter(({ what, of }) => what && of.place)
    .sort((a, b) => a.of.place - b.of.place);
  if (!later("vote.table", scene.redraw)) return nothing;
  if (!lines.length) return alone;
  const of = panel.about?.(vote, (key) => called(scene, key));
  const rows = html`${vote.outcome ? html`<p class="decided-line"><b>${t("vote.decided")}${colon()}</b>${
    vote.outcome.text}</p>` : nothing}<ol>${lines.slice(0, FIRST).map(({ key, what, of, known }) => {
    const voted = known.seats === undefined ? [] : [voters(known.seats, known.delegations ?? 0, counting(vote))];
    return row(scene, html`<a href="#${key}">${what}</a>`, { ...of, ...told(of),
      about: [...of.parts.length > 1 ? [of.said] : [], ...of.also ? [of.also] : [], ...voted].join(" · ") });
  })}</ol>
    ${of ? html`<p>${of}</p>` : nothing}
    <p class="soft">${[gaveAll(vote), moved].filter(Boolean).join(" · ")} · <a
      href="/w/${facts.workshop.id}/votes/${vote.id}">${t("vote.whole")}</a></p>${names}
    ${partly(scene) ? nothing : html`<details><summary>${t("vote.table")}</summary>
      <table><thead><tr>${["place", "what", "result",
      ...lines[0].known.seats === undefined ? [] : whose(counting(vote))].map((key) =>
        html`<th>${t(`vote.${key}`)}</th>`)}
    </tr></thead><tbody>${lines.map(({ what, of, known }) => html`<tr><td>${of.place}</td><td>${what}</td><td>${
      told(of).n ?? of.said}</td>${known.seats === undefined ? nothing
        : figures(known.seats, known.delegations ?? 0, counting(vote))}</tr>`)}</tbody></table></details>`}`;
  // Whoever writes again sees the cards first where there is little height; a tap opens what came of the vote.
  return LOW.matches && scene.ui.posting
    ? html`<details class="result outcome"><summary><h2>${title(vote)}</h2></summary>${rows}</details>`
    : html`<section class="result outcome"><h2>${title(vote)}</h2>${rows}</section>`;
}

/** What was decided, and the way to all of the result, where the kind draws its result itself.  @param {Vote} vote */
const beyond = (vote) => vote.tally?.ballots ? html`<section class="result outcome beyond"><h2
  class="unseen">${title(vote)}</h2>${vote.outcome ? html`<p class="decided-line"><b>${t("vote.decided")}${colon()}</b>${
    vote.outcome.text}</p>` : nothing}
  <p class="soft"><a href="/w/${facts.workshop.id}/votes/${vote.id}">${t("vote.whole")}</a></p></section>` : nothing;

/** The one number of a bar that has one part.  @param {Placed} of @returns {{n?: string}} */
const told = ({ parts }) => parts.length > 1 ? {} : { n: figure(parts[0]) };
