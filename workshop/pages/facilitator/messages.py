"""Serves the page from which the team says something to people, calls them to a place, and sees who has not read it."""
from datetime import datetime

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.limits import MESSAGE
from workshop.domain.shapes import Json
from workshop.pages.input.card_number import card_of
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import notices, numbers

pages = Blueprint("messages", __name__)


@pages.get("/w/<workshop_id>/messages")
def messages(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows what stands on people's screens, with who has not read it, and the form for more."""
    with visitor.staff(workshop_id, leads=True) as here:
        people = numbers.people(here.session, workshop_id)
        inside = {room.id: sum(one.room_id == room.id for one in people) for room in here.rooms}
        return show("said/messages.html", styles=("door",), workshop=here.workshop, rooms=here.rooms, inside=inside,
                    people=len(people), told=[_told(here, one) for one in notices.readers(here.session, workshop_id)],
                    form=request.form, asked=request.args, chosen=request.form.getlist("room"), problem=problem,
                    most=MESSAGE)


@pages.post("/w/<workshop_id>/messages")
def say(workshop_id: str) -> ResponseReturnValue:
    """Sends the message, calls people, or takes one of the two back."""
    visitor.only_leads(workshop_id)
    form = request.form
    rooms = {"rooms": form.getlist("room")} if form.getlist("room") else {}
    what, of = form.get("do", ""), {"workshop": workshop_id}
    plain: dict[str, tuple[str, Json]] = {
        "send": ("message.send", of | rooms | {"text": form.get("text", "").replace("\r\n", "\n")[:4 * MESSAGE]}),
        "plenary": ("people.summon", of | rooms),
        "room": ("people.summon", of | rooms | {"to": form.get("to", "")[:40] or None}),
        "card": ("people.summon", of | rooms | _at_card(workshop_id, form.get("card", ""))),
        "back": ("message.take_back", of | {"message": form.get("message", "")[:40]})}
    if what not in plain:
        raise Refusal("bad_payload", field="do")
    try:
        done(form.get("client", ""), 1, *plain[what])
    except Refusal as refusal:
        return messages(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/messages", 303)


def _at_card(workshop_id: str, typed: str) -> Json:
    """Returns what a call names: the card with this number, and its room."""
    with visitor.staff(workshop_id, leads=True) as here:
        card, room = card_of(here, typed)
    return {"card": card or "-", "to": room}  # an empty number is no call to the plenary


def _told(here: Place, one: Json) -> Json:
    """Describes what stands on screens as the page shows it: to whom, when, and by room who has not read it."""
    rooms = {room.id: room for room in here.rooms}
    at = hours(datetime.fromisoformat(one["at"]), here.workshop.zones[:1]).split(" ")[0]
    return one | {"at": at, "to": [rooms[key].number for key in one["rooms"] or () if key in rooms],
                  "room": rooms.get(one["room"]),
                  "unread": sorted(((rooms.get(key), names) for key, names in one["unread"].items()),
                                   key=lambda each: each[0].number if each[0] else 0)}
