/** What is said to people from the desk, and what is done in several rooms at once: in all, or in those that are chosen. */
import { count, facts, t } from "../shell/page.js";
import { html, icon, nothing } from "../shell/parts.js";

/** @import { LedRoom, Message, Page, Payload } from "../types.js" */
/** @import { Told } from "./tile.js" */

const MOST = 300; // characters of a message

export class Saying {
  /** @param {Page} page @param {import("./steering.js").Steering} steering */
  constructor(page, steering) {
    this.page = page;
    this.steering = steering;
    /** @type {Set<string>} ids of the rooms that are chosen; none: all */
    this.chosen = new Set();
  }

  /** @param {string} verb @param {Payload} payload */
  act(verb, payload) {
    void this.page.write(verb, { workshop: facts.workshop.id, ...payload }, null);
  }

  /** The rooms that are chosen and still there; all where none is.  @param {Told[]} all */
  meant(all) {
    for (const id of this.chosen) if (!all.some(({ room }) => room.id === id)) this.chosen.delete(id);
    return this.chosen.size ? all.filter(({ room }) => this.chosen.has(room.id)) : all;
  }

  /** @param {string} id */
  choose(id) {
    if (!this.chosen.delete(id)) this.chosen.add(id);
    this.page.changed();
  }

  /** @param {Told[]} all @param {number} everybody how many take part */
  draw(all, everybody) {
    if (!all.length && !everybody) return nothing;
    const meant = this.meant(all), rooms = this.chosen.size ? { rooms: meant.map(({ room }) => room.id) } : {};
    const people = this.chosen.size ? meant.reduce((sum, { n }) => sum + n.people, 0) : everybody;
    const send = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const field = /** @type {HTMLTextAreaElement} */ (/** @type {HTMLFormElement} */ (event.target).text);
      if (!field.value.trim()) return;
      this.act("message.send", { ...rooms, text: field.value });
      field.value = "";
    };
    const open = meant.map(({ room }) => room).filter((room) => room.state === "open");
    return html`<section class="saying"><div class="head-line"><h2>${t("message")}</h2><a
        href="/w/${facts.workshop.id}/messages">${t("message.all")}</a></div>
      <form @submit=${send}><label class="unseen" for="say">${t("message")}</label><textarea id="say" name="text" rows="2"
        dir="auto" data-most=${MOST} placeholder=${t("message.hint")}></textarea>
      ${this.whom(all)}
      <button class="wide" ?disabled=${!people}>${icon("comment")} ${people ? count("message.send", people)
        : t("message.nobody")}</button></form>${this.last(all, everybody)}</section>
      <section class="at-once"><h2>${this.chosen.size ? count("rooms.chosen", meant.length) : t("rooms.all")}</h2>
      <div class="to-all"><button type="button" ?disabled=${!people} @click=${() => this.act("people.summon", rooms)}>${
        icon("call")} ${t("summon")}</button><a class="button" href=${`/w/${facts.workshop.id}/vote?${
          this.chosen.size ? meant.map(({ room }) => `room=${room.number}`).join("&") : ""}`}>${icon("check")} ${
          t("quick.open")}</a>${this.steer(meant.map(({ room }) => room), open)}</div></section>`;
  }

  /** To which rooms, each with how many are there.  @param {Told[]} all */
  whom(all) {
    const one = (/** @type {Told} */ { room, n }) => html`<label class="choice"><input type="checkbox"
      .checked=${this.chosen.has(room.id)} @change=${() => this.choose(room.id)}><span>${room.number} · ${room.title} <span
      class="soft">${n.people ? count("seats", n.people) : t("message.empty")}</span></span></label>`;
    const none = () => {
      this.chosen.clear();
      this.page.changed();
    };
    return all.length ? html`<details class="whom"><summary>${this.chosen.size
      ? count("rooms.chosen", this.chosen.size) : t("rooms.all")}</summary><div class="choices">${all.map(one)}</div>${
      this.chosen.size ? html`<button type="button" class="small" @click=${none}>${t("rooms.all")}</button>` : nothing}
      </details>` : nothing;
  }

  /** How many have read what was said last.  @param {Told[]} all @param {number} everybody */
  last(all, everybody) {
    const one = /** @type {Message|undefined} */ (this.page.copy.all("message").at(-1));
    if (!one) return nothing;
    const { rooms } = one;
    const of = rooms ? all.reduce((sum, { room, n }) => sum + (rooms.includes(room.id) ? n.people : 0), 0) : everybody;
    const read = this.page.online.read?.[one.id] ?? 0;
    return html`<p class="soft">«${one.text.length > 60 ? `${one.text.slice(0, 60)}…` : one.text}» · <a
        href="/w/${facts.workshop.id}/messages">${t("message.of", { n: read, of: Math.max(of, read) })}</a>
      <button type="button" class="small quiet" @click=${() => this.act("message.take_back", { message: one.id })}>${
        t("message.back")}</button></p>`;
  }

  /** What is done in each of them, as one would in its tile.  @param {LedRoom[]} rooms @param {LedRoom[]} open */
  steer(rooms, open) {
    const { steering } = this, timed = open.filter((room) => room.deadline);
    const each = (/** @type {LedRoom[]} */ some, /** @type {string} */ verb,
      /** @type {(room: LedRoom) => Payload} */ said = () => ({})) => () => {
      for (const room of some) steering.act(verb, { room: room.id, ...said(room) });
    };
    const button = (/** @type {LedRoom[]} */ some, /** @type {string} */ word, /** @type {() => void} */ run,
      /** @type {string} */ sign) => some.length
      ? html`<button type="button" @click=${run}>${icon(sign)} ${word}</button>` : nothing;
    const minutes = (/** @type {number} */ n) =>
      each(timed, "step.extend", (room) => ({ minutes: n, ...steering.saw(room) }));
    const shut = rooms.filter((room) => room.state !== "open"), going = open.filter((room) => !room.paused);
    const held = open.filter((room) => room.paused), onward = open.filter((room) => room.step + 1 < room.steps.length);
    const still = open.filter((room) => !room.deadline && !room.paused);
    return html`${timed.length ? html`<div class="minutes-all" role="group" aria-label=${t("minutes.more")}>${
        [1, 3, 5, -1, -3, -5].map((n) => html`<button type="button" class="small" @click=${minutes(n)}>${
          n > 0 ? `+${n} min` : `−${-n} min`}</button>`)}</div>` : nothing}
      ${button(going, t("pause"), each(going, "room.pause", () => ({ on: true })), "pause")}
      ${button(held, t("go_on"), each(held, "room.pause", () => ({ on: false })), "play")}
      ${going.length ? this.waiting(each, open) : nothing}
      ${rooms.length ? html`<details class="more-at-once"><summary>${t("more.acts")}</summary><div class="to-all">
        ${button(onward, t("next.all"), () => void steering.goAll(onward), "onward")}
        ${button(still, t("clock.start.all"), each(still, "step.clock", (room) => steering.saw(room)), "play")}
        ${button(shut, t("open.all"), each(shut, "room.open"), "play")}
        ${open.length > 1 ? html`<a class="button" href="/w/${facts.workshop.id}/rounds">${icon("onward")} ${
          t("rotate")}</a>` : nothing}
        ${button(open, t("close.all"), () => {
          if (confirm(`${count("close.rooms", open.length)} ${t("close.then")}`)) each(open, "room.close")();
        }, "lock")}</div></details>` : nothing}`;
  }

  /** Rooms wait for a place or a delegation.
   * @param {(some: LedRoom[], verb: string, said: (room: LedRoom) => Payload) => () => void} each @param {LedRoom[]} open */
  waiting(each, open) {
    const names = [...new Set([...facts.sites ?? [], ...facts.delegations].map(({ name }) => name))];
    if (!names.length) return nothing;
    const wait = (/** @type {Event} */ { target }) => {
      const field = /** @type {HTMLSelectElement} */ (target);
      if (field.value) each(open, "room.pause", () => ({ on: true, reason: field.value }))();
      field.value = "";
    };
    return html`<label class="unseen" for="wait-for">${t("wait.for")}</label><select id="wait-for" @change=${wait}><option
      value="">${t("wait.for")}</option>${names.map((name) => html`<option value=${name}>${name}</option>`)}</select>`;
  }
}
