/** Photos and voice notes beside the field to write in.  What they need (js/later/attach.js) comes when somebody wants it. */
import { voice } from "./files.js";
import { newId } from "./ids.js";
import { facts, moreWords, refusal, t } from "./page.js";
import { html, nothing, paint } from "./parts.js";

const AHEAD_MS = 6000; // on a good line it is fetched when everything else is there

export class Picking {
  /** @param {import("./page.js").Page} page */
  constructor(page) {
    this.page = page;
    /** @type {import("./later/attach.js").Picker|undefined} */
    this.picker = undefined;
    /** @type {Promise<void>|undefined} */
    this.loading = undefined;
    page.filesWaiting = () => this.picker?.files.items.length ?? 0;
    let left = null;
    try {
      left = localStorage.getItem("files"); // an earlier page could not send everything
    } catch {
      /* no storage, so nothing was left */
    }
    if (left) void this.load();
    else setTimeout(() => void (page.good && this.load(true)), AHEAD_MS);
  }

  /** @param {boolean} [quietly] */
  load(quietly = false) {
    return this.loading ??= Promise.all([import(/** @type {string} */ (facts.later)), moreWords()]).then(async ([{ Picker }]) => {
      const picker = new Picker({ page: this.page, facts, html, nothing, newId, paint, refusal, t, voice });
      await picker.files.open();
      this.picker = picker;
      this.page.changed();
    }).catch(() => {
      this.loading = undefined;
      if (!quietly) this.page.say(t("attach.no_line"), "bad");
    });
  }

  async toggle() {
    await this.load();
    this.picker?.toggle();
  }
}
