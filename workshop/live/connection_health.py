"""How the line of each seat is, for the desk: last contact, delay, what waits to be sent.  Never stored.

The delay is what a ping took there and back, so it costs the phone nothing; what waits the page says itself (`line`), when
it comes back and while it cannot get rid of it.  The page of a slow line is told its delay, since who only reads measures
none.  Only seats that need attention are named: on a good day the desk hears nothing.
"""
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from workshop.domain.shapes import Json
from workshop.live.http_presence import HttpPresence
from workshop.transport.sockets.heartbeat import SLOW

if TYPE_CHECKING:
    from workshop.live.door import Door, Socket

SILENT = 14.0  # seconds without a word; a living line answers every ping
MOST = 5000  # seats remembered that are away


class ConnectionHealth:
    """The lines of this process, seen from its sockets."""

    def __init__(self, door: "Door", clock: Callable[[], datetime]) -> None:
        self.door, self.clock, self.visits = door, clock, HttpPresence(door.house)
        self.away: dict[str, tuple[float, int, frozenset[str]]] = {}  # seat -> (heard last, what waited then, its streams)
        self.elsewhere: dict[str, float] = {}  # seat -> when another process last said that it has come there, monotonic

    def came(self, socket: "Socket") -> None:
        """The seats of a new socket are here again; other processes are told, who may think them away."""
        for seat in socket.seats:
            self.away.pop(seat, None)
        self.door.live.audience.wakeups.send({f"here:{seat}" for seat in socket.seats})

    def moved(self, seat: str) -> None:
        """The seat has come with a socket to another process."""
        self.away.pop(seat, None)
        if len(self.elsewhere) >= MOST:
            self.elsewhere.clear()
        self.elsewhere[seat] = time.monotonic()

    def went(self, socket: "Socket") -> None:
        """A socket is gone; its seats are away unless another socket carries them, here or where they went meanwhile."""
        here = {seat for other in self.door.sockets.values() for seat in other.seats}
        last = socket.line.heard if socket.line else 0.0
        for seat in set(socket.seats) - here:
            if self.elsewhere.get(seat, 0.0) > last:
                continue
            if len(self.away) >= MOST:
                self.away.clear()
            self.away[seat] = (self._heard(socket), socket.waiting, frozenset(socket.audiences))

    def of(self, workshop: str) -> dict[str, Json]:
        """{seat: {state, delay: s, waiting: n, heard: epoch s}} of those in a workshop that need attention; the state is
        slow, silent, waits or away, or forms or http for those who are heard by other ways than a socket (visits.py)."""
        found = {}
        for seat, sockets in self._carried(workshop).items():
            best = min((self._look(socket) for socket in sockets), key=lambda look: (look["state"] != "good", look["delay"]))
            if best["state"] != "good":
                found[seat] = best
        found |= {seat: {"state": "away", "delay": 0, "waiting": waiting, "heard": round(heard)}
                  for seat, (heard, waiting, streams) in self.away.items() if workshop in streams}
        return found | {seat: {"state": kind, "delay": 0, "waiting": 0, "heard": round(heard)}
                        for seat, (kind, heard, _) in self.visiting(workshop).items()}

    def visiting(self, workshop: str) -> dict[str, tuple[str, float, frozenset[str]]]:
        """{seat: (kind of line, heard last, rooms)} of those whom no socket carries: a request was their last word."""
        carried, start = self._carried(workshop), self.clock().timestamp() - time.monotonic()
        return {seat: (kind, start + at, rooms) for seat, (kind, at, rooms) in self.visits.of(workshop).items()
                if seat not in carried and at > self.elsewhere.get(seat, 0.0)
                and start + at > self.away.get(seat, (0.0,))[0]}

    def _carried(self, workshop: str) -> dict[str, list["Socket"]]:
        carried: dict[str, list[Socket]] = {}
        for socket in self.door.sockets.values():
            for seat in socket.seats if workshop in socket.audiences else ():
                carried.setdefault(seat, []).append(socket)
        return carried

    def _look(self, socket: "Socket") -> Json:
        heard, delay = self._heard(socket), round(socket.line.delay * 2) / 2 if socket.line else 0
        silent = self.clock().timestamp() - heard > SILENT
        state = "silent" if silent else "waits" if socket.waiting else "slow" if delay >= SLOW else "good"
        return {"state": state, "delay": delay, "waiting": socket.waiting, "heard": round(heard) if silent else 0}

    def _heard(self, socket: "Socket") -> float:
        """When the socket said something last, in seconds of the house's clock."""
        quiet = time.monotonic() - socket.line.heard if socket.line else 0.0
        return self.clock().timestamp() - quiet
