/** The style of a part comes with it, under the page's own nonce.  @param {string} rules */
export function wear(rules) {
  const sheet = document.createElement("style");
  sheet.nonce = document.querySelector("style")?.nonce ?? "";
  sheet.textContent = rules;
  document.head.append(sheet);
}

/** A date as people write it: "12/10/2021", "10/2021", "2021".  @param {string} at */
export const day = (at) => at.split("-").reverse().join("/");
