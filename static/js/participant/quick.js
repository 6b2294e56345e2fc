/** A vote that stands by itself, over whatever the phone was doing: what was being typed stays, and one goes back to it.
 * Those who share a device vote one after the other, and nobody sees what another chose. */
import { memo } from "../shell/memo.js";
import { delegation, facts, t, word } from "../shell/page.js";
import { from, html, icon, notes, nothing, paint } from "../shell/parts.js";
import { have, held } from "../shell/later.js";
import { wear } from "../shell/wear.js";
import { barred } from "../votes/may-vote.js";
import rules from "../../css/participant/quick.css";

/** @import { Drawn, Named, Page, Panel, Room, Seat, Vote, VoteScene } from "../types.js" */

wear(rules);

/** Whose turn it is, and whether they have begun.  @type {{vote: string, seat: string, begun: boolean}|undefined} */
let turn;
/** @type {Set<string>} "vote/seat" of those who are done, or not here now */
const out = new Set();
let styled = false;
const QUIET_MS = 2000; // without a letter, before a vote comes over what somebody writes
let wrote = document.activeElement?.matches("textarea, input") ? Date.now() : 0;
addEventListener("input", () => { wrote = Date.now(); }, true);
/** @type {HTMLElement|null} where one was */
let before = null;

/** Who votes on this device.  @param {Vote} vote @param {Room|undefined} room */
const voters = (vote, room) => facts.seats.filter((seat) => (vote.room !== room?.id || seat.room === room.id)
  && !barred(vote, seat));

/** @param {Page} page @param {Vote} vote @param {Seat} seat */
const voted = (page, vote, seat) => Object.keys(page.myBallot(vote.id, seat.id).choices).length > 0;

/** Who has not voted yet.  @param {Page} page @param {Vote} vote @param {Room|undefined} room */
const rest = (page, vote, room) =>
  voters(vote, room).filter((seat) => !out.has(`${vote.id}/${seat.id}`) && !voted(page, vote, seat));

/** Whether it was put off.  @param {Vote} vote @param {string} [on] */
const off = (vote, on) => memo(`quick:${vote.id}`, on, "sessionStorage");

/** @param {Vote} vote */
const title = (vote) => word(vote.settings.title) || vote.title;

/** Time left.  @param {Page} page @param {Vote} vote */
function left(page, { closes }) {
  const n = closes ? Math.max(0, Math.round(Date.parse(closes) / 1000 - Date.now() / 1000 - page.line.skew)) : 0;
  return closes ? html`<span class="chip clock ${n < 60 ? "over" : ""}">${icon("clock")} ${Math.floor(n / 60)}:${
    String(n % 60).padStart(2, "0")}</span>` : nothing;
}

/** The sheet, and the votes beside it as lines.  @param {Page} page @param {Room|undefined} room @param {Vote[]} votes
 * @returns {Drawn[]} */
export function draw(page, room, votes) {
  let vote = votes.find((one) => one.id === turn?.vote);
  if (turn && !vote) over(page, turn.vote);
  const waits = turn ? 0 : wrote + QUIET_MS - Date.now();
  if (waits > 0) setTimeout(() => page.changed(), waits);
  else vote ??= votes.find((one) => !off(one) && rest(page, one, room)[0]);
  if (vote && !turn) next(page, vote, room);
  const sheet = vote && turn ? vote : undefined, body = document.body;
  if (!document.getElementById("asked"))
    body.append(Object.assign(document.createElement("div"), { id: "asked",
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && turn && later(page) }));
  if (Boolean(sheet) !== body.classList.contains("asked-over")) {
    body.classList.toggle("asked-over", Boolean(sheet));
    if (sheet) before = /** @type {HTMLElement|null} */ (document.activeElement);
    for (const one of body.children) if (one.id !== "asked") one.toggleAttribute("inert", Boolean(sheet));
    if (!sheet) before?.focus({ preventScroll: true });
  }
  paint("asked", sheet ? ask(page, sheet, room) : nothing);
  if (sheet && !document.getElementById("asked")?.contains(document.activeElement))
    /** @type {HTMLElement|null} */ (document.querySelector("#asked h2"))?.focus();
  return votes.filter((one) => one !== sheet).map((one) => line(page, one, room));
}

/** @param {Page} page @param {Vote} vote @param {Room|undefined} room */
function next(page, vote, room) {
  const [seat] = rest(page, vote, room);
  turn = seat && { vote: vote.id, seat: seat.id, begun: voters(vote, room).length < 2 };
}

/** It was closed while it was open here.  @param {Page} page @param {string} id */
function over(page, id) {
  turn = undefined;
  const run = () => location.assign(`/w/${facts.workshop.id}/votes/${id}`);
  const vote = /** @type {Vote|undefined} */ (page.copy.get(id, "activity"));
  const said = vote ? t("quick.over.named", { title: title(vote) }) : t("quick.over");
  page.say(said, "good", { label: t("quick.result"), run });
}

/** One has answered, or is not here now; whoever has not comes next.
 * @param {Page} page @param {Vote} vote @param {Room|undefined} room @param {boolean} [thanks] */
function done(page, vote, room, thanks) {
  out.add(`${vote.id}/${turn?.seat}`);
  turn = undefined;
  next(page, vote, room);
  if (!turn && thanks) page.say(t("quick.saved"));
  page.changed();
}

/** @param {Page} page */
function later(page) {
  const vote = page.copy.get(turn?.vote, "activity");
  turn = undefined;
  if (vote) off(/** @type {Vote} */ (vote), "1");
  page.changed();
}

/** A vote that is open, put off, or done.  @param {Page} page @param {Vote} vote @param {Room|undefined} room */
function line(page, vote, room) {
  const people = voters(vote, room), all = people.every((seat) => voted(page, vote, seat));
  const open = () => {
    off(vote, "");
    for (const seat of people) out.delete(`${vote.id}/${seat.id}`);
    const seat = rest(page, vote, room)[0] ?? people[0];
    turn = { vote: vote.id, seat: seat.id, begun: people.length < 2 };
    page.changed();
  };
  if (!people[0]) return html`<div class="asked-for"><p><b>${title(vote)}</b> ${t("quick.others")}</p></div>`;
  return html`<div class="asked-for"><p>${all ? html`${icon("check")} ` : nothing}<b>${title(vote)}</b> ${
      left(page, vote)}</p>
    <button type="button" class=${all ? "quiet" : ""} @click=${open}>${
      all ? t("quick.change") : t("quick.vote")}</button></div>`;
}

/** @param {Page} page @param {Vote} vote @param {Room|undefined} room */
function ask(page, vote, room) {
  const people = voters(vote, room), seat = people.find(({ id }) => id === turn?.seat);
  if (!seat) {
    turn = undefined;
    page.changed();
    return nothing;
  }
  const others = rest(page, vote, room).filter((one) => one !== seat), has = voted(page, vote, seat);
  const head = html`<p class="ask-head"><span>${
    vote.room === room?.id ? t("quick.room") : t("quick.all")}</span>${left(page, vote)}</p>`;
  if (!turn?.begun) return pass(page, vote, room, seat);
  const typed = /** @type {HTMLTextAreaElement|null} */ (document.getElementById("text"))?.value.trim();
  return html`<section class="ask" role="dialog" aria-modal="true" aria-label=${title(vote)}>${head}
    ${people[1] ? html`<p class="pass-who">${from(seat.delegation, true)} <bdi>${seat.name}</bdi></p>` : nothing}
    <h2 tabindex="-1">${title(vote)}</h2>${ballot(page, vote, room, seat)}
    ${typed && !people[1] ? html`<p class="kept">${icon("check")} ${t("quick.kept")}</p>` : nothing}
    <p class="soft">${[word(vote.settings.said), vote.settings.rules?.named === "secret" ? t("rule.secret") : "",
      t(vote.settings.reveal === "close" ? "rule.close" : "rule.change")].filter(Boolean).join(" ")}</p>
    <p class="ask-acts">${has ? html`<button type="button" class="main" @click=${() => done(page, vote, room, true)}>${
      others[0] ? t("quick.pass", { name: others[0].name }) : t("quick.done")}</button>`
      : html`<button type="button" class="quiet" @click=${() => later(page)}>${t("quick.later")}</button>`}</p>
    <div class="said-here" role="status">${notes(page)}</div></section>`;
}

/** What one chooses: large, where it is one of a few answers; else as its kind draws it.
 * @param {Page} page @param {Vote} vote @param {Room|undefined} room @param {Seat} seat */
function ballot(page, vote, room, seat) {
  /** @type {Page} whoever's turn it is speaks, and what is written in the room stays whose it is */
  const theirs = Object.create(page, { seat: { value: seat } });
  const { options = [], most = 1, own } = /** @type {{options?: Named[], most?: number, own?: boolean}} */ (vote.settings);
  if (vote.of === "choice" && most < 2 && !own) {
    const [chosen] = Object.keys(theirs.myBallot(vote.id).choices);
    return html`<div class="picks" role="radiogroup">${options.map(({ key, title: called }) => html`<label><input
      type="radio" name=${`ask-${seat.id}`} .checked=${chosen === key}
      @change=${() => theirs.castBallot(vote.id, { [key]: 1 })}><span>${word(called)}</span></label>`)}</div>`;
  }
  const redraw = () => page.changed();
  // The style of votes brings nothing by which one knows that it is here: it is fetched once.
  if (!styled && !document.body.classList.contains("voting")) have(["votes"], redraw);
  styled = true;
  if (!have([vote.of], redraw)) return html`<p class="soft">…</p>`;
  const blank = { ...vote, tally: null }; // who is asked is not told what others chose
  const panel = /** @type {Record<string, Panel>} */ (/** @type {unknown} */ (held))[vote.of];
  const scene = /** @type {VoteScene} */ ({ page: theirs, room: room ?? page.copy.get(vote.room, "room"), redraw,
    votes: [blank], panels: held, ui: { open: () => true, posting: false, asked: true } });
  return html`${panel.bar?.(/** @type {never} */ (scene), blank)}${panel.draw?.(/** @type {never} */ (scene), blank)}`;
}

/** The phone goes to somebody else.
 * @param {Page} page @param {Vote} vote @param {Room|undefined} room @param {Seat} seat */
function pass(page, vote, room, seat) {
  const woven = delegation(seat.delegation), name = seat.name;
  const go = () => {
    turn = { vote: vote.id, seat: seat.id, begun: true };
    page.changed();
  };
  return html`<section class="ask pass" role="dialog" aria-modal="true" aria-label=${t("quick.to")}>
    <div>${woven ? html`<div class=${`pass-band weave w${woven.weave}`} aria-hidden="true"></div>` : nothing}
      <p class="pass-to">${t("quick.to")}</p><h2 class="pass-name" tabindex="-1"><bdi>${name}</bdi></h2>
      <p>${from(seat.delegation)}</p></div>
    <p class="soft">${t("quick.alone", { name })}</p>
    <div><p class="turns">${voters(vote, room).map((one) => html`<span class=${`chip ${one === seat ? "now" : ""}`}>${
      voted(page, vote, one) ? icon("check") : nothing}<bdi>${one.name}</bdi></span>`)}</p>
    <p class="ask-acts"><button type="button" class="main" @click=${go}>${t("quick.me", { name })}</button>
      <button type="button" class="quiet" @click=${() => done(page, vote, room)}>${t("quick.absent", { name })}</button>
      <button type="button" class="quiet" @click=${() => later(page)}>${t("quick.later")}</button></p></div></section>`;
}
