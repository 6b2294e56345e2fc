"""Tracks who takes part over plain HTTP: forms of pages without script, and pages whose sockets do not pass.

Any request that takes part counts as a word from the seats of its device. Nothing is asked of the store until a desk looks.
"""
import time
from contextlib import suppress
from dataclasses import dataclass

from flask import Response, request

from workshop.domain.errors import RetryLater
from workshop.domain.people.tokens import secret_in
from workshop.house import House
from workshop.store.identity import identify_many

# Endpoint -> kind of connection. Opening a page says nothing: those with a script do it too.
KINDS = {"forms.say": "forms", "api.do": "http", "api.changes": "http"}
HERE = {"forms": 600.0, "http": 45.0}  # seconds for which a word counts as presence; readers send no forms
MOST = 5000  # devices remembered


@dataclass
class Visit:
    """Remembers the last word of a device. `at`: monotonic; `seats`: seat id -> (workshop, rooms), None while nobody has
    asked."""

    kind: str
    at: float
    seats: dict[str, tuple[str, frozenset[str]]] | None = None


class HttpPresence:
    """Remembers the devices that this process has heard over HTTP, by cookie."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.heard: dict[str, Visit] = {}

    def note(self, response: Response) -> Response:
        """Notes the device after each request."""
        kind = KINDS.get(request.endpoint or "")
        if kind is None or response.status_code >= 400:
            return response
        cookie = secret_in(request.environ.get("HTTP_AUTHORIZATION"), request.cookies.get("tinkuy"))
        if cookie and self.house.rate_limit_keys.remembered(cookie):  # else it is nobody's word
            self.heard.pop(cookie, None)  # the newest stand last
            self.heard[cookie] = Visit(kind, time.monotonic())
            if len(self.heard) > MOST:
                del self.heard[next(iter(self.heard))]
        return response

    def of(self, workshop: str) -> dict[str, tuple[str, float, frozenset[str]]]:
        """Lists {seat: (kind, monotonic seconds of its last word, its rooms)} of the workshop, where that is recent."""
        with suppress(RetryLater):
            self._recognise()
        now = time.monotonic()
        found: dict[str, tuple[str, float, frozenset[str]]] = {}
        for visit in list(self.heard.values()):
            if now - visit.at < HERE[visit.kind]:
                found |= {seat: (visit.kind, visit.at, rooms) for seat, (where, rooms) in (visit.seats or {}).items()
                          if where == workshop}
        return found

    def _recognise(self) -> None:
        new = [cookie for cookie, visit in self.heard.items() if visit.seats is None]
        if new:
            with self.house.store.read() as session:
                known = {cookie: {seat.id: (seat.workshop_id, frozenset((who.rooms or {}).get(seat.id, ())))
                                  for seat in who.seats.values()} for cookie, who in identify_many(session, new).items()}
            for cookie in new:
                if cookie in self.heard:
                    self.heard[cookie].seats = known.get(cookie, {})
