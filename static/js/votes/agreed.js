/** What a room has agreed, in the plenary and on the wall: each with who answers for it and until when. */
import { colon } from "../shell/colon.js";
import { t, word } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";

/** @import { Agreed, Summary } from "../types.js" */

/** @param {Summary|undefined} summary */
export const agreed = (summary) => summary?.agreed?.length ? html`<section class="agreed"><h3>${t("agreed")}</h3>
  <ol class="plain">${summary.agreed.map((one) => html`<li>${"more" in one ? t("agreed.more", { n: one.more }) : line(one)}
  </li>`)}</ol></section>` : nothing;

/** @param {Exclude<Agreed, {more: number}>} one */
const line = ({ number, text, lines }) => html`<p class="text"><b class="number">${number}</b> ${text}</p>${
  lines.length ? html`<p class="about soft">${lines.map(([title, value], i) => html`<span>${word(title)}${colon()}<b>${
    word(value)}</b></span>${i < lines.length - 1 ? " · " : nothing}`)}</p>` : nothing}`;
