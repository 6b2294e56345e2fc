/** A motion: its text and rule, three answers, and what follows from the numbers. */
import { count, t } from "../../../static/js/shell/page.js";
import { html, nothing } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./motion.css";
import { bars, counted, given, looking, put, radios, rule, seen, title } from "../../../static/js/votes/voting.js";

/** @import { Scene, VoteOf, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{counts: Record<string, number>, delegations: number}} Votes */
/** @typedef {{items: Record<string, Votes>, ballots: number, call?: number, present?: number, represented?: number,
 *   could?: number, proxies?: number, needed?: number, carried?: number, quorum?: number, met?: number}} Tally */
/** @typedef {VoteOf<{text?: string, majority: string, quorum?: number, quorum_share?: number, quorum_second?: number,
 *   quorum_share_second?: number}, Tally, string>} Motion */

const MOTION = "motion", ANSWERS = ["for", "against", "abstain"], SIGNS = ["✓", "✕", "–"], TONES = [0, 2, 3];
wear(rules);

/** @param {Motion} vote */
const ruleOf = (vote) => t(`motion.rule.${vote.settings.majority || "more"}`);

/** The call, the quorum that was set for it, and the rule.  @param {Motion} vote */
function chosen({ round, settings: of, ...vote }) {
  const second = (round ?? 1) > 1, n = second ? of.quorum_second : of.quorum;
  const share = second ? of.quorum_share_second : of.quorum_share;
  return [t(second ? "motion.second" : "motion.first"),
    n ? t("motion.quorum", { n }) : share ? t("motion.quorum.share", { n: share }) : t("motion.quorum.none"),
    t("motion.by", { rule: ruleOf(/** @type {Motion} */ ({ ...vote, settings: of })) })].join(" ");
}

/** What is put to the vote.  @param {Motion} vote */
const text = ({ settings }) => settings.text ? html`<blockquote class="motion-text">${settings.text}</blockquote>` : nothing;

/** @param {Scene} scene @param {Motion} vote */
export function bar(scene, vote) {
  const ways = ANSWERS.map((answer, i) => /** @type {[string, import("../../../static/js/types.js").Drawn, string]} */ ([
    answer, html`<i aria-hidden="true">${SIGNS[i]}</i> ${t(`motion.${answer}`)}`, `s${TONES[i]}`]));
  return html`<div class="motion-asked"><b>${title(vote)}</b>${text(vote)}<p class="soft">${chosen(vote)}</p></div>
    <fieldset class="one-of graded motion"><legend class="unseen">${title(vote)}</legend>${radios(`${vote.id}-${MOTION}`,
      ways, given(scene, vote)[MOTION], (answer) => put(scene, vote, MOTION, answer))}</fieldset>
    <small>${rule(scene, vote, {})}</small>`;
}

/** What follows from the numbers, in sentences.  @param {Motion} vote @param {Tally} tally */
function follows(vote, tally) {
  const { call = 1, present = 0, represented = 0, could = 0, proxies = 0, needed = 0, carried, quorum, met } = tally;
  const yes = tally.items[MOTION]?.counts.for ?? 0, there = present + represented;
  return [t(call > 1 ? "motion.second" : "motion.first"),
    represented ? t("motion.there.more", { here: present, by_others: represented, all: could })
      : t("motion.there", { here: present, all: could }),
    quorum === undefined ? t("motion.quorum.none") : t(`motion.quorum.${met ? "met" : "missed"}`,
      { asked: quorum, n: there }), ...proxies ? [count("motion.proxies", proxies)] : [],
    t(`motion.${met === 0 ? "void" : carried ? "carried" : "lost"}`, { rule: ruleOf(vote), needed, yes })].join(" ");
}

/** @param {VoteScene} scene @param {Motion} vote */
export function draw(scene, vote) {
  const tally = seen(scene, vote);
  if (!tally) return looking(scene, vote, ANSWERS.map((answer) => t(`motion.${answer}`)));
  const counts = ANSWERS.map((answer) => tally.items[MOTION]?.counts[answer] ?? 0);
  return html`<section class="result motion"><h2>${title(vote)}</h2>${text(vote)}
    ${bars(counts, counts.reduce((sum, n) => sum + n, 0), false, TONES)}
    <ol>${ANSWERS.map((answer, i) => counted(scene, t(`motion.${answer}`), counts[i], counts))}</ol>
    ${tally.present === undefined || scene.ui.open(vote) ? nothing : html`<p class="follows">${follows(vote, tally)}</p>`}
    <p class="soft">${count("voters", tally.ballots)}</p></section>`;
}
