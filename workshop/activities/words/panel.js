/** Words that people write: a field and what one has written; of all, a cloud and, beside it, a list with numbers. */
import { colon } from "../../../static/js/shell/colon.js";
import { count, t } from "../../../static/js/shell/page.js";
import { html, icon, nothing, repeat } from "../../../static/js/shell/parts.js";
import { wear } from "../../../static/js/shell/wear.js";
import rules from "./words.css";
import { counted, gaveAll, given, looking, rule, seen, size, title, told } from "../../../static/js/votes/voting.js";

/** @import { CardVote, VoteScene } from "../../../static/js/types.js" */
/** @typedef {{seats: number, delegations: number, common?: number}} Word */
/** @typedef {CardVote<{most: number}, Word, string[]>} Cloud */

const WORDS = "words", LONGEST = 60, SHOWN = 40, FIRST = 10;
wear(rules);

/** What the seat has written.  @param {VoteScene} scene @param {Cloud} vote */
const mine = (scene, vote) => given(scene, vote)[WORDS] ?? [];

/** What is compared before the server compares it better.  @param {string} text */
const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** A field, as long as there is something left to write.  @param {import("../../../static/js/types.js").Scene} scene
 * @param {Cloud} vote */
export function bar(scene, vote) {
  const { page } = scene, { most } = vote.settings, said = mine(scene, vote), free = most - said.length;
  const put = (/** @type {string[]} */ words) => void page.castBallot(vote.id, words.length ? { [WORDS]: words } : {});
  const add = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("said"));
    const text = field.value.trim().replace(/\s+/g, " "), now = mine(scene, vote);
    if (!text || now.length >= most) return field.focus();
    if (now.some((one) => bare(one) === bare(text))) return void page.say(t("cloud.same"));
    if (text.length <= LONGEST) field.value = "";
    put([...now, text]);
    field.focus();
  };
  return html`<div class="cloud-mine">${told(scene, vote, { left: free > 0 ? count("cloud.left", free) : t("cloud.none"),
    n: Math.max(free, 0), all: most, rule: rule(scene, vote, {}) })}
    ${said.length ? html`<ul class="said">${said.map((one) => html`<li><bdi>${one}</bdi><button type="button"
      aria-label=${t("cloud.out", { what: one })} @click=${() =>
        put(mine(scene, vote).filter((other) => other !== one))}>${icon("close")}</button></li>`)}</ul>` : nothing}
    ${repeat([page.seat?.id], (id) => id, () => html`<form @submit=${add} ?hidden=${free < 1}><input name="said"
      data-most=${LONGEST} autocomplete="off" aria-label=${`${title(vote)}${colon()}${t("cloud.write")}`}
      placeholder=${t("cloud.write")}> <button class=${scene.ui.posting ? "" : "main"}>${
        t("cloud.add")}</button></form>`)}</div>`;
}

/** The cloud and the list.  @param {VoteScene} scene @param {Cloud} vote */
export function draw(scene, vote) {
  const tally = seen(scene, vote), items = Object.entries(tally?.items ?? {});
  if (!tally || !items.length) return looking(scene, vote);
  items.sort(([one, a], [other, b]) => b.seats - a.seats || (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  const counts = items.map(([, { seats }]) => seats);
  const line = (/** @type {[string, Word]} */ [text, { seats }]) => counted(scene, text, seats, counts);
  const large = items.filter(([, { common }]) => !common).slice(0, SHOWN);
  return html`<section class="result words"><h2>${title(vote)}</h2>
    <p class="cloud" aria-hidden="true">${large.map(([text, { seats }]) => html`<span class=${
      size(seats, counts[0])}>${text}</span> `)}</p>
    <ol>${items.slice(0, FIRST).map(line)}</ol>
    ${items.length > FIRST ? html`<details><summary>${count("cloud.all", items.length)}</summary>
      <ol>${items.slice(FIRST).map(line)}</ol></details>` : nothing}
    <p class="soft">${gaveAll(vote)}</p></section>`;
}
