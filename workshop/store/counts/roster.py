"""Reads the list of expected people: who is found by some letters, who is expected, here and absent, day by day."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, select

from workshop.domain.ids import REENTRY, codes_in
from workshop.domain.people.lookalikes import plain, skeleton
from workshop.store.models import ExpectedPerson, Presence, Seat
from workshop.store.transaction import Session

LETTERS = 3  # without fewer nobody is looked for: the list is not for everybody to read
SHOWN = 5


@dataclass
class OnList:
    """Describes somebody on the list. `seat`: the one that they have taken, where it still takes part; `days`: on which
    they were there; `like`: others on the list whose names look the same."""

    id: str
    name: str
    delegation: str | None
    channel: str
    code: str
    seat: str | None = None
    days: frozenset[str] = frozenset()
    like: list[str] = field(default_factory=list)


@dataclass
class Found:
    """Holds who was found; `more`: there are others, for whom more letters are needed; `exact`: by their code."""

    people: list[OnList]
    more: bool = False
    exact: bool = False


def has_list(session: Session, workshop_id: str) -> bool:
    """Tells whether anybody is on the list."""
    return session.scalar(select(ExpectedPerson.id).where(ExpectedPerson.workshop_id == workshop_id).limit(1)) is not None


def find(session: Session, workshop_id: str, typed: str) -> Found | None:
    """Finds the one whose code this is, or those whose name has words that begin so; None where too little was typed."""
    codes = [code for code in codes_in(typed) if len(code) == REENTRY]
    rows = _rows(session, ExpectedPerson.workshop_id == workshop_id, ExpectedPerson.code.in_(codes)) if codes else []
    if rows:
        return Found(rows, exact=True)
    asked = [plain(word) for word in typed.split() if plain(word)]
    if sum(map(len, asked)) < LETTERS:
        return None
    found = [one for one in _rows(session, ExpectedPerson.workshop_id == workshop_id) if _fits(one.name, asked)]
    return Found(found[:SHOWN], len(found) > SHOWN)


def by_code(session: Session, typed: str) -> ExpectedPerson | None:
    """Finds whose code stands in the text."""
    codes = [code for code in codes_in(typed) if len(code) == REENTRY]
    return session.scalar(select(ExpectedPerson).where(ExpectedPerson.code.in_(codes))) if codes else None


def _fits(name: str, asked: list[str]) -> bool:
    """Tells whether each word that was typed begins one of the name's, no two the same."""
    words = [plain(word) for word in name.split()]
    for typed in asked:
        at = next((i for i, word in enumerate(words) if word.startswith(typed)), None)
        if at is None:
            return False
        del words[at]
    return True


def on_list(session: Session, workshop_id: str) -> list[OnList]:
    """Lists everybody who is expected, by name."""
    people = _rows(session, ExpectedPerson.workshop_id == workshop_id)
    days: dict[str, set[str]] = {}
    for seat, day in session.execute(select(Presence.seat_id, Presence.day).join(
            ExpectedPerson, ExpectedPerson.seat_id == Presence.seat_id).where(ExpectedPerson.workshop_id == workshop_id)):
        days.setdefault(seat, set()).add(day)
    alike: dict[str, list[OnList]] = {}
    for one in people:
        one.days = frozenset(days.get(one.seat or "", ()))
        alike.setdefault(skeleton(one.name) or one.name, []).append(one)
    for group in alike.values():
        for one in group:
            one.like = [other.name for other in group if other is not one]
    return people


def _rows(session: Session, *which: object) -> list[OnList]:
    rows = session.execute(select(ExpectedPerson, Seat.id).outerjoin(
        Seat, and_(Seat.id == ExpectedPerson.seat_id, Seat.revoked_at.is_(None))).where(*which))  # type: ignore[arg-type]
    return sorted((OnList(one.id, one.name, one.delegation_id, one.channel, one.code, seat) for one, seat in rows),
                  key=lambda one: (plain(one.name), one.id))


@dataclass
class Here:
    """Describes somebody who was there on a day; `expected`: they are on the list."""

    seat: str
    name: str
    delegation: str | None
    channel: str
    arrived: datetime
    last: datetime
    expected: bool = False


@dataclass
class Day:
    """Holds who was there on a day, by name, and who of the list was not."""

    day: str
    here: list[Here]
    absent: list[OnList]

    @property
    def channels(self) -> Counter[str]:
        """Counts those who were there by channel."""
        return Counter(one.channel for one in self.here)

    def by_delegation(self, delegations: Sequence[str | None]) -> list[tuple[str | None, int, int, Counter[str]]]:
        """Lists (delegation, expected, here, by channel) for each in which anybody is."""
        found = []
        for key in delegations:
            here = [one for one in self.here if one.delegation == key]
            missing = sum(one.delegation == key for one in self.absent)
            if here or missing:
                found.append((key, sum(one.expected for one in here) + missing, len(here),
                              Counter(one.channel for one in here)))
        return found


def attendance(session: Session, workshop_id: str, days: Sequence[str]) -> list[Day]:
    """Lists these days and all others on which anybody was there, in their order."""
    people = on_list(session, workshop_id)
    of_seat = {one.seat for one in people if one.seat}
    here: dict[str, list[Here]] = {}
    for row, seat in session.execute(select(Presence, Seat).join(Seat, Seat.id == Presence.seat_id).where(
            Seat.workshop_id == workshop_id, Seat.joined_id.is_(None))):
        here.setdefault(row.day, []).append(Here(seat.id, seat.name, seat.delegation_id, row.channel, row.arrived_at,
                                                 row.last_at, seat.id in of_seat))
    return [Day(day, sorted(here.get(day, []), key=lambda one: (plain(one.name), one.seat)),
                [one for one in people if day not in one.days]) for day in sorted({*days, *here})]
