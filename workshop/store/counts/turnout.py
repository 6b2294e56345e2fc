"""Counts attendance at steps and turnout in votes, from the recorded sittings (store/models/sittings.py)."""
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select

from workshop.domain import voting
from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Attended, Ballot, Contribution, Room, RoomSeat, Seat, Sitting
from workshop.store.transaction import Session
from workshop.store.votes import who_gave


@dataclass
class Turnout:
    """Describes who could vote in a vote: {seat: (delegation, channel)}; `voted`: those of them who did, as far as it is
    known who; `groups`: (how many have voted, how many could), where working groups vote."""

    could: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    voted: set[str] = field(default_factory=set)
    at: datetime | None = None  # when it was opened first
    groups: tuple[int, int] | None = None

    @property
    def people(self) -> int:
        """Counts those who could vote."""
        return len(self.could)

    @property
    def of(self) -> tuple[int, int]:
        """Returns how many have voted, and of how many: people, or working groups."""
        return self.groups or (len(self.voted), max(self.people, len(self.voted)))


@dataclass
class Held:
    """Describes a step as often as it was held in a room: its name in words, and who was there: {seat: (delegation,
    channel)}."""

    key: str
    title: Json | None
    at: datetime
    there: dict[str, tuple[str | None, str]] = field(default_factory=dict)

    @property
    def hall(self) -> int:
        """Counts those of them who were in the hall."""
        return sum(channel in HALL for _delegation, channel in self.there.values())


def of_votes(session: Session, votes: list[Activity]) -> dict[str, Turnout]:
    """Finds {vote: its turnout}. A vote of which no sitting is known (it came out of an older file) has everybody who has
    ever been in its room."""
    found = {vote.id: Turnout() for vote in votes}
    rooms = {vote.room_id for vote in votes}
    for sitting, there in _sittings(session, rooms).items():
        for turnout in (found[key] for key in sitting.opens if key in found):
            turnout.at = min(turnout.at or sitting.at, sitting.at)
            turnout.could |= {row.seat_id: (row.delegation_id, row.channel) for row in there
                              if sitting.until is None or row.at <= sitting.until}
    unknown = [vote for vote in votes if found[vote.id].at is None]
    ever = select(RoomSeat.room_id, Seat.id, Seat.delegation_id, Seat.channel).join(Seat, Seat.id == RoomSeat.seat_id)
    for room, seat, delegation, channel in session.execute(ever.where(RoomSeat.room_id.in_({v.room_id for v in unknown}))):
        for vote in (vote for vote in unknown if vote.room_id == room):
            found[vote.id].could[seat] = delegation, channel
    for vote in votes:
        _only_voters(session, vote, found[vote.id])
        found[vote.id].groups = who_gave.groups(session, vote) if voting.per_room(vote.settings) else None
    cast = select(Ballot.activity_id, Seat.id, Seat.delegation_id, Seat.channel).join(Seat, Seat.id == Ballot.seat_id)
    for key, seat, delegation, channel in session.execute(cast.where(Ballot.activity_id.in_(found))):
        found[key].could.setdefault(seat, (delegation, channel))
        found[key].voted.add(seat)
    return found


def _only_voters(session: Session, vote: Activity, turnout: Turnout) -> None:
    """Takes out whom the rules of the vote leave out."""
    if not (who := voting.rules(vote.settings)["who"]):
        return
    delegations, channels, sites = (set(who.get(name) or ()) for name in ("delegations", "channels", "sites"))
    there = session.scalars(select(Seat.id).where(Seat.id.in_(turnout.could), Seat.site_id.in_(sites))).all() if sites \
        else turnout.could
    turnout.could = {seat: (delegation, channel) for seat, (delegation, channel) in turnout.could.items()
                     if (not delegations or delegation in delegations) and (not channels or channel in channels)
                     and seat in there}


def of_steps(session: Session, rooms: Collection[str]) -> dict[str, list[Held]]:
    """Lists {room: its steps in the order in which they were first held}; where nobody was, nothing was held."""
    found: dict[str, dict[str, Held]] = {}
    for sitting, there in sorted(_sittings(session, rooms).items(), key=lambda one: one[0].at):
        if not there:
            continue
        held = found.setdefault(sitting.room_id, {}).setdefault(
            sitting.step, Held(sitting.step, sitting.title, sitting.at))
        held.there |= {row.seat_id: (row.delegation_id, row.channel) for row in there}
    return {room: list(steps.values()) for room, steps in found.items()}


def took_part(session: Session, workshop_id: str) -> list[Seat]:
    """Lists who took part: everybody who has a seat in the workshop, and of those who were removed whoever attended a step,
    wrote or voted."""
    rooms = select(Room.id).where(Room.workshop_id == workshop_id)
    there = select(Attended.seat_id).join(Sitting, Sitting.id == Attended.sitting_id).where(Sitting.room_id.in_(rooms))
    did = (select(table.seat_id).join(Activity, Activity.id == table.activity_id).where(Activity.room_id.in_(rooms), *more)
           for table, more in ((Contribution, [Contribution.withdrawn_at.is_(None)]), (Ballot, ())))
    return list(session.scalars(select(Seat).where(Seat.workshop_id == workshop_id, Seat.joined_id.is_(None), or_(
        Seat.revoked_at.is_(None), *(Seat.id.in_(query) for query in (there, *did))))))


def _sittings(session: Session, rooms: Collection[str]) -> dict[Sitting, list[Attended]]:
    by_id = {one.id: one for one in session.scalars(select(Sitting).where(Sitting.room_id.in_(rooms)))}
    found: dict[Sitting, list[Attended]] = {one: [] for one in by_id.values()}
    for row in session.scalars(select(Attended).join(Sitting, Sitting.id == Attended.sitting_id).where(
            Sitting.room_id.in_(rooms))):
        found[by_id[row.sitting_id]].append(row)
    return found
