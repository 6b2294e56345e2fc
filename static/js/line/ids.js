/** Identifiers made on the device; getRandomValues is there on plain http too, randomUUID is not. */

/** @param {number} [bytes] */
export function newId(bytes = 12) {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
