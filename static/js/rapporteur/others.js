/** Cards of other rooms: looked for on the rapporteur's page, to be cited. */
import { http } from "../line/line.js";
import { facts, t } from "../shell/page.js";
import { html, icon, nothing, repeat } from "../shell/parts.js";

/** @typedef {{id: string, number: string, room: number, title: string, text: string, name?: string}} Other */

const WAIT_MS = 400; // after the last letter

export class Others {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    /** @type {Map<string, Other>} those that were found once */
    this.known = new Map();
    /** @type {Other[]} */
    this.found = [];
    this.text = this.shown = "";
    this.more = 0;
    /** @type {"" | "looking" | "failed"} */
    this.state = "";
    this.timer = 0;
    /** @type {Set<string>} ids whose names were asked for */
    this.asked = new Set();
  }

  /** What a cited card of another room is called; it is asked for where nobody has seen it yet.  @param {string} id */
  called(id) {
    if (!this.known.has(id) && !this.asked.has(id)) {
      this.asked.add(id);
      void this.fetch({ ids: id }).catch(() => this.asked.delete(id));
    }
    return this.known.get(id)?.number;
  }

  /** @param {Record<string, string>} question */
  async fetch(question) {
    const answer = await http(`/w/${facts.workshop.id}/r/${facts.room.number}/others?${new URLSearchParams(question)}`);
    if (!answer.ok) throw new Error(answer.code);
    for (const card of answer.cards) this.known.set(card.id, card);
    this.changed();
    return answer;
  }

  /** @param {string} text */
  look(text) {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = Number(setTimeout(() => void this.ask(), WAIT_MS));
  }

  async ask() {
    const text = this.text.trim();
    clearTimeout(this.timer);
    this.state = text ? "looking" : "";
    this.changed();
    try {
      const { cards, more } = text ? await this.fetch({ text }) : { cards: [], more: 0 };
      if (text === this.text.trim()) Object.assign(this, { found: cards, more, shown: text, state: "" });
    } catch {
      this.state = "failed";
    }
    this.changed();
  }

  /** The field and what was found.  @param {string[]} cites @param {(id: string) => void} cite */
  draw(cites, cite) {
    const enter = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it looks, and does not save the sentence
      void this.ask();
    };
    const look = (/** @type {Event} */ event) => this.look(/** @type {HTMLInputElement} */ (event.target).value);
    const said = this.state === "looking" ? t("others.looking") : this.state ? t("others.failed")
      : this.shown && !this.found.length ? t("others.none") : this.more ? t("others.more", { n: this.more }) : "";
    return html`<div class="others"><label for="others">${t("others")}</label>
      <input id="others" type="search" autocomplete="off" .value=${this.text} @keydown=${enter} @input=${look}>
      <p class="soft" role="status">${said}</p>
      ${this.found.length ? html`<ol class="cards">${repeat(this.found, (card) => card.id, (card) => html`<li class="card">
        <p class="head"><a class="number" href="/w/${facts.workshop.id}/card/${card.id}" target="_blank">${card.number}</a>
          ${card.name ? html`<bdi class="who">${card.name}</bdi>` : nothing}
          <span class="soft">${t("group", { n: card.room })} · ${card.title}</span></p>
        <p class="text">${card.text}</p>
        <p class="tools"><span class="push"></span><button type="button" class="small"
          aria-pressed=${cites.includes(card.id)} @click=${() => cite(card.id)}>
          ${icon(cites.includes(card.id) ? "check" : "quote")} ${t("cite")}<span class="unseen"> ${
          card.number}</span></button></p></li>`)}</ol>` : nothing}</div>`;
  }
}
