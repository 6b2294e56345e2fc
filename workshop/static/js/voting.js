/** What the panels of votes share: the name of a vote, whether its result may be seen, one of several, rows of a result. */
import { cardNumber, count, facts, later, t, word } from "./page.js";
import { html, nothing } from "./parts.js";

/** @param {any} vote */
export const title = (vote) => word(vote.settings.title) || vote.title || t(`vote.${vote.of}`);

/** The tally where it may be seen now; a vote that is open again keeps its old one to itself.  @param {any} scene @param {any} vote */
export const seen = (scene, vote) => vote.tally && (!scene.ui.open(vote) || vote.settings.reveal === "live") ? vote.tally : null;

/** What was given and what is left, which is read out as it changes.  @param {any} vote @param {string} key votes.given, votes.answered
 * @param {number} n @param {number} all @param {string} left */
export const told = (vote, key, n, all, left) => html`<p class="left" role="status">${vote ? `${title(vote)}: ` : ""}${t(key, { n, all })} · ${left}</p>`;

/** A number with at most one decimal.  @param {number} n */
export const figure = (n) => new Intl.NumberFormat(facts.language, { maximumFractionDigits: 1 }).format(n);

/** The seat's ballot with one more choice.  @param {any} scene @param {any} vote @param {string} key @param {any} value */
export const put = (scene, vote, key, value) => scene.page.castBallot(vote.id, { ...scene.page.myBallot(vote.id).choices, [key]: value });

/** Radio buttons: [key, what stands on it, class] each.
 * @param {string} name @param {any[][]} options @param {any} held the key that is chosen @param {(key: any) => void} choose @param {boolean} [open] */
export const radios = (name, options, held, choose, open = true) => options.map(([key, content, style = ""]) => html`<label>
  <input type="radio" class="unseen" name=${name} .checked=${held === key} ?disabled=${!open} @change=${() => choose(key)}>
  <span class=${style}>${content}</span></label>`);

/** One option for a card; `signs` go with the words.  @param {any} scene @param {any} vote @param {any} card @param {string[]} signs */
export const onCard = (scene, vote, card, signs) => card.waiting ? nothing : asked(scene, vote, card.id, cardNumber(card, scene.room.number), signs);

/** One option for a card or a row.  @param {any} scene @param {any} vote @param {string} key its own @param {string} called
 * @param {string[]} signs */
export function asked(scene, vote, key, called, signs) {
  const { page } = scene;
  const open = scene.ui.open(vote) && Boolean(page.seat);
  const result = seen(scene, vote)?.items[key];
  if (!open && !result) return nothing;
  const options = vote.settings.options.map((/** @type {any} */ option, /** @type {number} */ i) => [option.key, html`<i aria-hidden="true">${signs[i]}</i>
    ${word(option.title)} ${result ? html`<b>${result.counts[option.key] ?? 0}</b>` : nothing}`, `s${i}`]);
  return html`<fieldset class="one-of graded"><legend class="unseen">${title(vote)} ${called}</legend>
    ${radios(`${vote.id}-${key}`, options, page.myBallot(vote.id).choices[key], (chosen) => put(scene, vote, key, chosen), open)}</fieldset>`;
}

/** How many cards there are to vote on, and how many of them wait for an answer of the seat; those that the first view left
 * out too.  @param {any} scene @param {any} vote */
export function cards({ page, room }, vote) {
  const { choices } = page.myBallot(vote.id), here = page.copy.all("idea", (/** @type {any} */ card) => card.activity === vote.settings.source && !card.into);
  const earlier = /** @type {number[]} */ (Object.values(page.copy.earlier.get(room.stream) ?? {})).reduce((sum, n) => sum + n, 0);
  const answered = Object.keys(choices).filter((id) => !page.copy.cards.has(id)).length;
  return { all: here.length + earlier, wait: here.filter((/** @type {any} */ card) => !(card.id in choices)).length + Math.max(0, earlier - answered) };
}

/** Without a card there is nothing to give.  @param {any} scene @param {any} vote */
export const none = (scene, vote) => html`<p class="left">${title(vote)}: ${later("vote.none", scene.redraw)}</p>`;

/** How many cards wait for an answer.  @param {any} scene @param {any} vote @param {(wait: number) => string} left */
export function bar(scene, vote, left = (wait) => wait ? count("opinions.left", wait) : t("opinions.none")) {
  const { all, wait } = cards(scene, vote);
  return all ? told(vote, "votes.answered", all - wait, all, left(wait)) : none(scene, vote);
}

/** What the options say of a card, and how they rank it.  @param {any} vote @param {any} result */
export function tells(vote, result) {
  const counts = vote.settings.options.map((/** @type {any} */ option) => result.counts[option.key] ?? 0);
  const said = vote.settings.options.map((/** @type {any} */ option, /** @type {number} */ i) => `${word(option.title)} ${counts[i]}`);
  return { said: said.join(" · "), rank: counts[0] - counts.at(-1) };
}

/** A line of a result: what, a bar, how many.  @param {string} label @param {number} n @param {number} all */
export const row = (label, n, all) => html`<li><span>${label}</span>
  <svg aria-hidden="true"><rect width="${all ? (100 * n) / all : 0}%" height="100%"/></svg><b>${n}</b></li>`;

/** Who voted.  @param {number} people @param {number} delegations */
export const voters = (people, delegations) => `${count("voters", people)} · ${count("delegations", delegations)}`;
