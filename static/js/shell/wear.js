/** The style of a part comes with it, under the page's own nonce.  @param {string} rules */
export function wear(rules) {
  const sheet = document.createElement("style");
  sheet.nonce = document.querySelector("style")?.nonce ?? "";
  sheet.textContent = rules;
  document.head.append(sheet);
}
