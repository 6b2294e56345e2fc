/** Who has been heard: cards and time of turns by delegation, channel, place and what people declare. */
import { count, delegation, facts, t } from "../shell/page.js";
import { html, icon, nothing } from "../shell/parts.js";
import { apart } from "./tile.js";
import { clock } from "../participant/speaking.js";

/** @import { Drawn, Page, Progress } from "../types.js" */
/** @typedef {import("./tile.js").Told} Told */
/** @typedef {[label: Drawn, n: number, weave?: string][]} Bars */

const STILL_MIN = 20; // without a card of a delegation

/** What the team wrote or brought in is nobody's voice, and of what is private only how many there are is told: with both,
 * each chart of cards adds up to the cards of the rooms.
 * @param {Page} page @param {Progress["all"]} all @param {Told[]} rooms */
export function balance(page, all, rooms) {
  const { heard, spoken, genders = [], team, private: secret, people, devices, hall, remote } = all;
  const where = html`<p class="soft">${count("seats", people)}${t("colon")}${t("where", { hall, remote })} · ${
    count("devices", devices)}</p>`;
  const { delegations, sites } = facts, woven = (/** @type {{weave: number}} */ one) => `woven w${one.weave}`;
  const speech = (/** @type {string} */ title, /** @type {Bars} */ bars) =>
    bars.some(([, n]) => n) ? chart(title, bars, clock) : nothing;
  const turns = speech(t("spoken.delegation"),
    delegations.map((one) => [one.name, spoken.delegations[one.id] ?? 0, woven(one)]));
  const ways = speech(t("spoken.channel"), [[t("hall"), spoken.hall], [t("remote"), spoken.remote]]);
  if (facts.workshop.privacy === "anonymous" || !rooms.length) return html`${where}${turns}${ways}`;
  const voices = heard.hall + heard.remote;
  const cards = (/** @type {string} */ title, /** @type {Bars} */ bars, without = "") => chart(title, bars, String, html`${
    without ? line(without, voices - bars.reduce((sum, [, n]) => sum + n, 0)) : nothing}${
    line(t("by_team"), team)}${line(t("by_private"), secret)}`);
  const declared = (/** @type {2|3} */ at) => /** @type {Bars} */ (genders.map((row) => [
    html`${t(`gender.${row[0]}`)} <span class="soft">${count("seats", row[1])}</span>`, row[at]]));
  return html`${cards(t("by_delegation"), delegations.map((one) => [one.name, heard.delegations[one.id] ?? 0, woven(one)]),
    t("by_no_delegation"))}${silent(page, all, rooms)}${turns}
    <details><summary>${t("more.numbers")}</summary>${where}
    ${cards(t("by_channel"), [[t("hall"), heard.hall], [t("remote"), heard.remote]])}${ways}
    ${sites ? cards(t("by_site"), sites.map((site) => [site.name, heard.sites[site.id] ?? 0]), t("by_no_site")) : nothing}
    ${genders.length ? html`${chart(t("by_gender"), declared(2), String)}${speech(t("spoken.gender"), declared(3))}`
      : nothing}</details>`;
}

/** @param {string} title @param {Bars} bars @param {(n: number) => string} said @param {Drawn} [more] */
function chart(title, bars, said, more = nothing) {
  const most = Math.max(1, ...bars.map(([, n]) => n));
  return html`<section><h2>${title}</h2><ul>${bars.map(([label, n, woven = ""]) => html`<li><span>${label}</span>
    <meter class=${woven} min="0" max=${most} .value=${n}></meter><b>${said(n)}</b></li>`)}${more}</ul></section>`;
}

/** @param {string} label @param {number} n */
const line = (label, n) => n ? html`<li><span>${label}</span><span></span><b>${n}</b></li>` : nothing;

/** Whose cards are missing: a fact, and nobody's fault. Of a delegation of five people or more also since when nothing came,
 * while rooms work.  @param {Page} page @param {Progress["all"]} all @param {Told[]} rooms */
function silent(page, all, rooms) {
  const unheard = rooms.filter(({ n }) => n.cards > 2 && n.silent.length).map(({ room, n }) => html`<p
    class="state silent">${icon("quiet")} <span>${t("group", { n: room.number })}${t("colon")}${t("quiet", {
      name: n.silent.map((id) => apart(delegation(id)?.name ?? "")).join(", ") })}</span></p>`);
  const still = rooms.some(({ room }) => room.state === "open") ? facts.delegations.flatMap(({ id, name }) => {
    const at = all.spoke?.[id], now = Date.now() / 1000 + page.line.skew;
    const n = at ? Math.floor((now - Date.parse(at) / 1000) / 60) : 0;
    return n >= STILL_MIN ? html`<p class="state silent">${icon("quiet")} <span>${
      t("still", { name: apart(name), n })}</span></p>` : [];
  }) : nothing;
  return html`${still}${unheard}`;
}
