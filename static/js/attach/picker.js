/**
 * Choosing a photo, recording a voice note, and sending them after their card: the part of a room's page that comes when
 * somebody wants it (js/attach/picking.js).
 */
import { colon } from "../shell/colon.js";
import { Files } from "./box.js";
import { MOST, MOST_PHOTO, SECONDS, canRecord, length, phones, record, shrink } from "./capture.js";
import { voice } from "./files.js";
import { newId } from "../line/ids.js";
import { facts, refusal, t } from "../shell/page.js";
import { html, icon, nothing, paint } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/board/files.css";

/** @import { Refused } from "../types.js" */

wear(rules);

const PICKED = 4; // files of a card, as on the server

/** Whether the server reads what phones write and browsers do not.  @param {"photo"|"voice"} kind */
const takes = (kind) => t(`takes.${kind}`) === "yes";

export { onCard } from "./shown.js";

/** @typedef {import("./box.js").Chosen} Chosen */
/** @typedef {import("./box.js").Item} Item */

export class Picker {
  /** @param {import("../shell/page.js").Page} page */
  constructor(page) {
    this.page = page;
    this.open = false;
    /** @type {Awaited<ReturnType<typeof record>>|undefined} what is being recorded */
    this.recording = undefined;
    /** @type {Promise<unknown>|undefined} what was recorded is on the device */
    this.recorded = undefined;
    this.files = new Files(this.page, (item, answer) => void this.refused(item, answer));
  }

  /** What whoever writes now has chosen here, and not sent. */
  get picked() {
    return this.files.chosen.filter((one) => one.seat === (this.page.seat?.id ?? null) && one.room === facts.room.id);
  }

  /** What a seat had chosen in another room, in which it is no more.  @param {string} seat */
  behind(seat) {
    return this.files.chosen.filter((one) => one.seat === seat && one.room !== facts.room.id);
  }

  /** What was chosen in another room goes with the next card of this one.  @param {Chosen[]} taken */
  bring(taken) {
    this.files.unchoose(taken);
    for (const one of taken) this.files.choose({ ...one, ...this.here() });
  }

  /** For whom, and for which board, something is chosen now. */
  here() {
    const form = /** @type {HTMLFormElement} */ (document.getElementById("composer"));
    return { seat: this.page.seat?.id ?? null, room: facts.room.id, activity: form.add.value };
  }

  /** What is being said is over, and is on the device when the promise is done. */
  async stop() {
    this.recording?.stop();
    await this.recorded;
  }

  toggle() {
    this.open = !this.open;
    this.page.changed();
  }

  /** Called at each drawing: what waits may go now, what was pasted is chosen.
   * @param {boolean} posting @param {{pasted?: File}} from */
  draw(posting, from) {
    void this.files.pump();
    const { pasted } = from;
    from.pasted = undefined;
    if (pasted && posting) void this.choose(pasted, "photo");
    paint("picked", posting && (this.open || this.picked.length)
      ? html`<div class="picks">${this.picked.map((one) => this.chosen(one))}
      ${this.recording ? this.microphone() : this.picked.length ? nothing : this.choice()}</div>` : nothing);
  }

  /** @param {Chosen} one */
  chosen(one) {
    return html`${one.kind === "photo"
      ? html`<img src=${one.url} alt=${t("photo")} width="64" height="64">` : voice(one.url)}
      <button type="button" class="small quiet" @click=${() => void this.files.discard(one)}>${t("attach.leave")}</button>`;
  }

  choice() {
    const pick = (/** @type {Event} */ event) => void this.pick(/** @type {HTMLInputElement} */ (event.target));
    const press = (/** @type {Event} */ event) => {
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      /** @type {HTMLElement} */ (button.nextElementSibling).click();
    };
    const speaks = facts.workshop.privacy !== "anonymous"; // a voice tells who speaks
    return html`<button type="button" @click=${press}>${icon("camera")} ${t("photo")}</button>
      <input hidden type="file" accept="image/*" capture="environment" data-kind="photo" @change=${pick}>
      ${!speaks ? nothing : canRecord()
        ? html`<button type="button" @click=${() => this.record()}>${icon("voice")} ${t("voice")}</button>`
        : html`<button type="button" @click=${press}>${icon("voice")} ${t("voice")}</button>
          <input hidden type="file" accept="audio/*" capture data-kind="voice" @change=${pick}>`}`;
  }

  microphone() {
    const seconds = this.recording?.seconds() ?? 0;
    return html`<span role="timer">${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}</span>
      <button type="button" class="main" @click=${() => this.recording?.stop()}>${t("attach.stop")}</button>`;
  }

  /** @param {HTMLInputElement} input */
  async pick(input) {
    const file = input.files?.[0];
    input.value = "";
    if (file) await this.choose(file, input.dataset.kind === "voice" ? "voice" : "photo");
  }

  /** Take a file of the device, or say why not, before anything of it leaves.
   * @param {File} file @param {"photo"|"voice"} kind */
  async choose(file, kind) {
    if (this.picked.length >= PICKED) return;
    const wrong = await (kind === "voice" ? this.voice(file, this.here()) : this.photo(file, this.here()));
    if (wrong) this.page.say(wrong, "bad");
  }

  /** @param {File} file @param {ReturnType<Picker["here"]>} where @returns {Promise<string>} what is wrong */
  async voice(file, where) {
    const seconds = await length(file), form = await phones(file);
    if (file.size > MOST || (seconds ?? 0) > SECONDS) return t("attach.too_long");
    const foreign = form === "voice" || (form === "3gp" && seconds === undefined);
    if (foreign && !takes("voice")) return t("refusal.voice_not_playable");
    this.put({ kind: "voice", blob: file, type: file.type, seconds }, where);
    return "";
  }

  /** @param {File} file @param {ReturnType<Picker["here"]>} where @returns {Promise<string>} what is wrong */
  async photo(file, where) {
    try {
      const { blob, w, h } = await shrink(file);
      this.put({ kind: "photo", blob, type: blob.type, w, h }, where);
      return "";
    } catch {
      if (await phones(file) !== "photo") return t("refusal.bad_photo");
      if (!takes("photo") || file.size > MOST_PHOTO) return t("refusal.photo_not_shown");
      this.put({ kind: "photo", blob: file, type: file.type }, where); // the server can read what this browser cannot
      return "";
    }
  }

  async record() {
    let recording;
    try {
      recording = this.recording = await record();
    } catch {
      this.page.say(t("attach.no_microphone"), "bad");
      return;
    }
    const where = this.here();
    this.page.changed();
    this.recorded = recording.done.then(({ blob, seconds }) => {
      this.recording = undefined;
      return this.put({ kind: "voice", blob, type: blob.type, seconds }, where).kept;
    });
  }

  /** @param {Omit<Chosen, "id"|"url"|"at"|"seat"|"room"|"activity">} one @param {ReturnType<Picker["here"]>} where */
  put(one, where) {
    return this.files.choose({ ...one, ...where, id: newId() });
  }

  /** Whether the field may be empty: what is chosen, or being said, is the card. */
  get speaks() {
    return Boolean(this.recording || this.picked.length);
  }

  /** What stands for the text of a card that has none of its own. */
  get instead() {
    return this.only(this.picked);
  }

  /** @param {Chosen[]} chosen */
  only([first]) {
    return first ? { photo: t("attach.only.photo"), voice: t("attach.only.voice") }[first.kind] : "";
  }

  /** What was chosen goes with the next card.  @returns {Chosen[]} */
  take(taken = this.picked) {
    this.files.unchoose(taken);
    this.open = false;
    return taken;
  }

  /** Keep the files on the device for the card, which has been written.
   * @param {Chosen[]} taken @param {string} card @param {string|null} seat */
  async send(taken, card, seat) {
    for (const one of taken) await this.files.go(one, card, seat);
  }

  /** @param {Item} item @param {Refused} answer */
  async refused(item, answer) {
    this.page.say(`${t(item.kind)}${colon()}${await refusal(answer)}`, "bad");
  }

  /** What will not be sent, as js/participant/left.js draws it.  @returns {import("../participant/left.js").Left[]} */
  left() {
    return this.files.left
      .map((file) => ({ key: file.id, mine: this.page.outbox.isMine(file.seat, file.owner), items: [], file,
      refused: file.refused, drop: () => void this.files.drop(file) }));
  }
}
