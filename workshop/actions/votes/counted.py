"""Lists the ballots of a vote as they count: from which channel and delegation, how often."""
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from workshop.domain import voting
from workshop.domain.shapes import Choices
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Ballot, Seat
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets

CAST = Question(select(
    Ballot.choices, Seat.id, func.coalesce(Ballot.delegation_id, Seat.delegation_id).label("delegation"), Seat.channel).join(
    Seat, Seat.id == Ballot.seat_id).where(Ballot.activity_id == bindparam("vote")))


@dataclass(frozen=True)
class Counted:
    """Holds a ballot as it counts. `seat`: None where nobody knows whose it is; `times`: how often it counts; `people`: how
    many people gave it."""

    choices: Choices
    seat: str | None
    delegation: str | None
    channel: str
    times: int = 1
    people: int = 1


def ballots(session: Session, vote: Activity) -> list[Counted]:
    """Lists the ballots of the vote, with what may be told of each. One with nothing else in it is no vote yet."""
    session.flush()
    told = vote_targets.is_told(session, vote)
    found = []
    for choices, seat, delegation, channel in CAST.rows(session, vote=vote.id):
        people = 1  # of the parts of a ballot that is split the first one counts who gave it
        for times, part in voting.parts(vote.settings, delegation, choices):
            seen = part if all(map(told, part)) else {key: value for key, value in part.items() if told(key)}
            if seen or not part:
                found.append(Counted(seen, seat, delegation, channel, times, people))
                people = 0
    return found


def pairs(found: Iterable[Counted]) -> list[tuple[Choices, str | None]]:
    """Lists (choices, delegation) of each ballot, as often as it counts: what the kinds make a result of."""
    return [(one.choices, one.delegation) for one in found for _ in range(one.times)]


def people(found: Iterable[Counted]) -> int:
    """Counts who gave them."""
    return sum(one.people for one in found)
