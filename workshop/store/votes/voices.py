"""Counts voices for a formal vote: who holds whose, how many are present, represented, and could vote at all.

A proxy is in force while neither of the two has left; when the holder leaves, the voice is its giver's again. A ballot of
the giver's own takes its place (actions/votes/counted.py).
"""
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.store.counts import turnout
from workshop.store.models import Activity, Proxy, Room, RoomSeat, Seat
from workshop.store.transaction import Session


def takes(vote: Activity) -> bool:
    """Tells whether proxies count in the vote: in formal ones in which each seat has a ballot, and none that is secret."""
    return kinds()[vote.kind].quorum and not voting.is_secret(vote.settings) and voting.one_per(
        vote.settings) == voting.SEAT


def in_force(session: Session, room: Room, at: datetime | None = None) -> list[Proxy]:
    """Lists the proxies of a room in the order in which they were given; `at`: those that were in force then, as far as
    nobody has left since."""
    session.flush()
    stands = Proxy.ended_at.is_(None) if at is None else (Proxy.at <= at) & or_(
        Proxy.ended_at.is_(None), Proxy.ended_at > at)
    found = session.scalars(select(Proxy).where(Proxy.room_id == room.id, stands).order_by(Proxy.at, Proxy.id)).all()
    there = here(session, room, {seat for one in found for seat in (one.giver_id, one.holder_id)}) if found else set()
    return [one for one in found if {one.giver_id, one.holder_id} <= there]


def here(session: Session, room: Room, seats: Collection[str]) -> set[str]:
    """Finds which of the seats have not left: the workshop, or the room where that is a group's."""
    stays = select(Seat.id).where(Seat.id.in_(seats), Seat.workshop_id == room.workshop_id, Seat.revoked_at.is_(None),
                                  Seat.joined_id.is_(None))
    if room.kind == "group":
        stays = stays.join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
            RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None))
    return set(session.scalars(stays))


def held(session: Session, vote: Activity) -> dict[str, str]:
    """Finds {who has given their voice: who holds it} for the vote; nothing where it takes none."""
    if not takes(vote):
        return {}
    return {one.giver_id: one.holder_id for one in in_force(session, session.get_one(Room, vote.room_id), vote.closed_at)}


def of(session: Session, vote: Activity, could: dict[str, str | None], voted: int) -> Json:
    """Counts {call, present, represented, could} of a formal vote. `could`: the delegation of each seat that could vote;
    `voted`: the votes that were given, of which nobody is absent. What was counted at the door stands in the settings. Where
    working groups vote they are counted: those with somebody in them are present."""
    came = turnout.of_votes(session, [vote])[vote.id]
    if came.groups:
        present = vote.settings.get("present") or max(came.groups[1], voted)
        return {"call": vote.round, "present": present, "represented": 0, "could": max(came.groups[1], present)}
    there = came.could
    given = {giver: holder for giver, holder in held(session, vote).items() if giver not in there}
    present = {seat: could.get(seat, delegation) for seat, (delegation, _channel) in there.items()}
    n = _voices(vote, present.values())
    represented = _voices(vote, [could.get(giver) for giver in given])
    here = vote.settings.get("present") or max(n, voted)
    return {"call": vote.round, "present": here, "represented": represented,
            "could": max(_voices(vote, could.values()), here + represented)}


def _voices(vote: Activity, delegations: Collection[str | None]) -> int:
    """Counts how many votes people of these delegations have together."""
    each: set[str | None] | Collection[str | None] = delegations
    if voting.per_delegation(vote.settings):
        each = set(delegations) - {None}
    return sum(n for delegation in each for n, _part in voting.parts(vote.settings, delegation, {}))
