/** What the panels of votes share: the name of a vote, whether its result may be seen, what may be chosen, one of several, what
 * was given to what is here no more, rows of a result. */
import { cardNumber, count, facts, later, t, word } from "./page.js";
import { html, nothing } from "./parts.js";

/** @param {any} vote */
export const title = (vote) => word(vote.settings.title) || vote.title || t(`vote.${vote.of}`);

/** The tally where it may be seen now; a vote that is open again keeps its old one to itself.  @param {any} scene @param {any} vote */
export const seen = (scene, vote) => vote.tally && (!scene.ui.open(vote) || vote.settings.reveal === "live") ? vote.tally : null;

/** A number with at most one decimal.  @param {number} n */
export const figure = (n) => new Intl.NumberFormat(facts.language, { maximumFractionDigits: 1 }).format(n);

/** The seat's ballot with one more choice.  @param {any} scene @param {any} vote @param {string} key @param {any} value */
export const put = (scene, vote, key, value) => scene.page.castBallot(vote.id, { ...scene.page.myBallot(vote.id).choices, [key]: value });

/** What a card or a group is called.  @param {any} scene @param {any} card */
export const called = (scene, card) => card.kind === "group" ? card.body.text : cardNumber(card, scene.room.number);

/** Whether ideas are here that the first view left out: then what is not here may still be on the board.  @param {any} scene */
const partly = ({ page, room }) => Object.values(page.copy.earlier.get(room.stream) ?? {}).some((n) => n > 0);

/** Whether a card is shown under the one that it went into.  @param {any} scene @param {any} card */
const under = (scene, card) => card.into && (scene.page.copy.get(card.into) || (!scene.page.copy.cards.has(card.into) && partly(scene)));

/** What people may choose in a vote: the cards that stand for themselves; where it is about groups, those that have cards, and
 * the cards in none.  @param {any} scene @param {any} vote @returns {Set<string>} */
function candidates(scene, vote) {
  const { copy } = scene.page, ids = new Set();
  for (const card of copy.all("idea", (/** @type {any} */ one) => one.activity === vote.settings.source && !one.hidden && !under(scene, one)))
    ids.add(vote.settings.per === "group" && copy.get(card.group) ? card.group : card.id);
  return ids;
}

/** Whether the seat may choose on this card now: it can be chosen, or the seat has chosen it and may take that back.
 * @param {any} scene @param {any} vote @param {any} card */
export const may = (scene, vote, card) => !card.waiting && scene.page.seat && scene.ui.open(vote)
  && (card.id in scene.page.myBallot(vote.id).choices || fresh(scene, vote, card));

/** Whether the card can be chosen by who has not chosen it.  @param {any} scene @param {any} vote @param {any} card */
const fresh = (scene, vote, card) => (vote.settings.per === "group" ? card.kind === "group" || !scene.page.copy.get(card.group) : card.kind !== "group")
  && !card.hidden && !under(scene, card);

/** A way to take back what the seat has chosen on a card that stands for itself no more.  @param {any} scene @param {any} vote @param {any} card */
export const undo = (scene, vote, card) => may(scene, vote, card) && !fresh(scene, vote, card) && later("vote.absent.back", scene.redraw)
  ? html`<button type="button" class="small" @click=${() => scene.page.castBallot(vote.id, without(scene, vote, (key) => key === card.id))}>
    ${t("vote.absent.back")} <span class="unseen">${called(scene, card)}</span></button>` : nothing;

/** The seat's ballot without some of it.  @param {any} scene @param {any} vote @param {(key: string) => boolean} out */
const without = ({ page }, vote, out) => Object.fromEntries(Object.entries(page.myBallot(vote.id).choices).filter(([key]) => !out(key)));

/** Whether what was chosen under this key is known to stand on the board no more.  @param {any} scene @param {any} vote @param {string} key */
function gone(scene, vote, key) {
  const { copy } = scene.page, card = copy.get(key);
  if (card?.kind === "group") return !partly(scene) && !copy.all("idea", (/** @type {any} */ one) => one.group === key && !under(scene, one)).length;
  if (card) return card.kind !== "idea" || card.activity !== vote.settings.source;
  return copy.cards.has(key) || !partly(scene);
}

/** That a vote is on, for who has no seat and so only looks.  @param {any} scene @param {any} vote @param {any[]} [options] of it */
export const looking = ({ page, ui }, vote, options = []) => page.seat || !ui.open(vote) || vote.settings.always ? nothing
  : html`<p class="left">${[title(vote), options.join(" · ")].filter(Boolean).join(": ")}</p>`;

/** What was given to what is here no more: the seat's own with a way to take it back, what all have given.
 * @param {any} scene @param {any} vote @param {{gave: Function, tells: Function}} panel
 * @param {(key: string) => boolean} [lost] which keys those are */
export function absent(scene, vote, { gave, tells: told }, lost = (key) => gone(scene, vote, key)) {
  const { page, redraw } = scene, { choices } = page.myBallot(vote.id);
  const mine = Object.keys(choices).filter(lost), all = Object.entries(seen(scene, vote)?.items ?? {}).filter(([key]) => lost(key));
  if (!(mine.length || all.length) || !later("vote.absent", redraw)) return looking(scene, vote);
  const back = () => page.castBallot(vote.id, without(scene, vote, lost));
  const name = (/** @type {string} */ key) => {
    const card = page.copy.get(key), group = card?.kind === "group" ? card.body.text : vote.tally?.names?.[key];
    return group ? `«${group}»` : vote.settings.per === "row" ? key : t("vote.gone");
  };
  return html`${looking(scene, vote)}<section class="result absent" id="absent-${vote.id}"><h2>${t("vote.absent", { vote: title(vote) })}</h2>
    ${all.length ? html`<ul>${all.map(([key, result]) => html`<li>${name(key)}: ${told(vote, result).said}</li>`)}</ul>` : nothing}
    ${mine.length ? html`<p>${t("vote.absent.mine", { what: mine.map((key) => gave(vote, choices[key])).join(" · ") })}
      ${page.seat && scene.ui.open(vote) ? html`<button type="button" class="small" @click=${back}>${t("vote.absent.back")}</button>` : nothing}</p>` : nothing}</section>`;
}

/** A way to what the seat gave to what is here no more, for the bar.  @param {any} scene @param {any} vote */
export const astray = (scene, vote) => Object.keys(scene.page.myBallot(vote.id).choices).some((key) => gone(scene, vote, key))
  && later("vote.absent.see", scene.redraw) ? html` <a class="link" href="#absent-${vote.id}">${t("vote.absent.see")}</a>` : nothing;

/** Radio buttons: [key, what stands on it, class] each.
 * @param {string} name @param {any[][]} options @param {any} held the key that is chosen @param {(key: any) => void} choose @param {boolean} [open] */
export const radios = (name, options, held, choose, open = true) => options.map(([key, content, style = ""]) => html`<label>
  <input type="radio" class="unseen" name=${name} .checked=${held === key} ?disabled=${!open} @change=${() => choose(key)}>
  <span class=${style}>${content}</span></label>`);

/** One option for a card; `signs` go with the words.  @param {any} scene @param {any} vote @param {any} card @param {string[]} signs */
export const onCard = (scene, vote, card, signs) => html`${asked(scene, vote, card.id, called(scene, card), signs, may(scene, vote, card))}${undo(scene, vote, card)}`;

/** One option for a card or a row.  @param {any} scene @param {any} vote @param {string} key its own @param {string} named
 * @param {string[]} signs @param {boolean} open */
export function asked(scene, vote, key, named, signs, open) {
  const { page } = scene;
  const result = seen(scene, vote)?.items[key];
  if (!open && !result) return nothing;
  const options = vote.settings.options.map((/** @type {any} */ option, /** @type {number} */ i) => [option.key, html`<i aria-hidden="true">${signs[i]}</i>
    ${word(option.title)} ${result ? html`<b>${result.counts[option.key] ?? 0}</b>` : nothing}`, `s${i}`]);
  return html`<fieldset class="one-of graded"><legend class="unseen">${title(vote)} ${named}</legend>
    ${radios(`${vote.id}-${key}`, options, page.myBallot(vote.id).choices[key], (chosen) => put(scene, vote, key, chosen), open)}</fieldset>`;
}

/** How many there are to vote on, and how many of them wait for an answer of the seat; the cards that the first view left out
 * too, with what was answered of them.  @param {any} scene @param {any} vote */
export function cards(scene, vote) {
  const { page, room } = scene, { choices } = page.myBallot(vote.id), here = [...candidates(scene, vote)];
  const left = vote.settings.per === "group" ? {} : page.copy.earlier.get(room.stream) ?? {}; // of what group those are is not known
  const earlier = /** @type {number[]} */ (Object.values(left)).reduce((sum, n) => sum + n, 0);
  const answered = Object.keys(choices).filter((id) => !page.copy.cards.has(id)).length;
  return { all: here.length + earlier, wait: here.filter((id) => !(id in choices)).length + Math.max(0, earlier - answered) };
}

/** Its name before what is said of it.  @param {any} vote @param {boolean} named */
const before = (vote, named) => named ? `${title(vote)}: ` : "";

/** What was given and what is left, which is read out as it changes.  @param {any} scene @param {any} vote
 * @param {string} key votes.given, votes.answered  @param {number} n @param {number} all @param {string} left @param {boolean} [named] */
export const told = (scene, vote, key, n, all, left, named = true) => html`<p class="left" role="status">${before(vote, named)}${t(key, { n, all })} · ${left}${astray(scene, vote)}</p>`;

/** How much of what there is to give one card takes, where that is less.  @param {any} scene @param {any} vote */
export const each = ({ redraw }, { settings: { budget, per_item: most } }) => most < budget && later("votes.most", redraw) ? ` · ${t("votes.most", { n: most })}` : "";

/** Without a card there is nothing to give.  @param {any} scene @param {any} vote @param {boolean} [named] */
export const none = (scene, vote, named = true) => html`<p class="left">${before(vote, named)}${later("vote.none", scene.redraw)}${astray(scene, vote)}</p>`;

/** How many cards wait for an answer.  @param {any} scene @param {any} vote @param {(wait: number) => string} [left] @param {boolean} [named] */
export function bar(scene, vote, left = (wait) => wait ? count("opinions.left", wait) : t("opinions.none"), named = true) {
  const { all, wait } = cards(scene, vote);
  return all ? told(scene, vote, "votes.answered", all - wait, all, left(wait), named) : none(scene, vote, named);
}

/** An option that was chosen, in words.  @param {any} vote @param {string} key */
export const gave = (vote, key) => word(vote.settings.options.find((/** @type {any} */ option) => option.key === key)?.title ?? key);

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
