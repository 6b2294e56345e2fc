/** The board on a laptop: forty short cards in view, and once above them whose weave is whose. */
import { facts } from "../../../../static/js/shell/page.js";
import { html } from "../../../../static/js/shell/parts.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "../../../../static/css/board/wide.css";

wear(rules);

// A button that was pressed keeps the focus, and with it what lies over the next card: it goes with the pointer.
document.addEventListener("pointerout", ({ target, relatedTarget }) => {
  const card = /** @type {Element} */ (target).closest?.(".columns .card"), held = document.activeElement;
  if (card && held?.matches(".tools *") && card.contains(held) && !card.contains(/** @type {Node|null} */ (relatedTarget)))
    /** @type {HTMLElement} */ (held).blur();
});

/** The delegations with their weaves: those that have a card here.  @param {import("./board.js").Board} board */
export function legend({ all }) {
  const here = new Set(all.map((card) => card.delegation));
  return html`<span class="legend">${facts.delegations.filter((one) => here.has(one.id)).map((one) => html`<span
    class="from"><i class="weave w${one.weave}"></i>${one.name}</span>`)}</span>`;
}
