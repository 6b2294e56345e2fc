/** What a form below a card says while what is sent from it would come late (static/js/late.js). */
import { nothing } from "../../../static/js/parts.js";

/** @param {import("./panel.js").Scene} scene @param {string} what a right @param {any} [card] */
export function late({ ui, redraw }, what, card) {
  const code = ui.late(what, card), { have, held } = /** @type {any} */ (globalThis).tinkuy;
  return code && have(["late"], redraw) ? held.late.why(code, true) : nothing;
}
