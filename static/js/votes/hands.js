/** Votes that the team entered by hand: how many, how, where, by whom, when (workshop/words/hands.py words the same). */
import { count, facts, later, t } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";

/** @import { ByHand, Vote, VoteScene } from "../types.js" */

/** @param {string} iso */
const hour = (iso) => new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  timeZone: facts.zones?.[0] }).format(new Date(iso));

/** One count.  @param {ByHand} one */
function entered(one) {
  const place = one.site || (one.room ? t("hands.room", { n: one.room }) : "");
  return t("hands.entered", { n: one.n, how: t(`hands.${one.how}${place ? ".at" : ""}`, { place }), who: one.by,
    time: hour(one.at) });
}

/** All that was entered for a vote; of what does not count, why.  @param {VoteScene} scene @param {Vote} vote */
export const hands = (scene, vote) => vote.hands?.length && later("hands.entered", scene.redraw)
  ? html`<ul class="by-hand">${vote.hands.map((one) => html`<li class=${one.over === undefined ? "" : "problem"}>${
    entered(one)}${one.over === undefined ? nothing : `. ${wrong(one.over)}`}</li>`)}</ul>` : nothing;

/** Why a count does not count.  @param {number} left */
const wrong = (left) => left ? count("hands.over", left) : t("hands.over.none");
