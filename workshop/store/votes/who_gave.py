"""Makes the table of a vote in which delegations or working groups vote and everybody can read what each chose: things ×
voters, and counts the working groups that could vote."""
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from workshop.domain import voting
from workshop.domain.shapes import Choices, Json
from workshop.store.models import Activity, Ballot, HandCount, Room, RoomSeat
from workshop.store.transaction import Session

MOST = 60  # voters of a table


def groups(session: Session, vote: Activity) -> tuple[int, int]:
    """Counts (working groups that have voted, those that could): rooms with somebody in them, and those that have."""
    cast = set(session.scalars(select(Ballot.room_id).where(Ballot.activity_id == vote.id, Ballot.room_id.is_not(None))))
    cast |= set(session.scalars(select(HandCount.room_id).where(
        HandCount.activity_id == vote.id, HandCount.room_id.is_not(None), HandCount.withdrawn_at.is_(None))))
    workshop = select(Room.workshop_id).where(Room.id == vote.room_id).scalar_subquery()
    there = set(session.scalars(select(Room.id).join(RoomSeat, RoomSeat.room_id == Room.id).where(
        Room.workshop_id == workshop, Room.kind == "group", Room.archived_at.is_(None), RoomSeat.left_at.is_(None))))
    return len(cast), len(there | cast)


def table(session: Session, vote: Activity, ballots: Iterable[tuple[str | None, Choices]], names: Mapping[str, Json]
          ) -> Json | None:
    """Returns {voters: [{key, name, number?, label?, weave?}], given: {thing: {voter: [choice]}}} of (delegation or working
    group, choices) pairs, at most MOST voters, as many as there are beside them in `more`; None where nobody is to read
    it. `names`: of delegations, in their order. A voter that splits its mandates has several choices."""
    if not voting.tabled(vote.settings):
        return None
    found: dict[str, list[Choices]] = {}
    for voter, choices in ballots:
        if voter:
            found.setdefault(voter, []).append(choices)
    if voting.per_room(vote.settings):
        rooms = session.scalars(select(Room).where(Room.id.in_(found)).order_by(Room.position, Room.number))
        voters: list[Json] = [{"key": room.id, "name": room.title, "number": room.number} for room in rooms]
    else:
        voters = [{"key": key, **names[key]} for key in names if key in found]
    given: dict[str, dict[str, list[Any]]] = {}
    for one in voters[:MOST]:
        for choices in found[one["key"]]:
            for thing, choice in choices.items():
                given.setdefault(thing, {}).setdefault(one["key"], []).append(choice)
    return {"voters": voters[:MOST], "given": given} | ({"more": len(voters) - MOST} if len(voters) > MOST else {})
