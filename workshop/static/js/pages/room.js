/** A participant in a room: the board, the votes, the field to write in. */
import panels from "panels";
import { newId } from "../ids.js";
import { Page, count, facts, t } from "../page.js";
import { Picking } from "../picking.js";
import { clock, html, lineChip, notes, nothing, paint } from "../parts.js";
import { ideas } from "../../../activities/ideas/panel.js";

const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const ui = {
  newId,
  /** @type {string|null} */ editing: null,
  /** @type {string|null} */ talk: null,
  /** @type {string|undefined} */ column: undefined,
  posting: false,
  leads: facts.role === "owner" || facts.role === "facilitator",
  opens: /** @type {string[]} */ ([]),
  /** @param {string} kind */
  open: (kind) => ui.opens.includes(kind),
  /** @param {string} id */
  seatName: (id) => page.seats.length > 1 ? facts.seats.find((seat) => seat.id === id)?.name ?? t("me") : t("me"),
  /** @param {string} card */
  waitingFiles: (card) => picking.picker?.files.of(card) ?? [],
  /** @param {any} card */
  withdraw(card) {
    if (!confirm(t("withdraw.sure"))) return;
    void page.write("contribution.withdraw", { id: card.id }, card.mine ?? null);
  },
};
let announced = -1;

/** @param {Page} page */
function draw(page) {
  const room = page.copy.get(facts.room.id) ?? facts.room;
  const over = room.deadline && Date.parse(room.deadline) / 1000 - Date.now() / 1000 - page.line.skew <= 0;
  ui.opens = room.state === "open" && !over && facts.role !== "observer" ? room.steps[room.step].opens : [];
  ui.posting = ui.open("ideas");
  const mine = page.copy.all("activity", (activity) => activity.room === room.id).sort((a, b) => a.position - b.position);
  const board = mine.find((activity) => activity.of === "ideas");
  const votes = mine.filter((activity) => panels[activity.of]?.onCard);
  const scene = { page, room, votes, panels, ui, redraw: () => page.changed() };
  const step = room.steps[room.step];
  paint("clock", clock(page, room));
  paint("question", html`<h1>${room.question || room.title}</h1>
    <p class="instruction">${t(room.state === "open" ? `step.${step.key}` : `room.${room.state}`)}</p>`);
  const summary = mine.find((activity) => activity.of === "summary");
  const written = summary && page.copy.all("item", (item) => item.activity === summary.id).length;
  paint("board", html`${summary && (written || step.key === "summary") ? panels.summary.draw(scene, summary) : nothing}
    ${board ? panels.ideas.draw(scene, board) : mine.length ? html`<p class="empty">${t("kind.unknown")}</p>` : nothing}`);
  paint("notes", notes(page));
  const hand = page.copy.all("seat", (card) => card.seat === page.seat?.id && card.room === room.id)[0];
  const several = page.seats.length > 1;
  paint("bar", html`<div class="seats ${several ? "several" : ""}">${several ? html`<div class="people" role="group" aria-label=${t("who_speaks")}>
      ${page.seats.map((seat) => html`<button type="button" class="chip" aria-pressed=${seat === page.seat} @click=${() => page.speak(seat)}>${seat.name}</button>`)}</div>` : nothing}
      ${page.seat ? html`<button type="button" class="chip hand" aria-pressed=${Boolean(hand?.hand)}
        @click=${() => page.write(hand?.hand ? "hand.lower" : "hand.raise", { room: room.id })}>
        <span aria-hidden="true">✋</span> <span class="word">${t(hand?.hand ? "hand.lower" : "hand.raise")}</span></button>` : nothing}
      <span class="push">${lineChip(page)}</span></div>
    ${page.seat ? votes.filter((vote) => ui.open(vote.of)).map((vote) => panels[vote.of].bar(scene, vote)) : nothing}`);
  form.hidden = !ui.posting || !board;
  const { picker } = picking;
  field.required = !picker?.speaks;
  at("attach").hidden = !facts.later;
  at("attach").setAttribute("aria-expanded", String(picker?.open ?? false));
  picker?.draw(!form.hidden);
  if (column && ui.column) column.value = ui.column;
  if (board) announce(ideas(scene, board).length);
}

/** Others' ideas are told as a digest, never one by one.  @param {number} n */
function announce(n) {
  if (announced >= 0 && n > announced) at("digest").dataset.next = String(n - announced + Number(at("digest").dataset.next || 0));
  announced = n;
}
setInterval(() => {
  const digest = at("digest");
  if (Number(digest.dataset.next)) digest.textContent = count("new_ideas", Number(digest.dataset.next));
  digest.dataset.next = "0";
}, 10000);

document.body.classList.add("scripted");
const page = new Page(draw);
const form = /** @type {HTMLFormElement} */ (at("composer"));
const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
const picking = new Picking(page);
at("attach")?.addEventListener("click", () => void picking.toggle());
const draftKey = `draft:${facts.room.id}`;

const column = /** @type {HTMLSelectElement|null} */ (form.elements.namedItem("column"));
column?.addEventListener("change", () => { ui.column = column.value; page.changed(); });

/** Drafts are kept as they are typed.  @param {string} text */
function keepDraft(text) {
  try {
    if (text) localStorage.setItem(draftKey, text);
    else localStorage.removeItem(draftKey);
  } catch {
    /* no storage: the field itself still holds it */
  }
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
}

try {
  field.value ||= localStorage.getItem(draftKey) ?? "";
} catch {
  /* no storage */
}
field.addEventListener("input", () => { keepDraft(field.value); grow(); });
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
    event.preventDefault();
    form.requestSubmit();
  }
});
page.takeBack = (/** @type {string} */ text) => { field.value = text; keepDraft(text); field.focus(); grow(); };
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { picker } = picking;
  if (picker?.recording) { // sending ends the recording
    picker.recording.stop();
    void picker.recording.done.then(() => setTimeout(() => form.requestSubmit()));
    return;
  }
  const text = field.value.trim() || picker?.instead;
  const board = page.copy.all("activity", (activity) => activity.room === facts.room.id && activity.of === "ideas")[0];
  if (!text || !board) return;
  if (text.length > 4000) {
    page.say(t("refusal.too_long", { limit: 4000, length: text.length }), "bad");
    return;
  }
  const place = column ? { column: column.value } : {};
  // The field is free at once: whoever types on while the device stores the card loses no letter of the next one.
  field.value = "";
  const id = newId(), seat = page.seat?.id ?? null, taken = picker?.take();
  void page.write("contribution.add", { activity: board.id, id, body: { text }, place }).then(() => {
    keepDraft(field.value);
    if (taken) void picker?.send(taken, id, seat);
    setTimeout(() => document.getElementById(id)?.scrollIntoView({ block: "nearest" }), 60); // drawn by then
  });
  grow();
});
grow();
