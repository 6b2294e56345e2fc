/** The programme: a line is drawn to another place, or goes there with Alt and the arrows.  What it does is the form in the
 * line's menu, so that it is the same without this. */
const list = document.getElementById("lines");

/** @param {Element} line */
const formOf = (line) => /** @type {HTMLFormElement|null} */ (
  line.querySelector("[data-up], [data-down]")?.closest("form") ?? null);

/** Send the line's own form, with the block before which it is to stand.
 * @param {Element} line @param {string} before */
function put(line, before) {
  const form = formOf(line), field = form?.elements.namedItem("before");
  if (!form || !(field instanceof HTMLInputElement)) return;
  field.value = before;
  form.requestSubmit(form.querySelector("button"));
}

/** @param {KeyboardEvent} event */
function byKey(event) {
  const up = event.key === "ArrowUp";
  if (!event.altKey || !(up || event.key === "ArrowDown")) return;
  const line = /** @type {HTMLElement} */ (event.target).closest(".block");
  const button = /** @type {HTMLElement|null|undefined} */ (line?.querySelector(up ? "[data-up]" : "[data-down]"));
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** @type {{line: HTMLElement, pointer: number, y: number, moved: boolean}|undefined} */
let drag;
/** The line above which it would stand, or none: the end.  @type {Element|null|undefined} */
let over;

/** @param {PointerEvent} event */
function take(event) {
  const at = /** @type {HTMLElement} */ (event.target);
  const line = /** @type {HTMLElement|null} */ (at.closest(".block"));
  if (event.pointerType !== "mouse" || event.button || !line) return;
  if (at.closest("button, input, summary, details, .minutes")) return;
  drag = { line, pointer: event.pointerId, y: event.clientY, moved: false };
}

/** @param {PointerEvent} event */
function draw(event) {
  if (drag?.pointer !== event.pointerId) return;
  if (!drag.moved && Math.abs(event.clientY - drag.y) < 6) return;
  drag.moved = true;
  drag.line.classList.add("dragged");
  over?.classList.remove("before");
  const lines = [...document.querySelectorAll(".block")];
  over = lines.find((line) => {
    const box = line.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  }) ?? null;
  over?.classList.add("before");
}

function drop() {
  if (drag?.moved && over !== drag.line && over !== drag.line.nextElementSibling)
    put(drag.line, over instanceof HTMLElement ? over.dataset.block ?? "" : "");
  drag?.line.classList.remove("dragged");
  over?.classList.remove("before");
  const moved = drag?.moved;
  drag = over = undefined;
  return moved;
}

if (list && list.querySelector("[data-up], [data-down]")) {
  document.body.classList.add("scripted");
  list.addEventListener("keydown", byKey);
  list.addEventListener("pointerdown", take);
  list.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointermove", draw);
  addEventListener("pointerup", () => {
    if (drop()) addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag) return;
    drag.line.classList.remove("dragged");
    over?.classList.remove("before");
    drag = over = undefined;
  });
}
