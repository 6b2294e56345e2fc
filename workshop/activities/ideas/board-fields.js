/** Changing a card that has fields: each of them, and the text where it is not one of them. */
import { t, word } from "../../static/js/page.js";
import { html, nothing } from "../../static/js/parts.js";

/** Whether somebody wrote a text of its own for the card.  @param {any} card */
const apart = ({ body }) => !Object.values(body.fields ?? {}).includes(body.text);

/** @param {any} settings @param {any} card */
export function inputs(settings, card) {
  const id = (/** @type {string} */ key) => `edit-${card.id}-${key}`;
  return html`${settings.fields.map((/** @type {any} */ field) => {
      const { key, type, required } = field, said = card.body.fields?.[key] ?? "";
      return html`<p><label for=${id(key)}>${word(field.title)}${required ? " *" : ""}</label>
        ${type === "choice" ? html`<select id=${id(key)} name="field-${key}"><option value="">–</option>${field.options.map((/** @type {any} */ one) => html`
            <option value=${one.key} ?selected=${one.key === said}>${word(one.title)}</option>`)}</select>`
          : type === "text" ? html`<textarea id=${id(key)} name="field-${key}" rows="2" maxlength="600" ?required=${required} .value=${said}></textarea>`
          : html`<input id=${id(key)} name="field-${key}" type=${type === "link" ? "url" : "text"} maxlength="500" ?required=${required} .value=${said}>`}</p>`;
    })}
    ${apart(card) ? html`<p><label for="edit-${card.id}">${t("card")}</label>
      <textarea id="edit-${card.id}" name="text" rows="4" maxlength="4000" .value=${card.body.text}></textarea></p>` : nothing}`;
}

/** The card's body as the form has it now.  @param {any} settings @param {any} card @param {FormData} data */
export function body(settings, card, data) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const { key } of settings.fields) {
    const said = String(data.get(`field-${key}`) ?? "").trim();
    if (said) fields[key] = said;
  }
  const first = settings.fields.find((/** @type {any} */ { key, type }) => type === "text" && fields[key]);
  return { ...card.body, text: apart(card) ? String(data.get("text") ?? "").trim() : fields[first?.key] ?? "", fields };
}
