"""Answers a device that has voted what the vote came to so far."""
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from workshop.actions.votes import sight
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Tally
from workshop.house import house
from workshop.pages.shell import visitor
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Room

pages = Blueprint("votes", __name__)


@pages.get("/w/<workshop_id>/votes/<vote_id>/now")
def now(workshop_id: str, vote_id: str) -> ResponseReturnValue:
    """Answers {tally} of a vote that is hidden until one has voted, to who has (`?seat=` of several on the device); else {}.
    """
    with visitor.at(workshop_id) as here:
        vote = here.session.get(Activity, vote_id)
        room = here.session.get(Room, vote.room_id) if vote else None
        if vote is None or room is None or room.workshop_id != workshop_id:
            raise Refusal("not_here")
        seats = [seat["id"] for seat in here.seats]
        wanted = request.args.get("seat", "")
        told = so_far(here, room, vote, wanted if wanted in seats else next(iter(seats), ""))
    return jsonify({"tally": told} if told else {})


def so_far(here: Place, room: Room, vote: Activity, seat: str) -> Tally | None:
    """Finds what the seat may know of a vote that is open, of the room in which it is, or of the plenary."""
    inside = room.kind == "plenary" or any(one["id"] == seat and one["room"] == room.id for one in here.seats)
    return sight.so_far(here.session, house().clock(), room, vote, seat) if seat and inside else None
