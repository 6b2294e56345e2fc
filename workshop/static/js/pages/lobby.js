/** The lobby waits for rooms to open and close; the server knows what to show then. */
import { Page } from "../page.js";
import { lineChip, notes, paint } from "../parts.js";

/** What the lobby shows of the rooms.  @param {Page} page */
const rooms = (page) => page.copy.all("room").map((room) => [room.id, room.state, room.title].join()).join(";");

/** @type {string|undefined} */
let shown;

new Page((page) => {
  shown ??= rooms(page);
  if (shown !== rooms(page)) location.reload();
  paint("line", lineChip(page));
  paint("notes", notes(page));
});
