/** What facilitators do to a room from the desk.  What can be undone is done at once and can be taken back for a while, by
 * any of them; what shows something for good says so before. */
import { colon } from "../shell/colon.js";
import { http } from "../line/line.js";
import { count, facts, t, word } from "../shell/page.js";
import { html, icon, nothing } from "../shell/parts.js";

/** @import { Activity, LedRoom, Page, Payload, Room, RoomNumbers, Step, Vote } from "../types.js" */

const ALONG = ["none", "all", "groups", "votes"];
const WIDTH = ["own", "pair", "four", "room"]; // whose cards a person sees
const MINUTES = 10; // of a step that says nothing

/** @param {string} text @param {() => void} run @param {string} sign its icon */
const button = (text, run, sign) =>
  html`<button type="button" class="small" @click=${run}>${icon(sign)} ${text}</button>`;

/** What a step is called.  @param {Step} step */
const name = (step) => word(step.title) || t(`step.name.${step.key}`);

/** Which cards go along, as it is chosen beside the button.  @param {LedRoom} room */
const along = (room) => /** @type {HTMLSelectElement} */ (document.getElementById(`carry-${room.id}`)).value;

export class Steering {
  /** @param {Page} page @param {(room: Room) => RoomNumbers} numbers how many of everything a room has */
  constructor(page, numbers) {
    this.page = page;
    this.numbers = numbers;
    /** @type {Map<string, string>|undefined} by room, when its last turn was that has been told */
    this.told = undefined;
    /** @type {Map<string, string>|undefined} of a room: when the last act was done to it that has no way back */
    this.heard = undefined;
  }

  /** @param {string} verb @param {Payload} payload */
  act(verb, payload) {
    void this.page.write(verb, payload, null);
  }

  /** What somebody of the team did to the rooms since the last drawing, with the way back.  @param {LedRoom[]} rooms */
  tell(rooms) {
    this.others(rooms);
    const before = this.told;
    this.told = new Map(rooms.flatMap(({ id, turn }) => turn ? [[id, turn.at]] : []));
    if (!before) return;
    const said = new Set();
    for (const room of rooms) {
      const { turn } = room;
      if (!turn || before.get(room.id) === turn.at || said.has(`${turn.what}${turn.at}`)) continue;
      if (turn.what === "rotate") said.add(`rotate${turn.at}`); // it is one act for all of its rooms
      const text = t(`turn.${turn.what}`, { who: turn.by, n: turn.n ?? room.number, step: name(room.steps[room.step]) });
      if (turn.back) this.page.done(text, () => this.act("step.undo", { room: room.id }));
      else this.page.say(text);
    }
  }

  /** What another facilitator did to rooms since the last drawing, which has no way back of its own.
   * @param {LedRoom[]} rooms */
  others(rooms) {
    const before = this.heard;
    this.heard = new Map(rooms.flatMap(({ id, did }) => did ? [[id, did.at]] : []));
    if (!before) return;
    /** @type {Map<string, number[]>} of the words of an act: to which rooms it was done */
    const acts = new Map();
    for (const { id, did, number } of rooms) {
      if (!did || before.get(id) === did.at || did.of === facts.account) continue;
      const key = `${did.what} ${did.by}`;
      acts.set(key, [...acts.get(key) ?? [], number]);
    }
    for (const [key, numbers] of acts) {
      const [what, ...who] = key.split(" ");
      this.page.say(t(`did.${what}`, { who: who.join(" "), rooms: numbers.join(", ") }));
    }
  }

  /** Whether a step may show what nobody sees now: only the server knows what there is.
   * @param {LedRoom} room @param {Step} step */
  mayShow(room, step) {
    const { now } = room;
    /** @param {Step} at @param {Vote["settings"]} settings @param {string} of */
    const opens = (at, { always, key = "" }, of) => always || at.opens.includes(of) || at.opens.includes(key);
    /** @param {Activity} one */
    const ends = ({ of, settings }) => "reveal" in settings && settings.reveal !== "live"
      && opens(now, settings, of) && !opens(step, settings, of);
    return WIDTH.indexOf(now.see ?? "room") < WIDTH.indexOf(step.see ?? "room")
      || this.page.copy.all("activity", (one) => one.room === room.id && ends(one)).length > 0;
  }

  /** What will be shown; undefined when the server cannot be asked.
   * @param {LedRoom} room @param {number} step @returns {Promise<string[]|undefined>} */
  async ahead(room, step) {
    try {
      return (await http(`/w/${facts.workshop.id}/r/${room.number}/ahead/${step}`)).told;
    } catch {
      this.page.say(t("needs_line"), "bad");
      return undefined;
    }
  }

  /** @param {LedRoom} room @param {number} step */
  async go(room, step) {
    const told = this.mayShow(room, room.steps[step]) ? await this.ahead(room, step) : [];
    if (!told) return;
    const question = [...told, t("next.sure", { step: name(room.steps[step]) })].join("\n\n");
    if (!told.length || confirm(question)) this.act("step.go", { room: room.id, step, saw: room.step });
  }

  /** Each goes to its next step; what that shows for good is asked once for all.  @param {LedRoom[]} rooms */
  async goAll(rooms) {
    const shown = [];
    for (const room of rooms) {
      const told = this.mayShow(room, room.steps[room.step + 1]) ? await this.ahead(room, room.step + 1) : [];
      if (!told) return;
      if (told.length) shown.push(`${t("group", { n: room.number })}${colon()}${told.join(" ")}`);
    }
    if (shown.length && !confirm([...shown, t("next.sure.all")].join("\n\n"))) return;
    for (const room of rooms) this.act("step.go", { room: room.id, step: room.step + 1, saw: room.step });
  }

  /** The room closes, by whatever.  @param {LedRoom} room @param {string} question @param {() => void} run */
  async close(room, question, run) {
    const told = await this.ahead(room, room.steps.length);
    if (told && confirm([...told, question].join("\n\n"))) run();
  }

  /** What comes next, as wide as the room's tile; nothing in the last step.  @param {LedRoom} room @param {boolean} ready */
  onward(room, ready) {
    const { id, step, steps } = room, process = room.method?.process;
    const wide = (/** @type {string} */ text, /** @type {() => void} */ run) => html`<button type="button"
      class="go ${ready ? "ready" : ""}" @click=${run}>${text} ${icon("onward")}</button>`;
    if (room.state !== "open")
      return wide(t(room.state === "closed" ? "reopen" : "open"), () => this.act("room.open", { room: id }));
    if (room.paused) return wide(t("go_on"), () => this.act("room.pause", { room: id, on: false }));
    if (step + 1 < steps.length) return wide(t("next", { step: name(steps[step + 1]) }), () => this.go(room, step + 1));
    const following = process && this.page.copy.all("room", (one) => one.method?.process?.id === process.id
      && one.method.process.part === process.part + 1)[0];
    if (!following) return nothing;
    const run = () => this.act("process.onward", { room: id, carry: along(room) });
    return html`<label class="unseen" for="carry-${id}">${t("carry")}</label><select class="small" id="carry-${id}">
        ${ALONG.map((which) => html`<option value=${which}>${t(`carry.${which}`)}</option>`)}</select>
      ${wide(t("process.onward", { title: following.title }),
        () => this.close(room, t("process.onward.sure", { title: following.title }), run))}`;
  }

  /** Closing the room, which says before what it does: what comes next, or one of the seldom acts.
   * @param {LedRoom} room @param {boolean} next */
  ending(room, next) {
    const run = () => this.close(room, this.closing(room), () => this.act("room.close", { room: room.id }));
    return next ? html`<button type="button" class="go ready" @click=${run}>${t("close.room")} ${icon("onward")}</button>`
      : button(t("close.room"), run, "lock");
  }

  /** What is done seldom, apart from closing.  @param {LedRoom} room */
  menu(room) {
    const { id, step, steps } = room;
    if (room.state !== "open") return nothing;
    return html`${this.clock(room)}
      ${room.paused ? nothing : button(t("pause"), () => this.act("room.pause", { room: id, on: true }), "pause")}
      ${step > 0 ? button(t("back", { step: name(steps[step - 1]) }), () => this.go(room, step - 1), "back") : nothing}
      ${this.moderating(room)}
      ${button(t("nudge.ask"), () => this.act("room.nudge", { room: id }), "pen")}
      ${button(t("summon.here"), () => this.act("people.summon", { workshop: facts.workshop.id, to: id }), "call")}`;
  }

  /** What becomes of who is there and of what is not shown yet.  @param {LedRoom} room */
  closing(room) {
    const { people, private: own } = this.numbers(room);
    return [count("close.people", people), own ? count("close.private", own) : "", t("close.then")].filter(Boolean)
      .join("\n");
  }

  /** Ideas wait for the facilitator, or come out at once; whoever ends that is told what comes out.
   * @param {LedRoom} room */
  moderating(room) {
    const { waits } = this.numbers(room);
    const turn = () => {
      const sure = !room.inbox || !waits || confirm(count("inbox.end", waits));
      if (sure) this.act("room.moderate", { room: room.id, on: !room.inbox });
    };
    const words = room.inbox ? `${t("inbox.on")}${waits ? ` · ${count("inbox.n", waits)}` : ""}` : t("inbox.off");
    return html`<button type="button" class="small" aria-pressed=${room.inbox} @click=${turn}>${
      icon(room.inbox ? "check" : "eye")} ${words}</button>`;
  }

  /** The clock as it stands here.  What this desk has sent and not heard of yet changes it as well.
   * @param {LedRoom} room */
  saw({ id, deadline }) {
    const own = this.page.outbox.waiting().some(({ verb, payload }) => verb.startsWith("step.") && payload.room === id);
    return own ? {} : { saw: deadline ?? "" };
  }

  /** Start it, give more time, set it.  @param {LedRoom} room */
  clock(room) {
    const { id } = room, minutes = room.now.minutes || MINUTES;
    const saw = this.saw(room);
    const set = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.target);
      this.act("step.clock", { room: id, minutes: Number(form.minutes.value), ...saw });
      const over = /** @type {HTMLDetailsElement} */ (form.closest("details"));
      over.open = false;
      over.querySelector("summary")?.focus();
    };
    return html`${room.deadline
      ? html`<div class="minutes-all" role="group" aria-label=${t("minutes.more")}>${[1, 3, 5, -1, -3, -5].map((n) =>
          html`<button type="button" class="small" @click=${() => this.act("step.extend",
            { room: id, minutes: n, ...saw })}>${n > 0 ? `+${n} min` : `−${-n} min`}</button>`)}</div>`
      : button(t("clock.start", { n: minutes }), () => this.act("step.clock", { room: id, minutes, ...saw }), "play")}
      <form class="clock-set" @submit=${set}><label for="minutes-${id}">${t("clock.minutes")}</label>
        <input id="minutes-${id}" name="minutes" type="number" inputmode="numeric" min="1" max="1440" required
          value=${minutes}>
        <button class="small">${t("clock.set")}</button></form>
      ${room.deadline ? button(t("clock.none"), () => this.act("step.clock", { room: id, minutes: 0, ...saw }), "close")
        : nothing}`;
  }
}
