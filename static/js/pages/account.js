/** Pages of accounts: show what is typed as a password, copy a link.  Without script both are left out. */

for (const place of document.querySelectorAll("[data-shows]")) {
  const { shows = "" } = /** @type {HTMLElement} */ (place).dataset;
  const field = /** @type {HTMLInputElement} */ (document.getElementById(shows));
  const box = /** @type {HTMLInputElement} */ (place.querySelector("input"));
  box.addEventListener("change", () => { field.type = box.checked ? "text" : "password"; });
  /** @type {HTMLElement} */ (place).hidden = false;
}

/** Browsers have a clipboard only on https; in a hall without internet the older way is left.
 * @param {HTMLInputElement} field */
const copy = async (field) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
  field.select();
  document.execCommand("copy");
};

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy]"))) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ""));
  const done = () => { button.textContent = button.dataset.done ?? ""; };
  button.addEventListener("click", () => copy(field).then(done, () => field.select()));
  button.hidden = false;
}
