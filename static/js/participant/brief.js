/** What stands below in one line: as whom one writes, and what is left to give.  A tap opens the whole: the people of the
 * device, the votes.  On a low screen it is there as soon as there is a choice or a vote, on others where several votes are
 * open. */
import { colon } from "../shell/colon.js";
import { delegation, later, t, word } from "../shell/page.js";
import { from, html, icon, nothing, paint, safely } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import { barred } from "../votes/may-vote.js";
import { before, title } from "../votes/voting.js";
import rules from "../../css/participant/brief.css";
import turns from "../../css/participant/quick.css";

/** @import { Page, Panel, Scene, Seat, Vote } from "../types.js" */

wear(rules);
wear(turns);

let open = false;

/** The seat to whom the device is being passed, and what is open.  @type {Seat|undefined} */
let to;
/** Votes that are open, as they were drawn last.  @type {Vote[]} */
let running = [];

/** Those who share a device vote one after the other: whoever is chosen sees their ballot once the device is theirs.
 * @param {Page} page */
function inTurn(page) {
  const speak = page.speak.bind(page);
  page.speak = (seat) => {
    to = running[0] && seat !== page.seat && page.seats[1] ? seat : undefined;
    if (to) passing(page, speak);
    else speak(seat);
  };
}

/** @param {Page} page @param {(seat: Seat) => void} speak */
function passing(page, speak) {
  if (!document.getElementById("passing"))
    document.body.append(Object.assign(document.createElement("div"), { id: "passing" }));
  for (const one of document.body.children) if (one.id !== "passing") one.toggleAttribute("inert", Boolean(to));
  const seat = to, end = (/** @type {boolean} */ begins) => {
    to = undefined;
    passing(page, speak);
    if (seat && begins) speak(seat);
  };
  const woven = delegation(seat?.delegation), name = seat?.name;
  paint("passing", seat ? html`<section class="ask pass" role="dialog" aria-modal="true" aria-label=${t("quick.to")}>
    <div>${woven ? html`<div class=${`pass-band weave w${woven.weave}`} aria-hidden="true"></div>` : nothing}
      <p class="pass-to">${t("quick.to")}</p><h2 class="pass-name" tabindex="-1"><bdi>${name}</bdi></h2>
      <p>${from(seat.delegation)}</p></div><p class="soft">${t("quick.alone", { name })}</p>
    <p class="ask-acts"><button type="button" class="main" @click=${() => end(true)}>${t("quick.me", { name })}</button>
      <button type="button" class="quiet" @click=${() => end(false)}>${t("quick.back", { name: page.seat?.name })}</button>
    </p></section>` : nothing);
  /** @type {HTMLElement|null} */ (document.querySelector("#passing h2"))?.focus();
}

/** The way to the next who has voted in nothing yet, once the one who has the device has in something.
 * @param {Scene} scene @param {Vote[]} votes */
function onward({ page, redraw }, votes) {
  const voted = (/** @type {Seat|undefined} */ seat) =>
    votes.some((vote) => Object.keys(page.myBallot(vote.id, seat?.id).choices)[0]);
  const next = page.seats[1] && voted(page.seat)
    ? page.seats.find((seat) => !voted(seat) && votes.some((vote) => !barred(vote, seat))) : undefined;
  return next && later("quick.pass", redraw) ? html`<p class="onward"><button type="button" class="main" @click=${() =>
    page.speak(next)}>${t("quick.pass", { name: next.name })}</button></p>` : nothing;
}

/** What one chooses with in the bar; where one may not vote, why not.
 * @param {Scene} scene @param {Vote[]} votes @param {Record<string, Panel>} panels */
export const bars = (scene, votes, panels) => [...votes.map((vote) => barred(vote, scene.page.seat)
  ? why(scene, vote) : safely(() => panels[vote.of].bar?.(/** @type {never} */ (scene), vote))), onward(scene, votes)];

/** The scene in which a vote is drawn: of one in which others vote, one only looks on.
 * @template {Scene} S @param {S} scene @param {Vote} vote @returns {S} */
export const seenBy = (scene, vote) => barred(vote, scene.page.seat)
  ? { ...scene, page: Object.create(scene.page, { seat: { value: undefined } }) } : scene;

/** @param {Scene} scene @param {Vote} vote */
const why = ({ page, redraw }, vote) => html`<p class="left barred">${before(vote, true)}${
  later(`vote.of.${barred(vote, page.seat)}`, redraw)}</p>`;

/** @param {Scene} scene @param {Vote[]} votes those that are open, which stand in the bar */
export function draw({ page, redraw }, votes) {
  running = votes;
  if (!Object.hasOwn(page, "speak")) inTurn(page);
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
