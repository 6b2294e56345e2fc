/** Cards dragged to another place or into a group: with the mouse at once, with a finger after holding it still.
 * "Move to…" does the same without dragging. */
import { count } from "../../../../static/js/shell/page.js";
import { act, backFrom, regroup } from "./acts.js";
import { wear } from "../../../../static/js/shell/wear.js";
import rules from "./board-drag.css";

wear(rules);

const HOLD_MS = 350, SLIP = 8; // a finger that moves before that scrolls; px
const EDGE = 70, PACE = 14; // px from the edge of the window at which it scrolls; px a frame
const NOT = "a, button, input, textarea, select, audio, label, summary";

/** @typedef {import("./board.js").Board} Board */
/** @type {Board} the board as it was drawn last */
let board;
let begun = false;
/** @type {{id: string, x: number, y: number, pointer: number, timer: number}|null} what may become a drag */
let held = null;
/** @type {{ids: string[], ghost: HTMLElement, over: Element|null, x: number, y: number}|null} */
let drag = null;

/** Called with each drawing.  @param {Board} now */
export function follow(now) {
  board = now;
  if (begun) return;
  begun = true;
  document.body.classList.add("drags");
  addEventListener("pointerdown", press);
  addEventListener("pointermove", move);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", cancel);
  addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });
  addEventListener("contextmenu", (event) => drag && event.preventDefault());
  addEventListener("keydown", (event) => event.key === "Escape" && cancel());
}

/** @param {PointerEvent} event */
function press(event) {
  const from = /** @type {Element} */ (event.target);
  const card = from.closest?.(".card");
  if (!card || !event.isPrimary || event.button || from.closest(NOT) || !mine([card.id]).length) return;
  clearTimeout(held?.timer);
  const touch = event.pointerType === "touch";
  const timer = touch ? setTimeout(() => lift(), HOLD_MS) : 0;
  held = { id: card.id, x: event.clientX, y: event.clientY, pointer: event.pointerId, timer };
}

/** Those of the cards that are here still and may be moved.  @param {string[]} ids */
const mine = (ids) => ids.flatMap((id) => {
  const card = board.scene.page.copy.get(id, "idea");
  return card && board.scene.ui.lets("move", card) ? card : [];
});

function lift() {
  if (!held) return;
  const { picked } = board.scene.ui;
  const ids = mine(picked.has(held.id) ? [...picked] : [held.id]).map((card) => card.id);
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.textContent = ids.length > 1 ? count("arrange.n", ids.length)
    : board.scene.page.copy.get(ids[0], "idea")?.body.text ?? "";
  document.body.append(ghost);
  document.body.classList.add("dragging");
  getSelection()?.removeAllRanges();
  drag = { ids, ghost, over: null, x: held.x, y: held.y };
  show();
  requestAnimationFrame(scroll);
}

/** @param {PointerEvent} event */
function move(event) {
  if (!held || event.pointerId !== held.pointer) return;
  const slipped = Math.hypot(event.clientX - held.x, event.clientY - held.y) > SLIP;
  if (!drag && slipped) {
    if (event.pointerType === "touch") return cancel(); // it scrolls
    lift();
  }
  if (!drag) return;
  drag.x = event.clientX;
  drag.y = event.clientY;
  show();
}

function show() {
  if (!drag) return;
  drag.ghost.style.transform = `translate(${drag.x + 8}px, ${drag.y + 8}px)`;
  const over = document.elementFromPoint(drag.x, drag.y)?.closest("[data-group], [data-place]") ?? null;
  if (over === drag.over) return;
  drag.over?.classList.remove("drop");
  over?.classList.add("drop");
  drag.over = over;
}

function scroll() {
  if (!drag) return;
  const down = drag.y > innerHeight - EDGE ? PACE : drag.y < EDGE ? -PACE : 0;
  if (down && !drag.over?.closest(".tabs")) scrollBy(0, down);
  const wide = drag.over?.closest(".wide");
  if (wide) wide.scrollLeft += drag.x > innerWidth - EDGE ? PACE : drag.x < EDGE ? -PACE : 0;
  show();
  requestAnimationFrame(scroll);
}

function drop() {
  const { ids, over } = drag ?? { ids: [], over: null };
  cancel();
  const cards = mine(ids), { activity } = board;
  if (!cards.length || !(over instanceof HTMLElement)) return;
  const here = cards.map((card) => card.id);
  const { group, place } = over.dataset;
  if (group && board.scene.ui.lets("group"))
    act(board, [["group.put", { activity: activity.id, group, cards: here }]], regroup(activity.id, cards));
  else {
    const to = JSON.parse(place ?? over.closest("[data-place]")?.getAttribute("data-place") ?? "{}");
    if (cards.every((card) => Object.entries(to).every(([side, key]) => card.place?.[side] === key))) return;
    act(board, [["contribution.move", { activity: activity.id, cards: here, place: to }]], backFrom(activity.id, cards, to));
  }
}

function cancel() {
  clearTimeout(held?.timer);
  drag?.over?.classList.remove("drop");
  drag?.ghost.remove();
  document.body.classList.remove("dragging");
  held = drag = null;
}
