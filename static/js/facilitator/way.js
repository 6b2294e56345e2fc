/** The way in as pages of the staff and the wall show it to others: a new code stands there at once. */
import { facts } from "../shell/page.js";

/** @import { Hello } from "../types.js" */

/** @param {import("../shell/page.js").Page} page */
export function keepWay(page) {
  const greeted = page.greeted.bind(page);
  page.greeted = (/** @type {Hello} */ hello) => {
    show(hello.way_in?.[facts.workshop.id]);
    greeted(hello);
  };
}

/** @param {{code: string, locked?: boolean}|undefined} way */
function show(way) {
  if (!way) return;
  const { code } = way, half = Math.ceil(code.length / 2), was = facts.workshop.code;
  for (const one of all("[data-way]")) one.hidden = one.dataset.way === "open" ? Boolean(way.locked) : !way.locked;
  if (was === code) return;
  facts.workshop.code = code;
  for (const one of all("[data-code]")) one.textContent = `${code.slice(0, half)}-${code.slice(half)}`;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (all(`a[href^="/j/${was}"]`)))
    link.href = link.href.replace(was, code);
  for (const part of all(".link-text"))
    for (const text of part.childNodes) text.nodeValue = text.nodeValue?.replace(was, code) ?? null;
  for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (all('img[src*="qr.svg"]')))
    image.src = `${image.src.split("?")[0]}?c=${code}`;
}

/** @param {string} which a selector */
const all = (which) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(which));
