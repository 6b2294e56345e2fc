/** The board on a laptop: forty short cards in view, and once above them whose weave is whose. */
import { facts } from "../../../../static/js/shell/page.js";
import { html } from "../../../../static/js/shell/parts.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "../../../../static/css/board/wide.css";

wear(rules);

/** The delegations with their weaves: those that have a card here.  @param {import("./board.js").Board} board */
export function legend({ all }) {
  const here = new Set(all.map((card) => card.delegation));
  return html`<span class="legend">${facts.delegations.filter((one) => here.has(one.id)).map((one) => html`<span
    class="from"><i class="weave w${one.weave}"></i>${one.name}</span>`)}</span>`;
}
