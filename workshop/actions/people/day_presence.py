"""Notes on which days people are there: when they join, connect, send or stay connected.

What is heard is kept in memory, at most once in five minutes of each seat, and written some seconds later, all of it in one
transaction: nobody's command waits for it.
"""
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.store.fast import fast_insert
from workshop.store.models import Presence, Seat, Workshop
from workshop.store.session import Store
from workshop.store.transaction import Session

EVERY = timedelta(minutes=5)
MOST = 20_000  # seats remembered
QUARTER = 15  # minutes
AT_ONCE = 100  # seats of a transaction: nobody waits for long


@dataclass
class Heard:
    """Holds when a seat that is not yet written down was heard first and last; `places`: the workshops where its device was
    then, None for that of the seat."""

    first: datetime
    last: datetime
    places: set[str] | None


class DayPresence:
    """Collects who is there in this process; `write()` puts it down."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store, self.clock = store, clock
        self._noted: dict[str, datetime] = {}
        self._waiting: dict[str, Heard] = {}

    def heard(self, seats: Iterable[str], at: datetime, places: Collection[str] | None = None) -> None:
        """Notes that these seats are there; `places`: the workshops that their device looks at."""
        for seat in seats:
            last = self._noted.get(seat)
            if last is not None and at - last < EVERY:
                continue
            if len(self._noted) >= MOST:
                self._noted.clear()
            self._noted[seat] = at
            held = self._waiting.get(seat)
            if held is None:
                self._waiting[seat] = Heard(at, at, None if places is None else set(places))
            else:
                held.last = at
                held.places = None if places is None or held.places is None else held.places | {*places}

    def write(self) -> int:
        """Writes down what was heard; returns how many seats. What cannot be written now waits. Raises RetryLater."""
        written = 0
        while self._waiting:
            keys = list(self._waiting)[:AT_ONCE]
            taken = {key: self._waiting.pop(key) for key in keys}
            try:
                with self.store.pen.hold() as session:  # the writer's own, which need not forget what it knows
                    written += _write(session, taken)
            except BaseException:
                self._waiting = taken | self._waiting
                raise
        return written


def _write(session: Session, heard: dict[str, Heard]) -> int:
    """Writes one day of each seat, two where it was heard before and after midnight."""
    marks: dict[tuple[str, str], tuple[datetime, datetime, str]] = {}
    for seat, workshop, channel, zones, privacy in session.execute(
            select(Seat.id, Seat.workshop_id, Seat.channel, Workshop.zones, Workshop.privacy).join(
                Workshop, Workshop.id == Seat.workshop_id).where(Seat.id.in_(heard), Seat.revoked_at.is_(None))):
        one = heard[seat]
        if one.places is None or workshop in one.places:
            for at in (one.first, one.last):
                cut = _cut(at, privacy)
                key = seat, at.astimezone(ZoneInfo(zones[0])).date().isoformat()
                first, last, _channel = marks.get(key, (cut, cut, channel))
                marks[key] = min(first, cut), max(last, cut), channel
    there = {(row.seat_id, row.day): row for row in session.scalars(select(Presence).where(
        Presence.seat_id.in_({seat for seat, _day in marks}), Presence.day.in_({day for _seat, day in marks})))}
    fresh = [{"seat_id": seat, "day": day, "arrived_at": first, "last_at": last, "channel": channel}
             for (seat, day), (first, last, channel) in marks.items() if (seat, day) not in there]
    if fresh:
        fast_insert.write(session, Presence, fresh)
    for key, row in there.items():
        if key in marks:
            first, last, row.channel = marks[key]
            row.arrived_at, row.last_at = min(row.arrived_at, first), max(row.last_at, last)
    return len({seat for seat, _day in marks})


def _cut(at: datetime, privacy: str) -> datetime:
    """Cuts an instant to its minute; where nobody is to see who wrote to its quarter of an hour, so that the minute of a
    card does not tell whose it is."""
    return at.replace(minute=at.minute - at.minute % (QUARTER if privacy == "anonymous" else 1), second=0, microsecond=0)
