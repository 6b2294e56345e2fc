"""Serves the forms that correct a workshop and its rooms after they were made."""
from collections import Counter
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Json
from workshop.pages.facilitator.workshops import lines, zones
from workshop.pages.input.commands import done, shown_before
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Axis, Contribution, Delegation, Room, RoomSeat, Seat, Site, Workshop
from workshop.words import LANGUAGES

pages = Blueprint("corrections", __name__)
NAMES = 12  # of those in a room, in one line
LISTS: dict[str, type[Any]] = {"delegations": Delegation, "sites": Site, "axes": Axis}


@pages.get("/w/<workshop_id>/edit")
def workshop(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows the workshop as it can be corrected; after a refusal with what was typed."""
    with visitor.staff(workshop_id, leads=True) as here:
        listed, now = {field: _listed(here, field) for field in LISTS}, _as_it_is(here.workshop)
        was = request.form.get("was") or dumps(now.to_dict(flat=False) | {
            f"{field}.{key}": [name] for field, rows in listed.items() for key, name in rows})
        cards = here.session.scalar(select(Contribution.id).join(Activity, Activity.id == Contribution.activity_id).join(
            Room, Room.id == Activity.room_id).where(Room.workshop_id == workshop_id).limit(1))
        return show("facilitator/correct.html", styles=("door",), workshop=here.workshop, listed=listed, was=was,
                    rooms=here.rooms, put_aside=_put_aside(here), inside=_inside(here), names_in=_names_in(here),
                    form=request.form or now, settled=cards is not None, problem=problem,
                    zones=zones(here.workshop.zones), known=LANGUAGES)


@pages.post("/w/<workshop_id>/edit")
def correct(workshop_id: str) -> ResponseReturnValue:
    """Corrects what is otherwise than the form showed it (`was`): what somebody else has corrected meanwhile stays."""
    form = request.form
    was = shown_before(form)
    said: Json = {}
    for field, name in (("title", "title"), ("privacy", "privacy"), ("days", "day"), ("zones", "zone"),
                        ("languages", "language"), ("asks", "ask")):
        if name == "ask" and "asks_shown" not in form:
            continue  # a page that was open before there was anything to ask
        typed = [one for one in dict.fromkeys(form.getlist(name)) if one]
        if typed != was.get(name, []) and (typed or name != "privacy"):
            said[field] = (typed or [""])[0][:800] if field == name else typed
    with visitor.staff(workshop_id, leads=True) as here:
        for field in LISTS:
            wanted, fresh = [], lines(form.get(field, ""))
            for key, name in _listed(here, field):
                typed_name = form.get(f"{field}.{key}", name)
                wanted.append((key, name if [typed_name] == was.get(f"{field}.{key}") else typed_name))
            if fresh or wanted != _listed(here, field):
                said[field] = [{"id": key, "name": name[:800]} for key, name in wanted if name.strip()]
                said[field] += [{"name": name[:800]} for name in fresh]
    try:
        done(form.get("client", ""), 1, "workshop.edit", {"workshop": workshop_id} | said)
    except Refusal as refusal:
        return workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit?saved=1", 303)


@pages.post("/w/<workshop_id>/over")
def over(workshop_id: str) -> ResponseReturnValue:
    """Ends the workshop, or opens it again."""
    visitor.only_leads(workshop_id)
    form = request.form
    try:
        done(form.get("client", ""), 1, "workshop.close", {"workshop": workshop_id, "on": form.get("on") == "1"})
    except Refusal as refusal:
        return workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit#over", 303)


@pages.get("/w/<workshop_id>/r/<int:number>/edit")
def room(workshop_id: str, number: int, problem: str = "") -> ResponseReturnValue:
    """Shows title and question of a room as they can be corrected."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        it = here.room
        was = request.form.get("was") or dumps({"title": [it.title], "question": [it.question], "axis": [it.axis_id or ""],
                                                "capacity": [str(it.capacity or "")], "call": [it.call]})
        return show("facilitator/correct_room.html", styles=("door",), workshop=here.workshop, room=it, was=was,
                    axes=_listed(here, "axes"), problem=problem)


@pages.post("/w/<workshop_id>/r/<int:number>/edit")
def correct_room(workshop_id: str, number: int) -> ResponseReturnValue:
    """Corrects what of a room is otherwise than the form showed it."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        room_id = here.room.id
    form = request.form
    was = shown_before(form)
    said: Json = {name: form[name].replace("\r\n", "\n")[:8000] for name in ("title", "question", "axis", "call")
                  if name in form}
    if "capacity" in form:
        said["capacity"] = form["capacity"].strip()
    said = {name: value for name, value in said.items() if [value] != was.get(name)}
    if "capacity" in said:
        try:
            said["capacity"] = whole(said["capacity"]) if said["capacity"] else None
        except ValueError:
            said["capacity"] = 0  # which is refused
    try:
        done(form.get("client", ""), 1, "room.edit", {"room": room_id} | said | (
            {"axis": said["axis"] or None} if "axis" in said else {}))
    except Refusal as refusal:
        return room(workshop_id, number, sentence(refusal))
    return redirect(f"/w/{workshop_id}/r/{number}/edit?saved=1", 303)


def _put_aside(here: Place) -> list[Room]:
    """Lists the rooms that are put aside, the latest first."""
    return list(here.session.scalars(select(Room).where(
        Room.workshop_id == here.workshop.id, Room.archived_at.is_not(None)).order_by(Room.archived_at.desc(), Room.number)))


def _inside(here: Place) -> Counter[str]:
    """Counts the people who are in each room now."""
    return Counter(here.session.scalars(select(RoomSeat.room_id).where(
        RoomSeat.room_id.in_([room.id for room in here.rooms]), RoomSeat.left_at.is_(None))))


def _names_in(here: Place) -> dict[str, list[str]]:
    """Lists the names of those who are in each room now, as many as a line holds."""
    found: dict[str, list[str]] = {room.id: [] for room in here.rooms}
    for room_id, name in here.session.execute(select(RoomSeat.room_id, Seat.name).join(
            Seat, Seat.id == RoomSeat.seat_id).where(
            RoomSeat.room_id.in_(list(found)), RoomSeat.left_at.is_(None)).order_by(Seat.name)):
        found[room_id].append(name)
    return {key: names[:NAMES] for key, names in found.items()}


def _listed(here: Place, field: str) -> list[tuple[str, str]]:
    """Lists (id, name) of the delegations, places or axes."""
    table = LISTS[field]
    order = table.number if table is Axis else table.position
    rows = here.session.scalars(select(table).where(table.workshop_id == here.workshop.id).order_by(order))
    return [(row.id, row.title if table is Axis else row.name) for row in rows]


def _as_it_is(it: Workshop) -> MultiDict[str, str]:
    """Returns the workshop as its form would say it."""
    said = [("title", it.title), ("privacy", it.privacy)]
    for field, values in (("day", it.days), ("zone", it.zones), ("language", it.languages), ("ask", it.asks)):
        said += [(field, value) for value in values]
    return MultiDict(said)
