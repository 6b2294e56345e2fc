/**
 * A little that the browser remembers, where it remembers anything: nothing given, what it was; empty, forget it.
 * @param {string} key @param {string} [text] @param {"localStorage"|"sessionStorage"} [where] @returns {string|undefined}
 */
export function memo(key, text, where = "localStorage") {
  try {
    const store = globalThis[where];
    if (text === undefined) return store.getItem(key) ?? undefined;
    if (text) store.setItem(key, text);
    else store.removeItem(key);
  } catch {
    /* storage is shut: what is on the page lasts as long as it */
  }
  return undefined;
}
