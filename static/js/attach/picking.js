/** Photos and voice notes beside the field to write in.  What they need (js/attach) comes when somebody wants it. */
import { have, held } from "../shell/later.js";
import { memo } from "../shell/memo.js";
import { more, t } from "../shell/page.js";
import { html, nothing, paint } from "../shell/parts.js";

/** @import { Idea, Scene } from "../types.js" */

const AHEAD_MS = 6000; // on a good line it is fetched when everything else is there

export class Picking {
  /** @param {import("../shell/page.js").Page} page */
  constructor(page) {
    this.page = page;
    this.opened = this.wanted = this.begun = false;
    this.button = document.getElementById("attach");
    this.button?.addEventListener("click", () => this.toggle());
    // A picture that is pasted becomes a photo; text that comes along with one, as from a sheet, stays text.
    document.onpaste = (event) => {
      const board = /** @type {DataTransfer} */ (event.clipboardData);
      if (board.files[0] && !board.getData("text")) this.toggle(board.files[0]);
    };
    this.wanted = Boolean(memo("files")); // an earlier page could not send everything, or something is chosen
    setTimeout(() => { this.wanted ||= page.good && !page.line.light; }, AHEAD_MS);
  }

  /** The files of a card; they too are drawn by the part that comes later.  @param {Scene} scene @param {Idea} card */
  onCard(scene, card) {
    const waiting = this.page.picker?.files.of(card.id) ?? [];
    if (!card.files?.length && !waiting.length) return nothing;
    return have(["attach"], () => this.page.changed()) ? held.attach.onCard(scene, card, waiting) : nothing;
  }

  /** @param {File} [file] what was pasted: the picker takes it when it is here */
  toggle(file) {
    /** @type {File|undefined} */
    this.pasted = file;
    this.wanted = true;
    if (this.page.picker) this.page.picker.toggle();
    else this.opened = !this.opened;
    this.page.changed();
  }

  /** Called at each drawing, so what did not come is asked for again.  @param {boolean} posting */
  draw(posting) {
    if (this.wanted && !this.begun && have(["attach"], () => this.page.changed())) void this.begin();
    if (this.button) this.button.hidden = !posting;
    this.button?.setAttribute("aria-expanded", String(this.page.picker?.open ?? this.opened));
    if (this.page.picker) this.page.picker.draw(posting, this);
    else paint("picked", this.opened && this.page.line.state() === "offline"
      ? html`<p class="soft">${t("attach.no_line")}</p>` : nothing);
  }

  async begin() {
    this.begun = true;
    await more();
    const picker = new held.attach.Picker(this.page);
    await picker.files.open();
    picker.open = this.opened;
    this.page.picker = picker;
    this.page.changed();
  }
}
