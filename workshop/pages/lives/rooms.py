"""Takes the forms that put rooms in order, aside and back; they stand on the page that corrects the workshop."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.pages.facilitator import corrections
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.store.models import Room

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
    return _sent(workshop_id, "rooms.order", {"workshop": workshop_id, "rooms": rooms} if rooms else None)


@pages.post("/w/<workshop_id>/rooms/aside")
def aside(workshop_id: str) -> ResponseReturnValue:
    """Puts a room aside (`aside`: its id) or brings it back (`back`)."""
    visitor.only_leads(workshop_id)
    form = request.form
    key = form.get("aside") or form.get("back") or ""
    with visitor.staff(workshop_id, leads=True) as here:
        if here.session.scalar(select(Room.id).where(Room.id == key, Room.workshop_id == workshop_id)) is None:
            return corrections.workshop(workshop_id, sentence(Refusal("not_here")))
    return _sent(workshop_id, "room.archive", {"room": key, "on": "aside" in form})


def _sent(workshop_id: str, verb: str, payload: Json | None) -> ResponseReturnValue:
    try:
        if payload:
            done(request.form.get("client", ""), 1, verb, payload)
    except Refusal as refusal:
        return corrections.workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit#rooms", 303)
