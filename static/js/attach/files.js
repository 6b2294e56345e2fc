/** The photos and voice notes of a card. */
import { colon } from "../shell/colon.js";
import { t } from "../shell/page.js";
import { html, nothing, repeat } from "../shell/parts.js";

/** @import { Attachment, Drawn, Idea } from "../types.js" */

const SMALL = 320; // points of the longer side of what boards show

/** A file of a card; with `url` it is on this device only.  @typedef {Attachment & {url?: string}} Shown */

/** @param {Shown} file @param {string} src @param {string} whole @param {boolean} light a word instead of the picture */
function photo(file, src, whole, light) {
  if (light) return html`<a class="photo" href=${whole} target="_blank">${t("photo")}</a>`;
  const scale = Math.min(1, SMALL / Math.max(file.w ?? SMALL, file.h ?? SMALL));
  return html`<a class="photo" href=${whole} target="_blank"><img src=${src} loading="lazy" alt=${t("photo")}
    width=${Math.round((file.w ?? SMALL) * scale)} height=${Math.round((file.h ?? SMALL) * scale)}></a>`;
}

/** @param {string} src */
export const voice = (src) => html`<audio controls preload="none" src=${src} aria-label=${t("voice")}></audio>`;

/**
 * @param {Idea} card @param {Shown[]} [waiting] files of the card that are on this device only
 * @param {(file: Shown) => Drawn} [more] what stands under a file
 * @param {boolean} [light] no picture until it is tapped
 */
export function files(card, waiting = [], more = () => nothing, light = false) {
  /** @type {Shown[]} */
  const there = card.files ?? [];
  const here = waiting.filter((one) => !there.some((file) => file.id === one.id));
  return repeat([...there, ...here], (file) => file.id, (file) => html`<div class="file">
    ${file.kind === "photo"
      ? photo(file, file.url ?? `/media/${file.id}/small`, file.url ?? `/media/${file.id}`, light && !file.url)
      : voice(file.url ?? `/media/${file.id}`)}
    ${file.text && file.text !== card.body.text ? html`<p class="transcript">${file.text}</p>` : nothing}
    ${file.url ? html`<p class="state waits">${t(file.kind)}${colon()}${t("on_device")}</p>` : more(file)}</div>`);
}
