/** The questions to all, drawn from the cards of the copy alone. */
import { count, t } from "../shell/page.js";
import { html, nothing, repeat } from "../shell/parts.js";

/** @import { Asked, Drawn, Page } from "../types.js" */

/** In the order in which they are read: those that wait, by support, what was answered last.  @param {Page} page */
export const questions = (page) => page.copy.all("question").sort((a, b) =>
  Number(a.answered ?? 0) - Number(b.answered ?? 0) || Number(b.waits ?? 0) - Number(a.waits ?? 0)
  || b.supports - a.supports || a.number - b.number);

/** The first `most` questions, the others folded.
 * @param {Asked[]} all @param {(one: Asked) => Drawn} [acts] @param {number} [most] */
export const asked = (all, acts, most = all.length) => html`${rows(all.slice(0, most), acts)}${all.length > most
  ? html`<details class="rest"><summary>${t("speak.more", { n: all.length - most })}</summary>${rows(all.slice(most),
    acts)}</details>` : nothing}`;

/** @param {Asked[]} some @param {(one: Asked) => Drawn} [acts] */
const rows = (some, acts = () => nothing) => html`<ol class="questions">${repeat(some, ({ id }) => id, (one) =>
  html`<li class="question ${one.answered ? "answered" : ""}"><p class="text" dir="auto">${one.text}</p>
    <p class="about soft">${t("ask.number", { n: one.number })}${one.name ? html` · <bdi>${one.name}</bdi>` : nothing}${
    one.supports ? ` · ${count("ask.people", one.supports)}` : ""}${one.answered ? ` · ${t("ask.answered")}` : ""}${
    one.waits ? ` · ${t("ask.waits")}` : ""}</p>${acts(one)}</li>`)}</ol>`;
