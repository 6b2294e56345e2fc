/** What the form to write in says. */

/** How the fields of the form call what a card's place is made of.  @type {Record<string, string>} */
const PLACE = { column: "column", row: "row", lane: "lane", at: "at", under: "parent" };

/** What the form says of a card: {place, fields}.  @param {HTMLFormElement} form */
export function said(form) {
  /** @type {Record<string, string>} */
  const place = {}, /** @type {Record<string, string>} */ fields = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (text && PLACE[name]) place[PLACE[name]] = text;
    if (text && name.startsWith("field-")) fields[name.slice(6)] = text;
  }
  return { place, fields };
}

/** Keep where the card that is being written goes, and its fields, beside its text or what is chosen.
 * @param {import("../../../../static/js/shell/page.js").Page} page @param {HTMLFormElement} form */
export function keep(page, form) {
  page.draft("form", JSON.stringify({ activity: form.add.value, ...said(form) }));
}
