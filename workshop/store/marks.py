"""What is the team's alone and travels on no line: which cards were read, how many have voted where nothing is shown yet.

A card that was read is linked with itself; `position` is the revision that was read.
"""
from collections import Counter

from sqlalchemy import select

from workshop.domain import steps
from workshop.store.models import Activity, Ballot, Contribution, Link, Room

READ = "read"


def read(session, rooms) -> dict[str, list[str]]:
    """{room id: ids of the cards on its board that were read as they are now}."""
    found: dict[str, list[str]] = {}
    for room, card in session.execute(select(Activity.room_id, Contribution.id).join(
            Contribution, Contribution.activity_id == Activity.id).join(Link, Link.source_id == Contribution.id).where(
            Activity.room_id.in_(rooms), Link.kind == READ, Link.position == Contribution.rev, Contribution.kind == "idea",
            Contribution.withdrawn_at.is_(None), Contribution.merged_into.is_(None), Contribution.hidden_at.is_(None))):
        found.setdefault(room, []).append(card)
    return found


def voted(session, rooms) -> dict[str, int]:
    """{vote: how many seats have chosen something} where nothing was counted yet; not while a step of the room is private,
    where it would tell that there are cards."""
    shown = [room.id for room in session.scalars(select(Room).where(Room.id.in_(rooms))) if steps.sees(room) == steps.ROOM]
    cast = session.execute(select(Activity, Ballot.choices).join(Ballot, Ballot.activity_id == Activity.id).where(
        Activity.room_id.in_(shown)))
    return dict(Counter(vote.id for vote, choices in cast if choices and vote.tally is None))
