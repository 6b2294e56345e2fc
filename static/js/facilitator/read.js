/** Which cards the team has read.  It is asked for now and then: marks are no part of a card and come on no line. */
import { http } from "../line/line.js";
import { cardNumber, facts, t } from "../shell/page.js";
import { html, icon } from "../shell/parts.js";

/** @import { Idea, Page, Room } from "../types.js" */

const EVERY_MS = 10000;

/** Ask now and every few seconds while somebody looks.  @template A
 * @param {string} where "/progress" or "/r/3/read" @param {(answer: A) => void} take
 * @param {() => void} [begin] called before each question @returns asks at once */
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
  /** @param {() => Page} page */
  constructor(page) {
    /** @type {Set<string>} */
    this.read = new Set();
    this.turned = false; // since the last question was asked: its answer may not know of it
    follow(`/r/${facts.room.number}/read`, (/** @type {{cards: string[]}} */ { cards }) => {
      if (this.turned) return;
      const waiting = page().outbox.waiting().filter((item) => item.verb === "contribution.read");
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

  /** @param {Page} page @param {Room} room @param {Idea} card */
  button(page, room, card) {
    const on = this.read.has(card.id);
    const turn = () => {
      this.put(card.id, !on);
      this.turned = true;
      void page.write("contribution.read", { id: card.id, on: !on }, null);
      page.changed();
    };
    return html`<button type="button" class="small quiet" aria-pressed=${on} @click=${turn}>
      ${icon(on ? "check" : "eye")} ${t("read.it")}
      <span class="unseen">${cardNumber(card, room.number)}</span></button>`;
  }

  /** How many of the cards were read, and how many stand in a group or are cited.
   * @param {Idea[]} cards @param {Set<string>} cited */
  meter(cards, cited) {
    const all = cards.length, read = cards.filter((card) => this.read.has(card.id)).length;
    const placed = cards.filter((card) => card.group || cited.has(card.id)).length;
    return html`<p class="meter"><b>${t("read.of", { n: read, all })}</b>
      <progress max=${all} value=${read} aria-hidden="true"></progress>
      <span class="soft">${t("read.placed", { n: placed, all })}</span></p>`;
  }
}
