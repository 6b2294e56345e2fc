"""Lists the ballots of a vote as they count: from which channel and delegation, how often."""
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from workshop.domain import voting
from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Choices
from workshop.store.models import Activity, Ballot, Seat
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets


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
    """Lists the ballots of the vote, with what may be told of each. One with nothing else in it is no vote yet. Those of a
    secret vote are nobody's and in no order, and there are none once it is over."""
    told = vote_targets.is_told(session, vote)
    if secret_ballots.is_over(vote):
        return []
    secret, found = voting.is_secret(vote.settings), []
    read = secret_ballots.reader(session, vote.id) if secret else None
    for choices, seat, delegation, channel in session.execute(
            select(Ballot.choices, Seat.id, Seat.delegation_id, Seat.channel).join(Seat)
            .where(Ballot.activity_id == vote.id)):
        given = read(choices) if read else choices
        if given is None:
            continue
        seen = {key: value for key, value in given.items() if told(key)}
        if seen or not given:
            found.append(Counted(seen, None if secret else seat, delegation, channel))
    return sorted(found, key=lambda one: dumps(one.choices)) if secret else found


def unreadable(session: Session, vote: Activity) -> int:
    """Counts the secret ballots that nobody can read any more, because their key is gone."""
    if not voting.is_secret(vote.settings) or secret_ballots.is_over(vote):
        return 0
    read = secret_ballots.reader(session, vote.id)
    return sum(read(choices) is None for choices in session.scalars(
        select(Ballot.choices).where(Ballot.activity_id == vote.id)))


def pairs(found: Iterable[Counted]) -> list[tuple[Choices, str | None]]:
    """Lists (choices, delegation) of each ballot, as often as it counts: what the kinds make a result of."""
    return [(one.choices, one.delegation) for one in found for _ in range(one.times)]


def people(found: Iterable[Counted]) -> int:
    """Counts who gave them."""
    return sum(one.people for one in found)
