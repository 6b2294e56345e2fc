/** The lobby waits for rooms to open and close, and for its people to go to others; the server knows what to show then. */
import { draw } from "../participant/calls.js";
import { Page, facts } from "../shell/page.js";
import { lineChip, notes, paint } from "../shell/parts.js";

/** What the lobby shows of the rooms, and of who is where; of the steps those of its people's rooms.  @param {Page} page */
const rooms = (page) => {
  const people = facts.beside?.people ?? facts.seats;
  const own = new Set(people.map((seat) => seat.room));
  return [...page.copy.all("room").map((room) => [room.id, room.state, room.title, own.has(room.id) && room.step,
    room.on?.title]),
    ...people.map((seat) => [seat.id, seat.room])].join(";");
};

/** @type {string|undefined} */
let shown;

new Page((page) => {
  if (page.gone) return location.reload(); // the server says whether they were removed, or the trial run was cleared
  shown ??= rooms(page);
  if (shown !== rooms(page)) location.reload();
  paint("line", lineChip(page));
  paint("notes", notes(page));
  draw(page);
});
