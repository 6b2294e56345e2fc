/** What a form below a card says while what is sent from it would come late (static/js/participant/late.js). */
import { nothing } from "../../../../static/js/shell/parts.js";

/** @import { Idea, Scene } from "../../../../static/js/types.js" */

/** @param {Scene} scene @param {string} what a right @param {Idea} [card] */
export function late({ ui, redraw }, what, card) {
  const code = ui.late(what, card), { have, held } = tinkuy;
  return code && have(["late"], redraw) ? held.late.why(code, true) : nothing;
}
