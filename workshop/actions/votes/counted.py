"""Lists the ballots of a vote as they count: from which channel and delegation, how often."""
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, func, select

from workshop.domain import voting
from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Choices
from workshop.store.counts import hands
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Ballot, Seat
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets
from workshop.store.votes import voices

CAST = Question(select(
    Ballot.choices, Seat.id, func.coalesce(Ballot.delegation_id, Seat.delegation_id).label("delegation"), Seat.channel,
    Ballot.room_id).join(Seat, Seat.id == Ballot.seat_id).where(Ballot.activity_id == bindparam("vote")))


@dataclass(frozen=True)
class Counted:
    """Holds a ballot as it counts. `seat`: None where nobody knows whose it is; `times`: how often it counts; `people`: how
    many people gave it; `proxy`: somebody else has given it for the seat; `room`: the working group that gave it as its one
    ballot, which has no seat, delegation or channel."""

    choices: Choices
    seat: str | None
    delegation: str | None
    channel: str
    times: int = 1
    people: int = 1
    proxy: bool = False
    room: str | None = None


def ballots(session: Session, vote: Activity) -> list[Counted]:
    """Lists the ballots of the vote, with what may be told of each. One with nothing else in it is no vote yet. Those of a
    secret vote are nobody's and in no order, and there are none once it is over."""
    session.flush()
    told = vote_targets.is_told(session, vote)
    if secret_ballots.is_over(vote):
        return []
    secret, found = voting.is_secret(vote.settings), []
    read = secret_ballots.reader(session, vote.id) if secret else None
    for given, seat, delegation, channel, room in CAST.rows(session, vote=vote.id):
        choices = read(given) if read else given
        if choices is None:
            continue
        people = 1  # of the parts of a ballot that is split the first one counts who gave it
        for times, part in voting.parts(vote.settings, delegation, choices):
            seen = part if all(map(told, part)) else {key: value for key, value in part.items() if told(key)}
            if seen or not part:
                found.append(Counted(seen, None, None, "", room=room) if room else Counted(
                    seen, None if secret else seat, delegation, channel, times, people))
                people = 0
    if voting.per_room(vote.settings):
        return found + _on_paper(session, vote, told)
    found += by_hand(session, vote, told) if vote.hands else []
    found += by_proxy(session, vote, found)
    return sorted(found, key=lambda one: dumps(one.choices)) if secret else found


def by_hand(session: Session, vote: Activity, told: Callable[[str], bool]) -> list[Counted]:
    """Lists what the team entered. A count that has more people than are left is not among it."""
    of = hands.entered(session, vote)
    ticked = {seat for count in of.counts for line in count.lines for seat in line["seats"]}
    home = dict(session.execute(select(Seat.id, Seat.delegation_id).where(
        Seat.id.in_(ticked | set(of.joined.values())))).all()) if ticked else {}
    found = []
    for count in of.counts:
        for slot in of.slots(count) if count.returned_at is None else ():
            if seen := {key: value for key, value in slot.choices.items() if told(key)}:
                found.append(Counted(seen, slot.seat, home.get(slot.seat or ""), hands.CHANNELS[count.how], slot.times,
                                     slot.people))
    return found


def _on_paper(session: Session, vote: Activity, told: Callable[[str], bool]) -> list[Counted]:
    """Lists the ballots of working groups that the team entered, of those that have cast none themselves."""
    of = hands.entered(session, vote)
    return [Counted(seen, None, None, "", room=count.room_id) for count in of.counts if count.returned_at is None
            for slot in of.slots(count) if (seen := {key: value for key, value in slot.choices.items() if told(key)})]


def by_proxy(session: Session, vote: Activity, found: Sequence[Counted]) -> list[Counted]:
    """Lists what holders of proxies gave for those whose voice they have, as often as a ballot of these counts; nothing for
    who has given a ballot of their own."""
    holders = voices.held(session, vote)
    if not holders:
        return []
    own = {one.seat for one in found if one.choices}
    home = {seat: (delegation, channel) for seat, delegation, channel in session.execute(
        select(Seat.id, Seat.delegation_id, Seat.channel).where(Seat.id.in_(holders.keys() - own)))}
    given = [(giver, one) for giver in sorted(home) for one in found if one.seat == holders[giver] and one.choices]
    return [replace(one, seat=giver, delegation=home[giver][0], channel=home[giver][1], times=times, people=0, proxy=True)
            for giver, one in given for times, _part in voting.parts(vote.settings, home[giver][0], one.choices)]


def give_back(session: Session, vote: Activity, now: datetime) -> bool:
    """Gives counts back to whoever entered them for which there are not seats enough any more, since people have voted
    themselves: they are marked, and do not count until somebody puts them right; takes the mark from those for which there
    are again. Tells whether what is said of the counts is another."""
    of = hands.entered(session, vote)
    _seating, short = of.seating(set())
    for one in of.counts:
        if (one.returned_at is not None) is not (one.id in short):
            one.returned_at = now if one.id in short else None
    before, vote.hands = vote.hands or [], hands.told(of, short)
    session.flush()
    return before != vote.hands


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
