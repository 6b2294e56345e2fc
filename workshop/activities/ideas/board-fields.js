/** The fields of a card, as they are read and as they are changed. */
import { t, word } from "../../../static/js/page.js";
import { html, nothing } from "../../../static/js/parts.js";

const SAFE = /^(https?:\/\/|mailto:)/i;

/** What the fields of a card say, without the one that is its text.  @param {any} settings @param {any} body */
export function shown(settings, body) {
  return list(settings, body, (key) => body.fields[key] !== body.text);
}

/** What all fields say; `beside`: what stands beside the name of one of text.  @param {any} settings @param {any} body
 * @param {(title: string, said: string) => any} beside */
export const every = (settings, body, beside) => list(settings, body, () => true, beside);

/** @param {any} settings @param {any} body @param {(key: string) => boolean} wanted @param {(title: string, said: string) => any} [beside] */
function list(settings, body, wanted, beside) {
  const fields = (settings.fields ?? []).filter((/** @type {any} */ { key }) => body.fields?.[key] && wanted(key));
  return fields.length ? html`<dl class="fields">${fields.map((/** @type {any} */ field) => html`<div><dt>${word(field.title)}${beside && field.type === "text" ? beside(word(field.title), body.fields[field.key]) : nothing}</dt>
    <dd>${value(field, body.fields[field.key])}</dd></div>`)}</dl>` : nothing;
}

/** @param {any} field @param {string} said */
function value(field, said) {
  if (field.type === "choice") return word(field.options.find((/** @type {any} */ one) => one.key === said)?.title ?? said);
  return field.type === "link" && SAFE.test(said) ? html`<a href=${said} target="_blank" rel="noopener noreferrer nofollow">${said}</a>` : said;
}

/** Whether somebody wrote a text of its own for the card.  @param {any} card */
export const apart = ({ body }) => !Object.values(body.fields ?? {}).includes(body.text);

/** Each field to be changed, and the text where it is not one of them.  @param {any} settings @param {any} card */
export function inputs(settings, card) {
  const id = (/** @type {string} */ key) => `edit-${card.id}-${key}`;
  return html`${settings.fields.map((/** @type {any} */ field) => {
      const { key, type, required } = field, said = card.body.fields?.[key] ?? "";
      return html`<p><label for=${id(key)}>${word(field.title)}${required ? " *" : ""}</label>
        ${type === "choice" ? html`<select id=${id(key)} name="field-${key}"><option value="">–</option>${field.options.map((/** @type {any} */ one) => html`
            <option value=${one.key} ?selected=${one.key === said}>${word(one.title)}</option>`)}</select>`
          : type === "text" ? html`<textarea id=${id(key)} name="field-${key}" rows="2" data-most="600" ?required=${required} .value=${said}></textarea>`
          : html`<input id=${id(key)} name="field-${key}" type=${type === "link" ? "url" : "text"} data-most="500" ?required=${required} .value=${said}>`}</p>`;
    })}
    ${apart(card) ? html`<p><label for="edit-${card.id}">${t("card")}</label>
      <textarea id="edit-${card.id}" name="text" rows="4" data-most="4000" .value=${card.body.text}></textarea></p>` : nothing}`;
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
