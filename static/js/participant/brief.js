/** What stands below in one line: as whom one writes, and what is left to give.  A tap opens the whole: the people of the
 * device, the votes.  On a low screen it is there as soon as there is a choice or a vote, on others where several votes are
 * open. */
import { colon } from "../shell/colon.js";
import { later, t, word } from "../shell/page.js";
import { html, icon, nothing, paint, safely } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import { barred } from "../votes/may-vote.js";
import { before, title } from "../votes/voting.js";
import rules from "../../css/participant/brief.css";

/** @import { Panel, Scene, Vote } from "../types.js" */

wear(rules);

let open = false;

/** What one chooses with in the bar; where one may not vote, why not.
 * @param {Scene} scene @param {Vote[]} votes @param {Record<string, Panel>} panels */
export const bars = (scene, votes, panels) => votes.map((vote) => barred(vote, scene.page.seat)
  ? why(scene, vote) : safely(() => panels[vote.of].bar?.(/** @type {never} */ (scene), vote)));

/** The scene in which a vote is drawn: of one in which others vote, one only looks on.
 * @template {Scene} S @param {S} scene @param {Vote} vote @returns {S} */
export const seenBy = (scene, vote) => barred(vote, scene.page.seat)
  ? { ...scene, page: Object.create(scene.page, { seat: { value: undefined } }) } : scene;

/** @param {Scene} scene @param {Vote} vote */
const why = ({ page, redraw }, vote) => html`<p class="left barred">${before(vote, true)}${
  later(barred(vote, page.seat) === "none" ? "vote.of.delegations" : "vote.of.others", redraw)}</p>`;

/** @param {Scene} scene @param {Vote[]} votes those that are open, which stand in the bar */
export function draw({ page, redraw }, votes) {
  const bottom = /** @type {HTMLElement} */ (document.querySelector(".bottom"));
  const bar = /** @type {HTMLElement} */ (document.getElementById("bar"));
  if (!document.getElementById("brief"))
    for (const id of ["veil", "brief"]) bar.before(Object.assign(document.createElement("div"), { id }));
  const veiled = votes.filter((vote) => vote.settings.rules?.named === "secret");
  paint("veil", veiled[0] && later("rule.secret", redraw) ? html`<p>${icon("lock")} <span>${
    veiled.length < votes.length ? html`<b>${veiled.map(title).join(", ")}</b>${colon()}`
      : nothing}${t("rule.secret")}</span></p>` : nothing);
  const several = page.seats.length > 1, state = page.line.state(), wanted = several || votes.length > 0;
  open &&= wanted;
  if (!document.getElementById("rules")) bar.before(Object.assign(document.createElement("div"), { id: "rules" }));
  paint("rules", html`${votes.map(({ settings: { said } }) => said && html`<p class="vote-rules">${word(said)}</p>`)}`);
  bottom.classList.toggle("in-brief", wanted);
  bottom.classList.toggle("many", votes.length > 1);
  bottom.classList.toggle("unfolded", open);
  const turn = () => {
    open = !open;
    redraw();
  };
  paint("brief", wanted ? html`<button type="button" aria-controls="bar" aria-expanded=${open} @click=${turn}>
    ${several ? html`<b class="speaks"><bdi>${page.seat?.name}</bdi></b> ` : nothing}<span>${
    votes.length > 1 ? html`<b>${t("votes.open", { n: votes.length })}</b> ` : nothing}${
    votes.length ? told(bar) : nothing}</span>${
    state === "online" ? nothing : html`<small class="chip ${state}">${t(`line.${state}`)}</small>`}<i
      aria-hidden="true">${open ? "▾" : "▴"}</i></button>` : nothing);
}

/** What the bar says of the votes, without what is pressed there.  @param {HTMLElement} bar */
function told(bar) {
  const said = [...bar.children].filter((one) => !one.matches(".seats, details"))
    .map((one) => (one.querySelector("legend, .left") ?? one).textContent?.trim() ?? "");
  return said.join(" · ");
}
