"""Shows the lobby: what is on now, my room, the other rooms, the programme, the re-entry codes."""
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.pages.participant.programme import programme, today
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import show
from workshop.store.counts import numbers

pages = Blueprint("lobby", __name__)


@pages.get("/w/<workshop_id>")
def lobby(workshop_id: str) -> ResponseReturnValue:
    """Shows the workshop as a participant sees it."""
    with visitor.at(workshop_id) as here:
        here.follow(workshop_id)
        seats, rooms = here.seats, here.rooms
        mine = {seat["room"] for seat in seats}
        own = [room for room in rooms if room.id in mine]
        return show("participant/lobby.html", script="lobby", workshop=here.workshop, seats=seats, rooms=rooms,
                    delegations=here.delegations, facts=facts(here, ()),
                    own=own, free=not any(room.opened_at and not room.closed_at for room in own), days=programme(here),
                    today=today(here),
                    left=numbers.left_by(here.session, [seat["id"] for seat in seats]) if seats else None,
                    viewer=here.viewer, desk=here.desk, writes=here.me.rapporteur_of(workshop_id))
