/** The rapporteur's page: the board on one side, ranked; the summary on the other; one tap cites a card. */
import { colon } from "../shell/colon.js";
import panels from "panels";
import { draw as outcome } from "../votes/outcome.js";
import { edge } from "../votes/voting.js";
import { SECTIONS, item as sentence, items as sentencesOf, sign } from "../../../workshop/activities/summary/panel.js";
import { apart, every } from "../../../workshop/activities/ideas/card/board-fields.js";
import { files, voice } from "../attach/files.js";
import { newId } from "../line/ids.js";
import { left, tell } from "../shell/later.js";
import "../participant/most.js";
import { Others } from "../rapporteur/others.js";
import { isBoard, isSummary } from "../line/cards.js";
import { Page, cardNumber, count, facts, t } from "../shell/page.js";
import { pairs } from "../rapporteur/pairs.js";
import { tellsWhenSignedOut } from "../shell/signed-out.js";
import { Marks } from "../facilitator/read.js";
import { FRESH, aside, discard, draft, keep, open, resume } from "../rapporteur/sentence.js";
import { clock, from, html, icon, lineChip, notes, nothing, paint, repeat, safely, stepOf, weave } from "../shell/parts.js";

/** @import { Attachment, BoardActivity, Body, Idea, Item, Room, Summary, Vote } from "../types.js" */

let ranked = true;
let seen = true; // the form, on the screen
const marks = new Marks(() => page);
const others = new Others(() => page?.changed());

/** @param {Page} page */
function draw(page) {
  const room = page.copy.get(facts.room.id, "room");
  if (!room) return; // the workshop is not ours to follow any more
  const mine = page.copy.all("activity", (activity) => activity.room === room.id);
  const board = mine.find(isBoard), summary = mine.find(isSummary);
  const votes = /** @type {Vote[]} */ (mine.filter((one) => one !== board && one !== summary));
  paint("clock", clock(page, room));
  paint("step", stepOf(room));
  tell(page, room);
  paint("line", lineChip(page));
  paint("notes", html`${left(page)}${notes(page)}`);
  if (board) paint("cards", cards(page, room, board, votes));
  if (summary) paint("summary", sentences(page, room, summary));
  paint("open", summary ? opened() : nothing);
}

/** Which sentence is open and how many cards it cites, for who is far from its form, and the way back.  */
function opened() {
  const begun = draft.text.trim() || draft.cites.length;
  const form = document.querySelector("#summary form");
  if (form && watching !== form) {
    if (watching) watch.unobserve(watching);
    watch.observe(watching = form);
  }
  return begun && !seen ? html`<p><b>${count("cites.n", draft.cites.length)}</b>
      <span class="said">${draft.text.trim() || t("item.new")}</span></p>
    <button type="button" class="small" @click=${back}>${t("item.back")}</button>` : nothing;
}

/** @type {Element|null} the form that is looked at */
let watching = null;
const watch = new IntersectionObserver((all) => {
  seen = all.at(-1)?.isIntersecting ?? true;
  page.changed();
});

function back() {
  const field = document.getElementById("item-text");
  field?.closest("form")?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}

/** What the votes say of a card, and how they rank it.  @param {Vote[]} votes @param {string} id */
function voted(votes, id) {
  const told = votes.flatMap((vote) => {
    const result = vote.tally?.items?.[id];
    const told = result ? safely(() => panels[vote.of]?.tells?.(vote, result)) : nothing;
    return told === nothing ? [] : told;
  });
  return { said: told.map((one) => one.said).join(" · "), rank: told.reduce((sum, one) => sum + (one.rank ?? 0), 0) };
}

/** The groups with what votes say of them; all cards of one can be cited together.
 * @param {Page} page @param {BoardActivity} board @param {Vote[]} votes @param {{card: Idea}[]} all */
function groups(page, board, votes, all) {
  const told = page.copy.all("group", (group) => group.activity === board.id)
    .map((group) => ({ group, ...voted(votes, group.id),
    in: all.filter(({ card }) => card.group === group.id).map(({ card }) => card.id) })).sort((a, b) => b.rank - a.rank);
  const citeAll = (/** @type {string[]} */ ids) => keep(page, { cites: [...new Set([...draft.cites, ...ids])] });
  const cited = (/** @type {string[]} */ ids) => ids.every((id) => draft.cites.includes(id));
  return told.length ? html`<ul class="result">${told.map(({ group, said, in: ids }) => html`<li>«${group.body.text}»
      <span class="soft">${count("cards", ids.length)}</span>
      ${said ? html`<b class="sum">${said}</b>` : nothing}
      ${ids.length && !cited(ids) ? html`<button type="button" class="small" @click=${() => citeAll(ids)}>${
        t("cite.all")}<span class="unseen"> ${group.body.text}</span></button>` : nothing}</li>`)}</ul>` : nothing;
}

/** @param {Page} page @param {Room} room @param {BoardActivity} board @param {Vote[]} votes */
function cards(page, room, board, votes) {
  const cited = new Set(page.copy.all("item", (item) => item.room === room.id).flatMap((item) => item.cites));
  const here = page.copy.all("idea", (card) => card.activity === board.id);
  const under = (/** @type {Idea} */ card) => page.copy.get(card.into);
  const all = here.filter((card) => !under(card)).map((card) => ({ card, ...voted(votes, card.id) }));
  if (ranked) all.sort((a, b) => b.rank - a.rank || (a.card.number ?? 0) - (b.card.number ?? 0));
  const rank = (/** @type {boolean} */ on) => {
    ranked = on;
    page.changed();
  };
  const scene = { page, room, redraw: () => page.changed(), ui: { open: () => false } }; // nobody votes here
  const opens = room.state === "open" ? room.now?.opens ?? [] : [];
  /** @param {string|import("../types.js").Activity} one */
  const open = (one) => typeof one !== "string" && !isBoard(one) && !isSummary(one)
    && [one.of, one.settings.key ?? ""].some((name) => opens.includes(name));
  const over = { ...scene, ui: { open } };
  const edges = (/** @type {string} */ id) => votes.map((vote) => safely(() => {
    const tells = panels[vote.of]?.tells;
    return tells && html`<span class="vote">${edge(over, vote, id, tells)}</span>`;
  }));
  const hides = room.state === "open" && (room.now?.see ?? "room") !== "room";
  return html`<header class="bar"><h2>${t("board")}</h2><span class="push"></span>
      <button type="button" class="chip" aria-pressed=${ranked} @click=${() => rank(true)}>${t("sort.points")}</button>
      <button type="button" class="chip" aria-pressed=${!ranked}
        @click=${() => rank(false)}>${t("sort.number")}</button></header>
    ${votes.map((vote) => panels[vote.of]?.bar ? safely(() => panels[vote.of]?.draw?.(scene, vote)) : nothing)}
    ${votes.map((vote) => safely(() => outcome(over, vote, panels[vote.of])))}
    ${groups(page, board, votes, all)}
    ${voices(page, room, here)}
    ${pairs(page, room, (card) => cardNumber(card, room.number))}
    ${all.length ? marks.meter(all.map(({ card }) => card).filter((card) => !card.hidden), cited)
      : html`<p class="empty">${t(hides ? "board.private" : "board.none")}</p>`}
    <ol class="cards">${repeat(all, ({ card }) => card.id, ({ card, said }) => {
      const chosen = draft.cites.includes(card.id), group = page.copy.get(card.group, "group");
      const below = here.filter((one) => under(one) && one.into === card.id);
      return html`<li class="card ${weave(card.delegation)} ${chosen ? "mine" : ""}" id=${card.id}>
        <p class="head"><b class="number">${
          cardNumber(card, room.number)}</b> ${author(card)} ${from(card.delegation)}${
          card.copy_of ? html` <span class="by">${t("carried.from", { n: card.home })}</span>` : nothing}
          ${group ? html` <span class="by">«${group.body.text}»</span>` : nothing}</p>
        ${words(board, card)}${files(card)}
        ${below.map((one) => merged(page, room, one, voted(votes, one.id).said, cited))}
        ${said ? edges(card.id) : nothing}
        <p class="tools">${cited.has(card.id) ? html`<span class="saved">${icon("check")} ${t("cited")}</span>` : nothing}
          <span class="push"></span>${marks.button(page, room, card)}
          <button type="button" class="small" aria-pressed=${chosen}
            @click=${() => cite(card.id)}>${icon(chosen ? "check" : "quote")} ${t("cite")}
            <span class="unseen">${cardNumber(card, room.number)}</span></button>
          ${apart(card) ? html`<button type="button" class="small quiet"
            @click=${() => quote(card, card.body.text)}>${t("quote")}</button>` : nothing}</p></li>`;
    })}</ol>`;
}

/** A card that was put together with the one under which it stands: its number and text are its own.
 * @param {Page} page @param {Room} room @param {Idea} card @param {string} said @param {Set<string>} cited */
function merged(page, room, card, said, cited) {
  const number = cardNumber(card, room.number), chosen = draft.cites.includes(card.id);
  return html`<div class="under" id=${card.id}><p><b class="number">${number}</b> ${card.body.text}</p>${files(card)}
    <p class="tools">${said ? html`<span class="sum">${said}</span>` : nothing}${
      cited.has(card.id) ? html`<span class="saved">${icon("check")} ${t("cited")}</span>` : nothing}
      <span class="push"></span><button type="button" class="small quiet"
        @click=${() => page.write("contribution.split", { id: card.id }, null)}>${
          t("arrange.split", { card: number })}</button>
      <button type="button" class="small" aria-pressed=${chosen}
        @click=${() => cite(card.id)}>${icon(chosen ? "check" : "quote")} ${t("cite")}
        <span class="unseen">${number}</span></button></p></div>`;
}

/** The voice notes that nobody has written down yet.  @param {Page} page @param {Room} room @param {Idea[]} cards */
function voices(page, room, cards) {
  const waiting = page.outbox.waiting().filter((item) => item.verb === "attachment.transcribe");
  const written = new Set(waiting.map((item) => item.payload.file));
  const open = cards.flatMap((card) => (card.files ?? []).map((file) => ({ card, file })))
    .filter(({ file }) => file.kind === "voice" && !file.text && !written.has(file.id));
  const write = (/** @type {SubmitEvent} */ event, /** @type {Idea} */ card, /** @type {Attachment} */ file) => {
    event.preventDefault();
    const text = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("text") ?? "").trim();
    if (text) void page.write("attachment.transcribe", { id: card.id, file: file.id, text }, null);
  };
  return open.length ? html`<section class="voices" aria-label=${t("voices")}><h3>${t("voices")} <b>${open.length}</b></h3>
    <ul>${repeat(open, ({ file }) => file.id, ({ card, file }) => html`<li><b class="number">${
      cardNumber(card, room.number)}</b>
      ${voice(`/media/${file.id}`)}<form @submit=${(/** @type {SubmitEvent} */ event) => write(event, card, file)}>
        <label for="voice-${file.id}">${t("voice.says")}</label>
        <textarea id="voice-${file.id}" name="text" rows="2" data-most="4000" required></textarea>
        <button class="small">${t("item.save")}</button></form></li>`)}</ul></section>` : nothing;
}

let tapped = ""; // the card that was cited last

/** @param {string} id */
function cite(id) {
  tapped = id;
  keep(page, { cites: draft.cites.includes(id) ? draft.cites.filter((one) => one !== id) : [...draft.cites, id] });
}

/** Title, text, and every field with its name; each may be quoted.  @param {BoardActivity} board @param {Idea} card */
function words(board, card) {
  return html`${card.body.title ? html`<p class="title">${card.body.title}</p>` : nothing}
    ${apart(card) ? html`<p class="text">${card.body.text}</p>` : nothing}
    ${every(board.settings, card.body, (title, said) => html` <button type="button" class="small quiet" title=${t("quote")}
      @click=${() => quote(card, said)}>❝<span class="unseen">
      ${t("quote")}${colon()}${cardNumber(card, facts.room.number)}, ${title}</span></button>`)}`;
}

/** Who wrote a card.  @param {Idea} card */
const author = ({ name, staff }) => name || staff
  ? html`<bdi class=${staff ? "staff" : "who"}>${name ?? t("staff")}</bdi>` : nothing;

/** @param {Idea} card @param {string} said */
function quote(card, said) {
  keep(page, { section: "quotation", text: draft.text || said, cites: [...new Set([...draft.cites, card.id])] });
}

/** @param {Page} page @param {Room} room @param {Summary} summary */
function sentences(page, room, summary) {
  const items = sentencesOf(page, summary);
  return html`<header class="bar"><h2>${t("summary")}</h2><span class="chip ${summary.published ? "good" : ""}">
      ${t(summary.published ? "published" : "unpublished")}</span><span class="push"></span>
      <button type="button" class=${summary.published ? "" : "ready"} ?disabled=${!items.length && !summary.published}
        @click=${() => page.write("summary.publish", { activity: summary.id, on: !summary.published }, null)}>
        ${t(summary.published ? "unpublish" : "publish")}</button></header>
    ${form(page, room, summary)}
    ${items.length ? nothing : html`<p class="empty">${t("summary.empty")}</p>`}
    ${repeat(items, (item) => item.id, (item) => html`<div class="sentence">
      ${sentence(page, item, room.number, true)}
      <p class="tools"><button type="button" class="link" @click=${() => change(item)}>${t("item.edit")}</button>
        <button type="button" class="link" @click=${() => drop(summary, item)}>${t("item.drop")}</button></p></div>`)}`;
}

/** @param {Item} item @param {string} [said] what stands in the form, where that is not the sentence's text */
function change(item, said) {
  const { section, text, who = "", when = "" } = item.body;
  open(page, { id: item.id, section, text: said ?? text, who, when, cites: item.cites, rev: item.rev });
}

/** Told before what stays; the sentence can be put back for a while.  @param {Summary} summary @param {Item} item */
function drop(summary, item) {
  if (!confirm(summary.published ? t("item.drop.published") : t("item.drop.sure"))) return;
  void page.write("summary.drop", { id: item.id }, null);
  if (draft.id === item.id) keep(page, { ...FRESH(), text: draft.text === item.body.text ? "" : draft.text });
  page.done(t("item.dropped"), () => page.write("summary.item",
    { activity: summary.id, id: item.id, body: item.body, cites: item.cites, base_rev: item.rev }, null));
}

/** @param {Page} page @param {Room} room @param {Summary} summary */
function form(page, room, summary) {
  const write = (/** @type {"text"|"who"|"when"} */ what) => (/** @type {Event} */ event) =>
    keep(page, { [what]: /** @type {HTMLInputElement} */ (event.target).value });
  const begun = draft.id || draft.text || draft.cites.length;
  return html`<form class="sheet" @submit=${(/** @type {SubmitEvent} */ event) => save(event, summary)}>
    <fieldset><legend class="unseen">${t("section")}</legend><div class="kinds">${SECTIONS.map((section) => html`
      <button type="button" class="chip" aria-pressed=${draft.section === section}
        @click=${() => keep(page, { section })}>${sign(section)} ${t(`section.${section}`)}</button>`)}
    </div></fieldset>
    <label for="item-text">${draft.id ? t("item.edit") : t("item.new")}</label>
    <textarea id="item-text" rows="3" data-most="4000" .value=${draft.text} @input=${write("text")}></textarea>
    ${draft.section === "commitment" ? html`<div class="pair"><p><label for="item-who">${t("who")}</label>
        <input id="item-who" data-most="80" .value=${draft.who} @input=${write("who")}></p>
      <p><label for="item-when">${t("when")}</label>
        <input id="item-when" data-most="80" .value=${draft.when} @input=${write("when")}></p></div>` : nothing}
    <p class="cited">${draft.cites.length ? draft.cites.map((id) => {
      const number = called(page, room, id);
      return html`<button type="button" class="chip" aria-label=${t("uncite", { card: number })}
        @click=${() => cite(id)}>${number} ×</button>`;
    }) : html`<span class="soft">${t("cites.none")}</span>`}</p>
    ${page.copy.get(tapped) && draft.cites.length ? html`<p><a href="#${tapped}">${t("cites.back")}</a></p>` : nothing}
    ${others.draw(draft.cites, cite)}
    <p class="tools"><button class="main" ?disabled=${!draft.text.trim()}>${t("item.save")}</button>
      ${begun ? html`<button type="button" class="quiet" @click=${() => keep(page, FRESH())}>${t("cancel")}</button>`
        : nothing}</p>
  </form>${aside.map((one) => html`<div class="aside"><p class="soft">${t("aside")}</p>
    <blockquote class="said">${one.text}</blockquote>
    <p class="tools"><button type="button" class="small" @click=${() => resume(page, one)}>${t("aside.open")}</button>
      <button type="button" class="small quiet"
        @click=${() => discard(page, one)}>${t("left.discard")}</button></p></div>`)}`;
}

/** What a cited card is called, in whatever room it stands.  @param {Page} page @param {Room} room @param {string} id */
function called(page, room, id) {
  const card = page.copy.get(id, "idea"), item = page.copy.get(draft.id, "item");
  const at = item ? item.cites.indexOf(id) : -1;
  return card ? cardNumber(card, room.number)
    : item && at >= 0 ? cardNumber({ number: item.numbers[at] }, room.number) : others.called(id) ?? "…";
}

/** @param {SubmitEvent} event @param {Summary} summary */
function save(event, summary) {
  event.preventDefault();
  const { id, section, text, who, when, cites, rev } = draft;
  if (!text.trim()) return;
  const body = { section, text: text.trim(), ...(section === "commitment" ? { who, when } : {}) };
  const before = page.copy.get(id, "item")?.cites ?? [];
  const there = cites.filter((one) => page.copy.get(one) || others.known.has(one) || before.includes(one));
  // As the server does.
  for (const one of there) if (!before.includes(one) && page.copy.get(one, "idea")) marks.put(one, true);
  void page.write("summary.item", { activity: summary.id, id: id ?? newId(), body, cites: there, base_rev: rev }, null);
  keep(page, { ...FRESH(), section });
}

const page = new Page(draw);
tellsWhenSignedOut(page);
page.putBack = (/** @type {string} */ id, /** @type {Body} */ body) => {
  const item = page.copy.get(id, "item");
  if (item) change(item, body.text);
};
page.takeBack = (/** @type {string} */ text, /** @type {import("../line/outbox.js").Item} */ { verb, payload }) => {
  const { id, body, cites } = payload;
  const voice = /** @type {HTMLTextAreaElement|null} */ (document.getElementById(`voice-${payload.file}`));
  if (verb === "attachment.transcribe" && voice) {
    voice.value = [voice.value.trim(), text].filter(Boolean).join("\n");
    voice.focus();
  } else if (verb !== "summary.item") open(page, { text });
  else {
    const is = page.copy.get(id, "item"); // the sentence itself, with what it cites
    const { section, who = "", when = "" } = body;
    open(page, { id: is ? id : null, section, text, who, when, cites, rev: is?.rev ?? 0 });
  }
};
