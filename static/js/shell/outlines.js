/** Icons that a page does not carry from the beginning: a part brings their outlines (`import eye from "icon:eye"`, which
 * the build reads from pages/shell/icons.py). */

const SVG = "http://www.w3.org/2000/svg";

/** @param {Record<string, string>} outlines what is drawn, by the names of icons */
export function bring(outlines) {
  for (const [name, d] of Object.entries(outlines)) {
    if (document.getElementById(`i-${name}`)) continue;
    const symbol = document.createElementNS(SVG, "symbol"), path = document.createElementNS(SVG, "path");
    symbol.id = `i-${name}`;
    symbol.setAttribute("viewBox", "0 0 24 24");
    path.setAttribute("d", d);
    symbol.append(path);
    document.querySelector(".symbols")?.append(symbol);
  }
}
