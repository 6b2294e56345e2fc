/** The fields of a card, as they are read and as they are changed. */
import { t, word } from "../../../../static/js/shell/page.js";
import { html, nothing } from "../../../../static/js/shell/parts.js";

/** @import { BoardSettings, Body, Drawn, Field, Idea } from "../../../../static/js/types.js" */

const SAFE = /^(https?:\/\/|mailto:)/i;

/** What the fields of a card say, without the one that is its text.  @param {BoardSettings} settings @param {Body} body */
export function shown(settings, body) {
  return list(settings, body, (said) => said !== body.text);
}

/** What all fields say; `beside`: what stands beside the name of one of text.
 * @param {BoardSettings} settings @param {Body} body @param {(title: string, said: string) => Drawn} beside */
export const every = (settings, body, beside) => list(settings, body, () => true, beside);

/** @param {BoardSettings} settings @param {Body} body @param {(said: string) => boolean} wanted
 * @param {(title: string, said: string) => Drawn} [beside] */
function list({ fields = [] }, { fields: all = {} }, wanted, beside) {
  const filled = fields.filter(({ key }) => all[key] && wanted(all[key]));
  return filled.length ? html`<dl class="fields">${filled.map((field) => html`<div><dt>${word(field.title)}${
      beside && field.type === "text" ? beside(word(field.title), all[field.key]) : nothing}</dt>
    <dd>${value(field, all[field.key])}</dd></div>`)}</dl>` : nothing;
}

/** @param {Field} field @param {string} said */
function value(field, said) {
  if (field.type === "choice") return word(field.options.find((one) => one.key === said)?.title ?? said);
  return field.type === "link" && SAFE.test(said)
    ? html`<a href=${said} target="_blank" rel="noopener noreferrer nofollow">${said}</a>` : said;
}

/** Whether somebody wrote a text of its own for the card.  @param {Pick<Idea, "body">} card */
export const apart = ({ body }) => !Object.values(body.fields ?? {}).includes(body.text);

/** Each field to be changed, and the text where it is not one of them.
 * @param {BoardSettings} settings @param {Idea} card */
export function inputs({ fields = [] }, card) {
  return html`${fields.map((field) => {
      const id = `edit-${card.id}-${field.key}`;
      return html`<p><label for=${id}>${word(field.title)}${field.required ? " *" : ""}</label>
        ${input(field, id, card.body.fields?.[field.key] ?? "")}</p>`;
    })}
    ${apart(card) ? html`<p><label for="edit-${card.id}">${t("card")}</label>
      <textarea id="edit-${card.id}" name="text" rows="4" data-most="4000" .value=${card.body.text}></textarea></p>`
        : nothing}`;
}

/** @param {Field} field @param {string} id @param {string} said */
function input({ key, type, required, options }, id, said) {
  if (type === "choice") return html`<select id=${id} name="field-${key}">
    <option value="">–</option>${options.map((one) => html`
    <option value=${one.key} ?selected=${one.key === said}>${word(one.title)}</option>`)}</select>`;
  return type === "text"
    ? html`<textarea id=${id} name="field-${key}" rows="2" data-most="600" ?required=${required} .value=${said}></textarea>`
    : html`<input id=${id} name="field-${key}" type=${type === "link" ? "url" : "text"} data-most="500"
      ?required=${required} .value=${said}>`;
}

/** The card's body as the form has it now.  @param {BoardSettings} settings @param {Idea} card @param {FormData} data
 * @returns {Body} */
export function body(settings, card, data) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const { key } of settings.fields ?? []) {
    const said = String(data.get(`field-${key}`) ?? "").trim();
    if (said) fields[key] = said;
  }
  const first = settings.fields?.find(({ key, type }) => type === "text" && fields[key]);
  const text = apart(card) ? String(data.get("text") ?? "").trim() : first ? fields[first.key] : "";
  return { ...card.body, text, fields };
}
