/** A change that may have happened out of sight: a strip below the header says it until it is tapped, a sound and the
 * phone's motor once, where the browser lets them and nobody has switched them off. */
import bell from "icon:bell";
import hush from "icon:hush";
import { bring } from "../shell/outlines.js";
import { memo } from "../shell/memo.js";
import { count, facts, more, t } from "../shell/page.js";
import { html, icon, nothing, paint, secondsLeft, stepOf } from "../shell/parts.js";
import { wear } from "../shell/wear.js";
import rules from "../../css/participant/news.css";

/** @import { Idea, Room } from "../types.js" */

wear(rules);
bring({ bell, hush });

/** @typedef {import("../shell/page.js").Page} Page */
/** @import { Now } from "../shell/later.js" */

const HUSH = "hush"; // whether this device makes no sound
const DIGEST_MS = 10000;
const SLACK = 5; // seconds by which a clock differs that is the same

const LOOKED_MS = 4000, LOOK_MS = 1000;

let unsaid = 0;

/** Others' cards that came while the page was open, until they were looked at: how long they have been in view.
 * @type {Map<string, number>} */
export const fresh = new Map();
/** The highest number that a card had before. */
const first = Math.max(0, ...facts.frames.flatMap(({ cards }) =>
  cards.map((card) => card.kind === "idea" && /** @type {Idea} */ (card).number || 0)));
/** @type {Set<string>} */
const known = new Set();
/** @type {Page|undefined} */
let on;

/** Whether a card came just now: it is marked as new until it was looked at.  @param {Page} page @param {Idea} card */
export function came(page, card) {
  on = page;
  if (!known.has(card.id) && card.number) {
    known.add(card.id);
    if (card.number > first && !card.mine) fresh.set(card.id, 0);
  }
  return fresh.has(card.id);
}

/** The word for it.  @param {string} id */
export const mark = (id) => fresh.has(id) ? html` <b class="fresh">● ${t("fresh")}</b> ` : nothing;

/** What has been in view for a while was looked at. */
setInterval(() => {
  if (document.hidden) return;
  for (const [id, was] of fresh) {
    const box = document.getElementById(id)?.getBoundingClientRect();
    if (!box?.height || box.top < 0 || box.bottom > innerHeight) continue;
    if (was < LOOKED_MS) fresh.set(id, was + LOOK_MS);
    else {
      fresh.delete(id);
      on?.changed();
    }
  }
}, LOOK_MS);

/** Others' ideas are told as a digest, never one by one.  @param {number} n how many more there are */
export function digest(n) {
  if (n > 0) unsaid += n;
}
setInterval(() => {
  const place = document.getElementById("digest");
  if (unsaid && place) place.textContent = count("new_ideas", unsaid);
  unsaid = 0;
}, DIGEST_MS);

/** @param {Page} page @param {Partial<Now>} was @param {Now} now @param {Room} room */
export function tell(page, was, now, room) {
  const where = document.querySelector(".pace .where");
  if (where && was.title !== now.title) where.textContent = `${where.textContent?.split(" · ")[0]} · ${now.title}`;
  void more().then(() => { // this part may be here before its words
    const text = said(page, was, now, room), board = Boolean(was.state) && was.board !== now.board;
    if (!text) return;
    show(text, board ? { words: t("news.reload"), go: () => location.reload() }
      : was.block !== now.block
        ? { words: t("news.where"), go: () => location.assign(`/w/${facts.workshop.id}`) } : undefined);
    call();
  });
}

/** What is to be said of it; the most important only.
 * @param {Page} page @param {Partial<Now>} was @param {Now} now @param {Room} room */
function said(page, was, now, room) {
  if (!was.state) { // the group went on to this room
    memo("moved", "", "sessionStorage");
    return t("news.room", { title: room.title });
  }
  if (was.board !== now.board) return t("news.board");
  if (was.block !== now.block && now.block) return t("news.block", { title: now.block });
  if (was.state !== now.state)
    return t(now.state === "open" ? "news.open" : `refusal.room_${now.state === "closed" ? "closed" : "not_open"}`);
  const step = was.step !== now.step || was.at !== now.at ? `${t("news.step")} ${stepOf(room)}.` : "";
  if (step) return step;
  if (!was.paused !== !now.paused) return t(now.paused ? "news.paused" : "news.go_on");
  const left = secondsLeft(page, room), minutes = Math.max(1, Math.round(left / 60));
  if (now.over) return was.over ? "" : t("time_over");
  if (!now.deadline) return was.deadline ? t("news.no_clock") : "";
  if (!was.deadline) return t("news.clock", { n: minutes });
  return Math.abs(Date.parse(now.deadline) - Date.parse(was.deadline)) > 1000 * SLACK ? t("news.left", { n: minutes }) : "";
}

/** Into the place that is there from the beginning, so that what listens to it says it once.
 * @param {string} text @param {{words: string, go: () => void}} [way] the button that leads to it */
function show(text, way) {
  const hush = memo(HUSH) === "1";
  const turn = () => {
    memo(HUSH, hush ? "" : "1");
    show(text, way);
  };
  paint("news", html`<p class="news"><b>${text}</b>
    ${way ? html`<button type="button" class="small" @click=${way.go}>${way.words}</button>` : nothing}
    <button type="button" class="small quiet" aria-pressed=${!hush} aria-label=${t("news.sound")}
      @click=${turn}>${icon(hush ? "hush" : "bell")}</button>
    <button type="button" class="small quiet" aria-label=${t("close.this")}
      @click=${() => paint("news", nothing)}>×</button></p>`);
}

/** A short tone and a shake, where somebody has touched the page before: else the browser would only complain. */
function call() {
  const { userActivation: touched, vibrate } = navigator;
  if (memo(HUSH) === "1" || touched?.hasBeenActive === false) return;
  try {
    vibrate?.call(navigator, [120, 60, 120]);
    const sound = new AudioContext(), tone = sound.createOscillator(), volume = sound.createGain();
    tone.frequency.value = 660;
    volume.gain.value = 0.08;
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.2);
    tone.onended = () => void sound.close();
  } catch {
    /* without a sound: it stands on the screen */
  }
}
