"""Takes the forms that put rooms in order, aside and back; they stand on the page that corrects the workshop."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.domain.errors import Refusal
from workshop.domain.limits import SEATS_REMOVED
from workshop.domain.shapes import Json
from workshop.pages.facilitator import corrections
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.store.models import Room, RoomSeat

pages = Blueprint("room_lives", __name__)


@pages.post("/w/<workshop_id>/rooms/order")
def order(workshop_id: str) -> ResponseReturnValue:
    """Moves a room up or down by one on all lists (`up`, `down`: its id)."""
    form = request.form
    with visitor.staff(workshop_id, leads=True) as here:
        rooms = [room.id for room in here.rooms]
    up, down = form.get("up"), form.get("down")
    at = rooms.index(up) - 1 if up in rooms else rooms.index(down) if down in rooms else -1
    if 0 <= at < len(rooms) - 1:
        rooms[at], rooms[at + 1] = rooms[at + 1], rooms[at]
    return _sent(workshop_id, *([("rooms.order", {"workshop": workshop_id, "rooms": rooms})] if rooms else []))


@pages.post("/w/<workshop_id>/rooms/aside")
def aside(workshop_id: str) -> ResponseReturnValue:
    """Puts a room aside (`aside`: its id) or brings it back (`back`)."""
    visitor.only_leads(workshop_id)
    form = request.form
    key = form.get("aside") or form.get("back") or ""
    with visitor.staff(workshop_id, leads=True) as here:
        if here.session.scalar(select(Room.id).where(Room.id == key, Room.workshop_id == workshop_id)) is None:
            return corrections.workshop(workshop_id, sentence(Refusal("not_here")))
        inside = list(here.session.scalars(select(RoomSeat.seat_id).where(
            RoomSeat.room_id == key, RoomSeat.left_at.is_(None)).order_by(RoomSeat.seat_id)))
    acts: list[tuple[str, Json]] = []
    if "aside" in form and form.get("to"):  # where else those go who are in it
        acts = [("seat.move", {"workshop": workshop_id, "seats": inside[at:at + SEATS_REMOVED], "to": form["to"][:40]})
                for at in range(0, len(inside), SEATS_REMOVED)]
    return _sent(workshop_id, *acts, ("room.archive", {"room": key, "on": "aside" in form}))


def _sent(workshop_id: str, *acts: tuple[str, Json]) -> ResponseReturnValue:
    try:
        for n, (verb, payload) in enumerate(acts, 1):
            done(request.form.get("client", ""), n, verb, payload)
    except Refusal as refusal:
        return corrections.workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit#rooms", 303)
