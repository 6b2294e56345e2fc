"""Limits how many new seats one address may take: a venue has one address, and so has somebody who floods a workshop.

The bound is wide enough for a hall that joins at once, and narrow enough that a thousand voices are not made in a few
seconds; the desk is told of both. A seat keeps a hash of its address (domain/people/addresses.py) for two hours.
"""
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import update

from workshop.domain.errors import Refusal
from workshop.domain.limits import MANY_AT_ONCE, SEATS_AT_ONCE, SEATS_OVER, SEATS_RATE, Buckets
from workshop.domain.people.addresses import mark_of, network_of
from workshop.domain.shapes import Json
from workshop.store.models import Seat, Workshop
from workshop.store.transaction import Session

MINUTE = 60.0
KEPT = timedelta(hours=2)  # for which a seat keeps the hash of its address
MOST = 20_000  # arrivals remembered


class SeatLimits:
    """Counts the arrivals of this process, by workshop and address. `key` makes the hashes; `monotonic`: seconds."""

    def __init__(self, key: bytes = b"", monotonic: Callable[[], float] = time.monotonic) -> None:
        self.key, self.monotonic = key, monotonic
        self.seats = Buckets(SEATS_RATE, SEATS_AT_ONCE)
        self._coming: list[tuple[float, str, str, int, bool]] = []  # of the transaction that runs
        self._came: deque[tuple[float, str, str, int, bool]] = deque(maxlen=MOST)  # when, workshop, network, seats, seated

    def let_in(self, workshop: Workshop, address: str | None, seats: int) -> None:
        """Admits `seats` more, or Refusal `too_many_at_once` with the `seconds` until they can come."""
        network, now = network_of(address), self.monotonic()
        most = max(1.0, workshop.expected * SEATS_OVER) if workshop.expected else None
        wait = seats - self.seats.level(f"{workshop.id} {network}", now, most)
        if wait > 0:
            self._came.append((now, workshop.id, network, seats, False))
            raise Refusal("too_many_at_once", seconds=max(1, round(wait / SEATS_RATE)))

    def came(self, workshop: Workshop, address: str | None, seats: int) -> None:
        """Notes that they have taken their seats, if the transaction holds."""
        network, now = network_of(address), self.monotonic()
        self.seats.spend(f"{workshop.id} {network}", now, seats)
        self._coming.append((now, workshop.id, network, seats, True))

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Wraps a transaction: arrivals in one that was rolled back do not count."""
        self._coming = []
        try:
            yield
        except BaseException:
            for at, workshop, network, seats, _seated in self._coming:
                self.seats.spend(f"{workshop} {network}", at, -seats)
            raise
        self._came.extend(self._coming)

    def mark(self, address: str | None) -> str | None:
        """Returns the hash of its address that a seat keeps."""
        return mark_of(self.key, network_of(address)) if address else None

    def last_minute(self, workshop: str) -> Json:
        """Reports {came?: seats from the address from which most came, if they are many, refused?: seats that were sent
        away}."""
        since = self.monotonic() - MINUTE
        while self._came and self._came[0][0] < since:
            self._came.popleft()
        came: Counter[str] = Counter()
        refused = 0
        for _at, where, network, seats, seated in self._came:
            if where == workshop and seated:
                came[network] += seats
            elif where == workshop:
                refused += seats
        most = max(came.values(), default=0)
        return ({"came": most} if most >= MANY_AT_ONCE else {}) | ({"refused": refused} if refused else {})


def forget(session: Session, now: datetime) -> None:
    """Removes the address hashes of seats that came long ago."""
    session.execute(update(Seat).where(Seat.came_from.is_not(None), Seat.created_at < now - KEPT).values(came_from=None)
                    .execution_options(synchronize_session=False))
