/** What stands on the walls, on the desk: asked for when it is another, with one tap to empty it or to go back. */
import { facts } from "../shell/page.js";

/** @import { Page } from "../types.js" */

let seen = "";

/** @param {Page} page */
export function walls(page) {
  const box = document.getElementById("walls"), now = JSON.stringify(page.copy.all("wall").map(({ id, seq }) => [id, seq]));
  if (!box || now === seen) return;
  seen = now;
  void fetch(`/w/${facts.workshop.id}/walls/desk`).then(async (answer) => {
    if (!answer.ok) return;
    box.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    for (const one of box.querySelectorAll("button")) one.onclick = () => {
      const { act, wall = "", rev, by } = one.dataset;
      void page.write(`wall.${act}`, { workshop: facts.workshop.id, wall, saw: { [wall]: Number(rev) },
        ...by && { by: Number(by) } }, null);
    };
  }, () => { seen = ""; });
}
