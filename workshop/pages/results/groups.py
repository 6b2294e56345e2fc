"""Shows the people who answer alike in a vote: the groups, and to each device where its own seats stand."""
from flask import request

from workshop.actions.opinions import groups
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.exports.breakdowns import Whole
from workshop.exports.opinions.told import Camp, why_none
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Room
from workshop.store.votes.opinion_groups import applies


def shown(here: Place, vote: Activity, room: Room, made: Whole | None, waits: bool) -> Json:
    """Returns {no_groups: why none are told of, mine: where the seats of this device stand} for the page of the result."""
    if made is None:
        return {"no_groups": "", "mine": None, "gives": False}
    why = "" if made.alike else none(vote.kind, vote.settings, waits)
    return {"no_groups": why, "mine": _mine(here, vote, room, made) if made.alike else None,
            "gives": here.viewer.leads and applies(vote)}


def none(kind: str, settings: Json, waits: bool = False) -> str:
    """Says why no groups are told of."""
    return why_none(kinds()[kind].alike, voting.is_secret(settings), voting.per_delegation(settings), groups.possible(),
                    waits)


def _mine(here: Place, vote: Activity, room: Room, made: Whole) -> Json | None:
    """Returns {seats: [(id, name)] of this device, seat: the one that asks, stands, camp}; nobody else's answer is before
    the eyes of who shares the device: where there are several, whoever wants to know says who they are."""
    seats = [seat for seat in here.seats if room.kind != "group" or seat["room"] == room.id]
    if not seats or not made.alike:
        return None
    asks = request.args.get("seat", "")
    seat = next((one for one in seats if one["id"] == asks), seats[0] if len(seats) == 1 else None)
    stands = groups.stands(here.session, vote, seat["id"]) if seat else None
    camp: Camp | None = next((one for one in made.alike.camps if stands and one.letter == stands["letter"]), None)
    return {"seats": seats if len(seats) > 1 else [], "seat": seat, "stands": stands if camp else None, "camp": camp}
