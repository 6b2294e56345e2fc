/** A participant in a room: the board, the votes, the field to write in. */
import { newId } from "../line/ids.js";
import { have, held, left as unsaved, missed, panels, tell } from "../shell/later.js";
import { memo } from "../shell/memo.js";
import { isBoard, isSummary } from "../line/cards.js";
import { Page, facts, later, more, t, word } from "../shell/page.js";
import { Picking } from "../attach/picking.js";
import { clock, html, icon, notes, nothing, pace, paint, safely, secondsLeft, stepOf } from "../shell/parts.js";
import { head, offerLight } from "../participant/speakers.js";
import { said } from "../../../workshop/activities/ideas/compose/said.js";

/** @import { Body, Idea, Seat, Ui, Vote } from "../types.js" */

// The answer to the form of the way in, and to be loaded anew as a room.
if (facts.at) history.replaceState(null, "", facts.at);
const looks = facts.role === "observer"; // and does nothing
const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {Ui} */
const ui = {
  newId,
  editing: null,
  typed: null, // what stands in the editor, where that is not what the card says
  talk: null,
  reacting: null,
  column: undefined,
  posting: false,
  leads: facts.role === "owner" || facts.role === "facilitator",
  opens: [],
  /** Whether an activity takes input now, or a kind. */
  open(what) {
    const { of, settings, opened, closed } = /** @type {Partial<Vote>} */ (what);
    if (closed || opened) return !closed; // it stands by itself
    return [what, of, settings?.key, settings?.always && "always"]
      .some((name) => ui.opens.includes(/** @type {string} */ (name)));
  },
  may: {},
  still: false, // paused or closed, for all but facilitators
  /** why an idea that is sent now comes late: the code of the refusal; "" while it does not */
  shut: "",
  /** The same for a comment on a card, or a change to it. */
  late: (what, card) => ui.still ? ui.shut : !ui.lets(what, card) ? "not_now" : what === "edit" ? ui.shut : "",
  /** Whether whoever acts here may do this to the card now. */
  lets(what, card) {
    if (ui.still || looks) return false;
    const who = ui.may[what] ?? USUAL[what], mine = card && page.seat?.id === card.mine;
    return who === "all" || Boolean(who === "own" && mine) || (who !== "nobody" && STAFF.includes(facts.role));
  },
  /** ids of cards that are to be moved or grouped */
  picked: new Set(),
  pick(id) {
    if (!ui.picked.delete(id)) ui.picked.add(id);
    page.changed();
  },
  /** ids of cards out of which the next idea grows */
  growing: new Set(),
  grow(id) {
    if (!ui.growing.delete(id)) ui.growing.add(id);
    page.changed();
    field.focus();
  },
  /** Whether whoever acts here moves cards about so much that dragging is worth its script. */
  drags: () => (ui.leads || (ui.may.move === "all" && !looks)) && page.line.state() === "online" && !page.line.light,
  /** Whether a card waits for the facilitator. */
  inbox: (card) => Boolean(page.copy.get(facts.room.id, "room")?.inbox) && card.line !== facts.room.id,
  seatName: (id) => page.seats.length > 1 ? facts.seats.find((seat) => seat.id === id)?.name ?? t("me") : t("me"),
  files: (scene, card) => picking.onCard(scene, card),
  withdraw(card) {
    const { id, mine = null } = card;
    void page.write("contribution.withdraw", { id }, mine);
    page.done(t("withdrawn"), () => page.write("contribution.restore", { id }, mine));
  },
};
const STAFF = ["owner", "facilitator", "rapporteur"];
/** @type {Record<string, string>} who may do what where the step does not say */
const USUAL = { add: "all", edit: "own", move: "own", group: "staff", comment: "all", react: "all", vote: "all",
  attach: "all" };
const AHEAD_MS = 6000;
const CALLS = /** @type {const} */ (["message", "summons", "help", "nudge"]);
let folds = false; // the question makes room
let folded = memo("read"); // the step whose question has been read
let announced = -1;
let ahead = false; // what few people need may come
let drawn = false; // the board
/** @type {(() => void)|undefined} says of what was written last that it is saved, when it is */
let written;
let aimed = ""; // the step for which a column was chosen
/** Ids of what was posted in it here: cards tell their time to the minute only.  @type {Set<string>} */
const posted = new Set();

/** @param {Page} page */
function draw(page) {
  const room = page.copy.get(facts.room.id, "room");
  if (!room) return; // the workshop is not ours to follow any more
  const step = room.now, redraw = () => page.changed();
  const together = facts.beside || facts.seats[1] || at("beside").firstChild ? ["together"] : [];
  if (have(together, redraw)) held.together?.draw(page, room);
  const over = step.closes !== false && secondsLeft(page, room) + (step.grace ?? 0) <= 0;
  ui.opens = room.state === "open" && !over && !room.paused ? [...step.opens, "always"] : [];
  ui.may = step.may ?? {};
  ui.still = !ui.leads && Boolean(room.paused || room.state !== "open");
  const own = { mine: page.seat?.id }; // whatever one writes
  ui.posting = ui.open("ideas") && ui.lets("add", own);
  ui.shut = ui.posting ? "" : room.state !== "open" ? "room_closed"
    : room.paused ? "room_paused" : over ? "time_over" : "step_closed";
  const begun = step.key + room.step_at;
  aim(begun, step.columns);
  const mine = page.copy.all("activity", (one) => one.room === room.id && !alone(/** @type {Vote} */ (one)))
    .sort((a, b) => a.position - b.position);
  const board = mine.find(isBoard), summary = mine.find(isSummary);
  const summed = summary && page.copy.all("item", (item) => item.activity === summary.id).length;
  const votes = /** @type {Vote[]} */ (mine.filter((one) => one !== board && one !== summary));
  const reactions = votes.find((vote) => vote.of === "reactions");
  const shown = votes.filter((vote) => vote !== reactions && (vote.tally || ui.open(vote)));
  const sums = summary && (summed || step.key === "summary" || ui.open(summary));
  const style = shown[0] && !document.body.classList.contains("voting") ? ["votes"] : [];
  const ended = shown.some((vote) => vote.hands || !ui.open(vote)) ? ["outcome"] : [];
  const kinds = [...shown.map((vote) => vote.of), ...ended, ...sums ? ["summary"] : []];
  const cards = board && have(["ideas"], redraw) ? held.ideas : undefined; // what draws them
  drawn = have([...together, ...kinds, ...style, ...cards && board ? cards.needs(page, board) : board ? ["ideas"] : []],
    redraw) || (missed && Boolean(cards || !board)) || drawn;
  const there = shown.filter((vote) => panels[vote.of]?.bar && !held.outcome?.behind(votes, vote));
  const asked = page.seat ? there.filter(ui.open) : []; // in the bar
  if (reactions && (reactions.tally?.ballots || ui.reacting) && have(["reactions"], redraw)) there.push(reactions);
  const scene = { page, room, votes: there, reactions, panels, ui, redraw };
  const brief = (page.seats[1] || asked[0] || held.brief) && have(["brief"], redraw) ? held.brief : undefined;
  written?.();
  paint("clock", clock(page, room));
  paint("bars", pace(room));
  paint("step", stepOf(room));
  const read = facts.room.id + begun;
  const turn = (/** @type {Event} */ { target }) => {
    folded = /** @type {HTMLDetailsElement} */ (target).open ? "" : read;
    memo("read", folded);
  };
  const sees = step.see && step.see !== "room" && room.state === "open" && page.seat;
  paint("question", html`<details ?open=${folded !== read} @toggle=${turn}>
    <summary>${icon("down")}<h1>${room.question || room.title}</h1></summary>
    <p class="instruction">${room.state !== "open" ? t(`room.${room.state}`)
      : room.paused ? later("room.paused", redraw) : over ? t("time_over")
      : html`${step.title ? html`<b>${word(step.title)}.</b> ` : nothing}${
        word(step.instruction) || (facts.words[`step.${step.key}`] ?? "")}`}</p>
    ${sees ? html`<p class="private"><span aria-hidden="true">◉</span> ${later(`see.${step.see}`, redraw)}</p>`
      : nothing}</details>`);
  if ((ahead || room.paused_for || page.copy.all("activity", (one) => alone(/** @type {Vote} */ (one)))[0]
    || CALLS.some((kind) => page.copy.all(kind)[0])) && have(["calls"], redraw))
    held.calls.draw(page, room);
  if (page.focus && form.isConnected && !folds) {
    folds = true;
    held.writing.begin(page);
  }
  tell(page, room, board && JSON.stringify([board.settings.layout, board.settings.columns, board.settings.fields]));
  // The first view of the server stays until what it shows can be drawn here too.
  if (drawn) paint("board", html`${there.map((vote) =>
    safely(() => panels[vote.of].draw?.(brief?.seenBy(scene, vote) ?? scene, vote)))}
    ${ended[0] ? there.map((vote) => safely(() => held.outcome?.draw(scene, vote, panels[vote.of]))) : nothing}
    ${summary && sums ? safely(() => held.summary?.draw(scene, summary)) : nothing}
    ${board ? cards?.draw(scene, board) : mine.length ? html`<p class="empty">${t("kind.unknown")}</p>` : nothing}`);
  paint("notes", notes(page));
  paint("bar", html`${unsaved(page)}${head(page, room, held.calls?.ask(page, room))}${
    brief?.bars(scene, asked, panels) ?? nothing}`);
  brief?.draw(scene, asked);
  const counts = (/** @type {Idea} */ card) => card.mine === page.seat?.id
    && (posted.has(card.id) || !(card.at <= (room.step_at ?? "")));
  const ideas = cards && board ? cards.ideas(scene, board) : [];
  const left = step.limit ? step.limit - ideas.filter(counts).length : 1;
  const grows = ui.posting && (step.limit || ui.growing.size);
  const hints = grows && have(["board-talk"], redraw) ? held["board-talk"] : undefined;
  const typed = isTyped(), shut = page.seat && (ui.shut !== "step_closed" || typed) ? ui.shut : "";
  if (shut || page.late.length || memo("drafts")) have(["late"], redraw);
  const { late } = held;
  paint("hints", html`${late?.draw(scene, board, shut, typed) ?? nothing}${hints?.hints(scene, left) ?? nothing}`);
  form.hidden = !board || (!(ui.posting && left > 0) && !typed);
  const tray = Boolean(late && shut);
  send?.classList.toggle("late", tray);
  if (send?.lastChild) send.lastChild.textContent = tray ? t("late.send") : sendWord;
  field.required = !page.picker?.speaks && !field.hidden;
  if (cards && board && placing && have(["board-compose"], redraw))
    held["board-compose"].draw(cards.Board.of(scene, board), form);
  picking.draw(!form.hidden && !parent && (ui.lets("attach", own) || Boolean(ui.shut)));
  if (page.seat?.channel !== "paper") paper.remove();
  else if (!paper.isConnected) {
    field.before(paper);
    void more().then(() => paper.placeholder = paper.ariaLabel = t("paper.number"));
  }
  // What was there and is loaded only now is no news.
  const n = cards && board ? ideas.length + cards.Board.of(scene, board).left() : 0;
  if ((cards || !board) && n !== announced && (announced < 0 || have(["news"], redraw))) {
    held.news?.digest(n - announced);
    announced = n;
  }
  if (page.copy.waits && have(["board-talk"], redraw)) held["board-talk"].became(page, room.number);
}

/** Whether a vote is open by itself and needs no card: it comes over the room.
 * @param {{opened?: string, closed?: string, settings?: {source?: unknown}}} one */
const alone = ({ opened, closed, settings }) => opened && !closed && !settings?.source;

/** Whether something stands in the form that was not sent.  Its fields are there where the text is not, and are asked for
 * then alone: to find what a form says a browser looks through the whole page. */
const isTyped = () => Boolean(field.value.trim() || (field.hidden && Object.keys(said(form).fields).length)
  || page.picker?.instead);

/** A card goes where one looks, if that takes cards now; a new step shows the first column that does.
 * @param {string} begun the step, and when it began @param {string[]} columns that take cards in it, if not all do */
function aim(begun, columns = []) {
  const fresh = aimed !== begun;
  aimed = begun;
  if (fresh) posted.clear();
  if (!column) return;
  for (const option of column.options)
    option.disabled = option.hidden = columns.length > 0 && !columns.includes(option.value);
  if (fresh && columns.length) {
    ui.column = columns[0];
    setTimeout(() => { // drawn by then
      const tab = /** @type {HTMLElement|null} */ (document.querySelector(".tabs [aria-pressed=true]"));
      if (tab?.parentElement) tab.parentElement.scrollLeft = tab.offsetLeft - 16;
    }, 60);
  }
  if (ui.column) column.value = ui.column;
  if (column.selectedOptions[0]?.disabled) column.value = columns[0];
}

document.body.classList.add("scripted");
const page = new Page(draw);
// On a good line what one may tap is here before it is tapped: the line may be gone by then.
setTimeout(() => {
  ahead = true;
  page.changed();
  if (page.good && !page.line.light) have(["board-talk", "reactions", "news", "late"], () => page.changed());
}, AHEAD_MS);
offerLight(page);
// Who only looks, and a room without a board, have none: one that stands on no page takes nothing.
const form = /** @type {HTMLFormElement} */ (at("composer")
  ?? Object.assign(document.createElement("form"), { innerHTML: "<textarea name=text>" }));
const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
const send = form.querySelector("button.main"), sendWord = send?.textContent ?? "";
const paper = Object.assign(document.createElement("input"), { className: "paper-number", inputMode: "numeric" });
// The form of a comment, asked for before the script came.
const parent = /** @type {HTMLInputElement|null} */ (form.elements.namedItem("parent"));
// Where a card goes, and its fields.
const placing = /** @type {HTMLDetailsElement|null} */ (form.querySelector(".spot"));
if (placing) placing.open = false;
const picking = new Picking(page);

const column = /** @type {HTMLSelectElement|null} */ (form.elements.namedItem("column"));
column?.addEventListener("change", () => { ui.column = column.value; page.changed(); });

/** Drafts are kept as they are typed.  @param {string} [text] */
const kept = (text) => page.draft("", text);

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
}

/** More than a field takes is told.  @param {{target: unknown}} event */
function much({ target }) {
  const typed = /** @type {HTMLTextAreaElement} */ (target);
  if (typed.value?.length > Number(typed.dataset.most)) have(["most"], () => held.most.look(typed));
}

field.value ||= kept() ?? "";
addEventListener("input", much);
much({ target: field });
if (facts.at && !parent) kept(field.value); // what stands in an answer, too
field.addEventListener("input", () => { kept(field.value); grow(); });
field.addEventListener("focus", () => page.changed()); // also where nothing else happens: see tell
field.addEventListener("keydown", (event) => {
  // With a mouse there is a keyboard, where Return sends and with the shift key begins a line; on glass it begins a line, as
  // the key there says, and a half thought is not sent by it.  With Ctrl it sends everywhere.
  const sends = event.ctrlKey || event.metaKey || (!event.shiftKey && matchMedia("(pointer: fine)").matches);
  if (event.key === "Enter" && !event.isComposing && sends) {
    event.preventDefault();
    form.requestSubmit();
  }
});
page.turn = (/** @type {Seat} */ seat) => {
  if (held.together) held.together.turn(page, seat);
  else if (!field.value) page.writer = seat; // what is typed before that part comes is theirs, too
};
page.putBack = (/** @type {string} */ id, /** @type {Body} */ body) => {
  ui.editing = id;
  ui.typed = body;
  page.changed();
  document.getElementById(id)?.scrollIntoView({ block: "center" });
};
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { picker } = page;
  if (picker?.recording) { // sending ends the recording
    picker.recording.stop();
    void picker.recording.done.then(() => setTimeout(() => form.requestSubmit()));
    return;
  }
  const { place, fields } = said(form);
  const { writer } = page, text = field.value.trim() || Object.values(fields)[0] || picker?.instead;
  const board = page.copy.all("activity", (one) => one.room === facts.room.id && isBoard(one))[0];
  if (!text || !board) return;
  const { length } = [...text]; // as the server counts
  if (length > 4000) return page.say(t("refusal.too_long", { limit: 4000, length }), "bad");
  const sheet = page.seat?.channel === "paper" && Number(paper.value);
  // The field is free at once: whoever types on while the device stores the card loses no letter of the next one.
  field.value = "";
  // A numbered card of paper is one card, however many type it.
  const id = sheet ? `${facts.room.id}-${sheet}` : newId();
  paper.value = "";
  if (page.copy.cards.has(id)) {
    field.value = text;
    void more().then(() => page.say(t("paper.twice", { n: sheet }), "bad"));
    return;
  }
  const seat = page.seat?.id ?? null, taken = picker?.take();
  ui.column = column?.value; // where it can be seen
  const under = parent ? { parent: parent.value } : { place };
  const body = Object.keys(fields).length ? { text, fields } : { text };
  const grown = ui.growing.size ? { origins: [...ui.growing] } : {};
  ui.growing.clear();
  posted.add(id);
  const say = () => page.done(t(page.saved.has(id) ? "written" : "on_device"), () => {
    void page.write("contribution.withdraw", { id }, seat);
    if (field.value) return;
    if (placing) held["board-compose"]?.back(form, body);
    kept(field.value = text);
    grow();
  });
  written = () => page.saved.has(id) && (say(), written = undefined);
  if (placing) held["board-compose"]?.sent(form);
  void page.write("contribution.add", { activity: board.id, id, body, ...under, ...grown }).then(() => {
    page.draft("", writer === page.writer ? field.value : "", writer);
    if (taken) void picker?.send(taken, id, seat);
    if (parent) location.replace(location.pathname);
    else if (page.line.state() === "offline" && !ui.shut) say();
    setTimeout(() => document.getElementById(id)?.scrollIntoView({ block: "nearest" }), 60); // drawn by then
  });
  grow();
});
grow();
