/** Which cards the team has read.  It is asked for now and then: marks are no part of a card and come on no line. */
import { http } from "./line.js";
import { cardNumber, facts, t } from "./page.js";
import { html } from "./parts.js";

const EVERY_MS = 10000;

/** Ask now and every few seconds while somebody looks.
 * @param {string} where "/progress" or "/r/3/read" @param {(answer: any) => void} take @param {() => void} [begin] called before each question
 * @returns asks at once */
export function follow(where, take, begin) {
  const ask = async () => {
    if (document.hidden) return;
    begin?.();
    try {
      const answer = await http(`/w/${facts.workshop.id}${where}`);
      if (answer.ok) take(answer);
    } catch {
      /* the next time */
    }
  };
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  void ask();
  return ask;
}

export class Marks {
  /** @param {() => any} page */
  constructor(page) {
    /** @type {Set<string>} */
    this.read = new Set();
    this.turned = false; // since the last question was asked: its answer may not know of it
    follow(`/r/${facts.room.number}/read`, ({ cards }) => {
      if (this.turned) return;
      const waiting = page().outbox.waiting().filter((/** @type {any} */ item) => item.verb === "contribution.read");
      this.read = new Set(cards);
      for (const { payload } of waiting) this.put(payload.id, payload.on);
      page().changed();
    }, () => { this.turned = false; });
  }

  /** @param {string} id @param {boolean} on */
  put(id, on) {
    if (on) this.read.add(id);
    else this.read.delete(id);
  }

  /** @param {any} page @param {any} room @param {any} card */
  button(page, room, card) {
    const on = this.read.has(card.id);
    const turn = () => {
      this.put(card.id, !on);
      this.turned = true;
      void page.write("contribution.read", { id: card.id, on: !on }, null);
      page.changed();
    };
    return html`<button type="button" class="small quiet" aria-pressed=${on} @click=${turn}>${on ? "✓" : "○"} ${t("read.it")}
      <span class="unseen">${cardNumber(card, room.number)}</span></button>`;
  }

  /** How many of the cards were read, and how many stand in a group or are cited.  @param {any[]} cards @param {Set<string>} cited */
  meter(cards, cited) {
    const read = cards.filter((card) => this.read.has(card.id)).length, placed = cards.filter((card) => card.group || cited.has(card.id)).length;
    return html`<p class="meter"><b>${t("read.of", { n: read, all: cards.length })}</b> <progress max=${cards.length} value=${read} aria-hidden="true"></progress>
      <span class="soft">${t("read.placed", { n: placed, all: cards.length })}</span></p>`;
  }
}
