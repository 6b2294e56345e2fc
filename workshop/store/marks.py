"""What is the team's alone and travels on no line: which cards were read, how many have voted and how many could.

A card that was read is linked with itself; `position` is the revision that was read.
"""
from collections import Counter

from sqlalchemy import select

from workshop.domain import steps
from workshop.domain.kinds import kinds
from workshop.store import turnout
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


def votes(session, rooms) -> dict[str, list[int]]:
    """{vote: [how many have chosen something, how many could]} of the votes that were opened; not while a step of the room
    is private, where it would tell that there are cards."""
    shown = [room.id for room in session.scalars(select(Room).where(Room.id.in_(rooms))) if steps.sees(room) == steps.ROOM]
    held = [one for one in session.scalars(select(Activity).where(Activity.room_id.in_(shown))) if kinds()[one.kind].decides]
    chosen = Counter(vote for vote, choices in session.execute(select(Ballot.activity_id, Ballot.choices).where(
        Ballot.activity_id.in_([one.id for one in held]))) if choices)
    return {vote: [chosen[vote], found.people] for vote, found in turnout.of_votes(session, held).items()
            if found.at or chosen[vote]}
