"""Batches joins: people who join at the same time share one transaction, so that a hall is seated with few disk flushes."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshop.actions.core.writer import Writer, in_time
from workshop.actions.people import address_limits, sessions
from workshop.actions.people import join_replay as once
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.ids import ID
from workshop.domain.shapes import Json
from workshop.store.models import Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Changes, Session


@dataclass
class Arrival:
    """Holds what `sessions.join` is asked, and `show(session, joined)`: what else is read before the session ends. `once`:
    the id of the form, where it may come again (actions/people/join_replay.py); `address`: where the request came from."""

    secret: str | None
    code: str
    people: list[Json]
    room: int | None
    show: Callable[[Session, sessions.Joined], Any]
    once: str = ""
    address: str | None = None


Came = tuple[sessions.Joined, Any]  # with what `show` returned


class JoinQueue:
    """Seats people in batches; `join` returns when the seats are on disk."""

    def __init__(self, store: Store, clock: Callable[[], datetime], announce: Callable[[Changes], object],
                 heard: Callable[[list[str], datetime], object] = lambda seats, at: None) -> None:
        self.store, self.clock, self.announce, self.heard = store, clock, announce, heard
        self.crowds = address_limits.SeatLimits()
        self.writer = Writer(self._seat)

    def join(self, secret: str | None, code: str, people: list[Json], room: int | None = None,
             show: Callable[[Session, sessions.Joined], Any] = lambda session, joined: None, once: str = "",
             address: str | None = None) -> Came:
        """Returns (Joined, what `show` returned). Raises Refusal, RetryLater."""
        once = once if ID.fullmatch(once) else ""
        answer = self.writer.submit(Arrival(secret, code, people, room, show, once, address))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def settle(self, device: str) -> None:
        """Notes that the device has shown its new secret. Raises RetryLater."""
        with self.store.pen.hold() as session:
            sessions.settle(session, device)

    def _seat(self, arrivals: list[Arrival]) -> list[Came | Exception]:
        """Seats those for which there is time in one transaction; where one of them breaks it, each gets its own."""
        try:
            return self._together(arrivals)
        except RetryLater:
            raise
        except Exception:
            if len(arrivals) == 1:
                raise
            return [self._alone(arrival) for arrival in in_time(arrivals)]

    def _alone(self, arrival: Arrival) -> Came | Exception:
        try:
            return self._together([arrival])[0]
        except Exception as error:
            return error

    def _together(self, arrivals: list[Arrival]) -> list[Came | Exception]:
        with self.crowds.counting(), self.store.pen.hold() as session:
            if numbering.lock(session, {found.id for arrival in arrivals if (found := _workshop(session, arrival))}):
                session.expire_all()  # the workshop may have been locked meanwhile
            answers: list[Came | Exception] = [self._answer(session, arrival) for arrival in in_time(arrivals)]
            seats = [seat.id for answer in answers if not isinstance(answer, Exception) for seat in answer[0].seats]
            changes = session.changes
        self.heard(seats, self.clock())
        self.announce(changes)
        return answers

    def _answer(self, session: Session, arrival: Arrival) -> Came | Refusal:
        now = self.clock()
        try:
            joined = once.again(session, now, arrival)
            if joined is None:
                joined = self._sit(session, now, arrival)
                once.remember(session, now, arrival, joined)
        except Refusal as refusal:  # it has written nothing
            return refusal
        return joined, arrival.show(session, joined)

    def _sit(self, session: Session, now: datetime, arrival: Arrival) -> sessions.Joined:
        """Seats one arrival within the limits of its address (actions/people/address_limits.py); without an address it is
        not counted."""
        if arrival.address:
            self.crowds.let_in(sessions.find_workshop(session, arrival.code), arrival.address, len(arrival.people))
        joined = sessions.join(session, now, arrival.secret, arrival.code, arrival.people, arrival.room,
                            self.crowds.mark(arrival.address))
        if arrival.address:
            self.crowds.came(joined.workshop, arrival.address, len(arrival.people))
        return joined

    def forget(self) -> None:
        """Removes the address hashes of seats that came long ago. Raises RetryLater."""
        with self.store.pen.hold() as session:
            address_limits.forget(session, self.clock())


def _workshop(session: Session, arrival: Arrival) -> Workshop | None:
    try:
        return sessions.find_workshop(session, arrival.code)
    except Refusal:
        return None  # the answer says so
