/** The head of the bar in a room: who acts, whether their hand is up, how the line is and whether it should carry less. */
import { memo } from "../shell/memo.js";
import { more, t } from "../shell/page.js";
import { html, icon, lineChip, nothing, weave } from "../shell/parts.js";

/** @import { Page, Room } from "../types.js" */

const SLOW = 10; // seconds of a slow line, until less data is offered

/** Who acts here, whether a hand is up, and how the line is.
 * @param {Page} page @param {Room} room @param {unknown} [help] the way to ask for it */
export function head(page, room, help) {
  const hand = page.copy.all("seat", (card) => card.seat === page.seat?.id && card.room === room.id)[0]?.hand;
  const several = page.seats.length > 1, verb = hand ? "hand.lower" : "hand.raise";
  return html`<div class="seats ${several ? "several" : ""}">${several ? html`<div class="people" role="group"
      aria-label=${t("who_speaks")}>${page.seats.map((seat) => html`<button type="button" class="chip"
        aria-pressed=${seat === page.seat} @click=${() => page.speak(seat)}><i
        class="weave ${weave(seat.delegation)}"></i><bdi>${seat.called ?? seat.name}</bdi></button>`)}</div>` : nothing}
      ${page.seat ? html`<button type="button" class="chip hand" aria-pressed=${Boolean(hand)}
        @click=${() => page.write(verb, { room: room.id })}>
        ${icon("hand")}<span class="word">${t(verb)}</span></button>` : nothing}${help}
      <span class="push">${lineChip(page, (on) => light(page, on))}</span></div>`;
}

/** Less data, or all at once.  @param {Page} page @param {boolean} on */
function light(page, on) {
  page.line.light = on;
  page.line.socket.again();
  void more().then(() => page.say(on ? t("light.why") : t("light.full")));
  memo("light", on ? "1" : "");
}

/** Offer less data, once, where the line stays slow.  @param {Page} page */
export function offerLight(page) {
  let slow = 0; // seconds
  const timer = setInterval(() => {
    slow = page.line.state() === "slow" ? slow + 1 : 0;
    if (slow < SLOW) return;
    clearInterval(timer);
    if (!page.line.light) page.say(t("light.offer"), "good", { label: t("light"), run: () => light(page, true) });
  }, 1000);
}
