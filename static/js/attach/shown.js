/** The photos and voice notes of a card in a room, with those that are on this device only. */
import { colon } from "../shell/colon.js";
import { files } from "./files.js";
import { t } from "../shell/page.js";
import { html, nothing } from "../shell/parts.js";

/** @import { Attachment, Idea, Scene } from "../types.js" */

/** @param {Scene} scene @param {Idea} card @param {import("./box.js").Item[]} waiting */
export const onCard = (scene, card, waiting) =>
  files(card, waiting, (file) => under(scene, card, file), scene.page.line.light);

/** What stands under a photo or voice note.  @param {Scene} scene @param {Idea} card @param {Attachment} file */
function under({ page, ui, room }, card, file) {
  const mine = card.mine && page.seat?.id === card.mine;
  const remove = () => confirm(t("file.remove.sure"))
    && page.write("attachment.remove", { id: card.id, file: file.id }, card.mine ?? null);
  const saved = page.saved.has(file.id);
  return html`<p class="tools">${saved ? html`<span class="state saved">✓ ${t(file.kind)}${
    colon()}${t("saved")}</span>` : nothing}
    ${((mine && !ui.still) || ui.leads) && room.state === "open" ? html`<button type="button" class="link" @click=${remove}>
      ${t("file.remove", { what: t(file.kind).toLowerCase() })}</button>` : nothing}</p>`;
}
