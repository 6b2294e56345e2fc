"""Shows the lobby: what is on now, my room, what comes next, the other rooms, the return codes."""
from collections import Counter
from collections.abc import Iterable

from babel.lists import format_list
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from workshop.domain import steps
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.participant import calls
from workshop.pages.participant.programme import ahead, ends_at, films, programme, rooms_now, running, today
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import numbers, places
from workshop.store.models import Room, RoomSeat
from workshop.words import _, language, spoken
from workshop.words.bidi import isolate
from workshop.words.screen import COMMON

pages = Blueprint("lobby", __name__)


@pages.get("/w/<workshop_id>")
def lobby(workshop_id: str) -> ResponseReturnValue:
    """Shows the workshop as a participant sees it."""
    with visitor.at(workshop_id) as here:
        here.follow(workshop_id)
        seats, rooms, now = here.seats, here.rooms, house().clock()
        mine = Counter(seat["room"] for seat in seats)
        own = sorted((room for room in rooms if room.id in mine), key=lambda room: -mine[room.id])
        people = places.inside(here.session, rooms)
        block, opens, were = running(here, now), rooms_now(here), set(mine)
        days = programme(here)
        if opens is not None and not here.viewer.is_staff:  # a block was started: its rooms count, and one's own as links
            rooms = [room for room in rooms if room.id in opens or room.id in were]
            own = [room for room in own if room.id in opens]
        return show("participant/lobby.html", script="lobby", styles=("door", "lobby"), workshop=here.workshop, seats=seats,
                    rooms=rooms, places=places.left(rooms, people), few=places.few(rooms, people),
                    delegations=here.delegations, facts=facts(here, ()), said=calls.unread(here),
                    own=own, about={room.id: _about(here, room) for room in own}, all_of=all_of,
                    free=opens != set() and not any(room.opened_at and not room.closed_at for room in own),
                    days=days, films=films(here, days), today=today(here), block=block, were=were,
                    hall=opens is not None and not opens,
                    until=ends_at(here, now), later=ahead(here, now),
                    left=numbers.left_by(here.session, [seat["id"] for seat in seats]) if seats else None,
                    viewer=here.viewer, desk=here.desk, writes=here.me.rapporteur_of(workshop_id))


def _about(here: Place, room: Room) -> Json:
    """{people: how many are in a room, step: which one runs there, until: when its clock ends}; the last two may be ''."""
    people = here.session.scalar(select(func.count()).select_from(RoomSeat).where(
        RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None)))
    if steps.state(room) != "open":
        return {"people": people, "step": "", "until": ""}
    runs, at = steps.now(room), room.deadline
    name = spoken(runs.get("title")) or _(COMMON.get(f"step.name.{runs['key']}", ""))
    said = (_("Step {n} of {all}: {name}") if name else _("Step {n} of {all}")).format(
        n=room.step + 1, all=len(room.steps), name=name)
    late = room.paused_at or not at or at <= house().clock()
    return {"people": people, "step": said, "until": "" if late or not at else hours(at, here.workshop.zones)}


def all_of(people: Iterable[Json]) -> str:
    """The names of some people as one says them: 'Rosa y Julio'."""
    return format_list([isolate(one["name"]) for one in people], locale=language())
