"""Shows the people of a workshop to its facilitators: who came, their re-entry codes, who is removed and readmitted."""
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions.core import telling
from workshop.domain.errors import Refusal
from workshop.domain.json_codec import dumps
from workshop.domain.limits import SEATS_EXPECTED, SEATS_REMOVED
from workshop.domain.people.declared import ASKS
from workshop.domain.people.lookalikes import LEADS, OTHER, SAME, STAFF, Told, plain
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.facilitator import team_acts
from workshop.pages.input.commands import done, shown_before
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url, hours, show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import numbers
from workshop.store.counts.participants import Participants, participants
from workshop.store.models import Room, RoomSeat
from workshop.words import _, count
from workshop.words.forms import day_said
from workshop.words.people import channels, genders, languages_spoken

pages = Blueprint("people", __name__)
MINUTES = (5, 15, 60)
ACTS = 30  # shown of what was done


@pages.get("/w/<workshop_id>/people")
def people(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Lists everybody with delegation, channel and re-entry code; who came lately (?since=15 minutes); ?q= part of a name.
    """
    with visitor.staff(workshop_id, leads=True) as here:
        found = participants(here.session, workshop_id)
        asked, since = request.args.get("q", ""), request.args.get("since", 0, whole)
        since = since if since in MINUTES else 0
        listed = found.lately(house().clock(), since) if since else found.here
        listed = [one for one in listed if plain(asked) in plain(one.name)]
        return show("facilitator/people/people.html", styles=("door", "people", "history"), **_beside(here, found),
                    found=found, listed=listed, asked=asked, since=since,
                    minutes=[(n, len(found.lately(house().clock(), n))) for n in MINUTES],
                    most=SEATS_EXPECTED, problem=problem, ticked=set(request.form.getlist("seat")) if problem else set(),
                    moved=request.args.get("moved", 0, whole), rooms=_open_rooms(here),
                    fresh=team_acts.fresh(here.session, workshop_id),
                    acts=team_acts.recorded(here.session, workshop_id, telling.of_team("person"), ACTS),
                    link=f"{base_url()}/j/{here.workshop.code}")


@pages.get("/w/<workshop_id>/people/<seat_id>")
def person(workshop_id: str, seat_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows one person: the name, the code, who is on the same device, what was done."""
    with visitor.staff(workshop_id, leads=True) as here:
        found = participants(here.session, workshop_id)
        one = next((one for one in found.people if one.id == seat_id), None)
        if one is None:
            raise Refusal("not_here")
        return show("facilitator/people/person.html", styles=("door", "people", "history"), **_beside(here, found), one=one,
                    was=request.form.get("was") or dumps({"name": [one.name], "delegation": [one.delegation or ""],
                                                          "site": [one.site or ""], "channel": [one.channel],
                                                          "declared": one.declared}),
                    asks=[field for field in ASKS if field in here.workshop.asks or field in one.declared],
                    genders=genders(), spoken=languages_spoken(),
                    with_them=found.beside({one.id}), problem=problem, groups=_groups(here, one.id),
                    acts=team_acts.recorded(here.session, workshop_id, telling.of_team("person"), ACTS, seat_id))


@pages.post("/w/<workshop_id>/people/<seat_id>/name")
def rename(workshop_id: str, seat_id: str) -> ResponseReturnValue:
    """Renames somebody, from a page that was open before there was more to correct."""
    return edit(workshop_id, seat_id)


@pages.post("/w/<workshop_id>/people/<seat_id>/edit")
def edit(workshop_id: str, seat_id: str) -> ResponseReturnValue:
    """Corrects somebody: name, delegation, place, channel, as far as the form has them."""
    visitor.only_leads(workshop_id)
    form = request.form
    said: Json = {field: form[field][:400] or None for field in ("delegation", "site") if field in form}
    said |= {field: form[field][:400] for field in ("name", "channel") if field in form}
    was = shown_before(form)
    said = {field: value for field, value in said.items() if [value or ""] != was.get(field)}
    declared = {field: form[f"said_{field}"][:400] for field in ASKS if form.get(f"said_{field}")}
    if any(f"said_{field}" in form for field in ASKS) and declared != was.get("declared", {}):
        said["declared"] = declared
    try:
        done(form.get("client", ""), 1, "seat.edit", {"workshop": workshop_id, "seat": seat_id} | said)
    except Refusal as refusal:
        return person(workshop_id, seat_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/people/{seat_id}", 303)


@pages.post("/w/<workshop_id>/people/remove")
def remove(workshop_id: str) -> ResponseReturnValue:
    """Removes those who are ticked: first what will happen is shown, then (`sure`) it is done."""
    form, ticked = request.form, list(dict.fromkeys(request.form.getlist("seat")))
    with visitor.staff(workshop_id, leads=True) as here:
        found = participants(here.session, workshop_id)
        chosen = [one for one in found.here if one.id in ticked]
        if not ticked:
            return people(workshop_id, _("Tick the people first."))
        if "sure" not in form or not chosen:
            if not chosen:
                raise Refusal("not_here")
            return show("facilitator/people/remove.html", styles=("door", "people"), **_beside(here, found), chosen=chosen,
                        with_them=found.beside(set(ticked)),
                        left=numbers.left_by(here.session, [one.id for one in chosen]))
    for n, at in enumerate(range(0, len(chosen), SEATS_REMOVED), 1):
        done(form.get("client", ""), n, "seat.remove", {
            "workshop": workshop_id, "seats": [one.id for one in chosen[at:at + SEATS_REMOVED]], "bar": "bar" in form})
    return redirect(f"/w/{workshop_id}/people", 303)  # where it can be undone


@pages.post("/w/<workshop_id>/people/move")
def move(workshop_id: str) -> ResponseReturnValue:
    """Moves those who are ticked into a room, or into none."""
    visitor.only_leads(workshop_id)
    form = request.form
    seats = list(dict.fromkeys(form.getlist("seat")))
    if not seats:
        return people(workshop_id, _("Tick the people first."))
    if form.get("to") == "-":
        return people(workshop_id, _("Choose a room."))
    try:
        for n, at in enumerate(range(0, len(seats), SEATS_REMOVED), 1):
            done(form.get("client", ""), n, "seat.move", {
                "workshop": workshop_id, "seats": seats[at:at + SEATS_REMOVED], "to": form.get("to", "")[:40] or None})
    except Refusal as refusal:
        return people(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/people?moved={len(seats)}#everybody", 303)


@pages.post("/w/<workshop_id>/people/readmit")
def readmit(workshop_id: str) -> ResponseReturnValue:
    """Lets somebody back in who was removed."""
    visitor.only_leads(workshop_id)
    seats = request.form.getlist("seat")
    if not seats:
        return people(workshop_id, _("Tick the people first."))
    done(request.form.get("client", ""), 1, "seat.readmit", {"workshop": workshop_id, "seats": seats[:SEATS_REMOVED]})
    return redirect(f"/w/{workshop_id}/people#removed", 303)


def _open_rooms(here: Place) -> list[tuple[str, str]]:
    """Lists (id, number and title) of the rooms into which somebody can be moved."""
    rooms = here.session.scalars(select(Room).where(
        Room.workshop_id == here.workshop.id, Room.kind == "group", Room.opened_at.is_not(None), Room.closed_at.is_(None))
        .order_by(Room.position, Room.number))
    return [(room.id, f"{room.number} · {room.title}") for room in rooms]


def _groups(here: Place, seat_id: str) -> list[tuple[str, str]]:
    """Lists (number and title, since and until when) of the groups in which somebody has been, the last time in each."""
    inside = select(Room.number, Room.title, RoomSeat.at, RoomSeat.left_at).join(RoomSeat, RoomSeat.room_id == Room.id)
    rows = here.session.execute(inside.where(RoomSeat.seat_id == seat_id, Room.kind == "group").order_by(RoomSeat.at))
    zone = here.workshop.zones[:1]
    return [(f"{row.number} · {row.title}",
             f"{day_said(row.at.astimezone(ZoneInfo(zone[0])).date())} · {hours(row.at, zone)} – "
             + (hours(row.left_at, zone) if row.left_at else _("now"))) for row in rows]


def _beside(here: Place, found: Participants) -> Json:
    """Prepares what each of these pages needs."""
    return {"workshop": here.workshop, "delegations": here.delegations, "sites": {s["id"]: s["name"] for s in here.sites},
            "looks": {one.id: _looks(one.told) for one in found.people if one.told},
            "channels": channels(),
            "sharing": {n: len(group) for n, group in found.devices.items()}}


def _looks(told: Told) -> str:
    """Words what is told of a name."""
    of = ", ".join(told.of)
    match told.sort:
        case s if s == STAFF:
            return _("Looks like {name}, who is on the team.", name=of)
        case s if s == LEADS:
            return _("Looks as if it were the team's.")
        case s if s == OTHER:
            return _("Written so that it looks like {name}.", name=of)
        case s if s == SAME:
            return count("{n} person has this name in this delegation.", "{n} people have this name in this delegation.",
                         int(told.of[0]))
    return ""
