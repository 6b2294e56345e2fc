"""Notes on which days people are there: when they join, connect, send or stay connected.

What is heard is kept in memory, at most once in five minutes of each seat, and written some seconds later, all of it in one
transaction: nobody's command waits for it.
"""
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.domain.errors import RetryLater
from workshop.store.models import Presence, Seat, Workshop
from workshop.store.session import Store
from workshop.store.transaction import Session

EVERY = timedelta(minutes=5)
MOST = 20_000  # seats remembered
QUARTER = 15  # minutes


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
        taken, self._waiting = self._waiting, {}
        if not taken:
            return 0
        try:
            with self.store.write() as session:
                return _write(session, taken)
        except RetryLater:
            self._waiting = taken | self._waiting
            raise


def _write(session: Session, heard: dict[str, Heard]) -> int:
    written = 0
    for seat, zones, privacy in session.execute(select(Seat, Workshop.zones, Workshop.privacy).join(
            Workshop, Workshop.id == Seat.workshop_id).where(Seat.id.in_(heard), Seat.revoked_at.is_(None))).all():
        one = heard[seat.id]
        if one.places is not None and seat.workshop_id not in one.places:
            continue
        written += 1
        for at in {one.first, one.last}:
            _note(session, seat, at, ZoneInfo(zones[0]), privacy)
    return written


def _note(session: Session, seat: Seat, at: datetime, zone: ZoneInfo, privacy: str) -> None:
    day = at.astimezone(zone).date().isoformat()
    # Where nobody is to see who wrote, the minute of a card must not tell whose it is.
    at = at.replace(minute=at.minute - at.minute % (QUARTER if privacy == "anonymous" else 1), second=0, microsecond=0)
    row = session.get(Presence, (seat.id, day))
    if row is None:
        session.add(Presence(seat_id=seat.id, day=day, arrived_at=at, last_at=at, channel=seat.channel))
        session.flush()
    else:
        row.arrived_at, row.last_at, row.channel = min(row.arrived_at, at), max(row.last_at, at), seat.channel
