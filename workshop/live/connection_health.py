"""Tracks the health of each seat's connection, for the desk: last contact, delay, what waits to be sent. Never stored.

The delay is the round trip of a ping, so it costs the phone nothing; how much waits the page reports itself (event `line`),
when it comes back and while it cannot send. Slow clients are told their delay, because a client that only reads cannot
measure it. Only seats that need attention are listed: on a good day the desk receives nothing.
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

SILENT = 14.0  # seconds without a word; a living connection answers every ping
MOST = 5000  # absent seats remembered


class ConnectionHealth:
    """Tracks the connections of this process, seen from its sockets."""

    def __init__(self, door: "Door", clock: Callable[[], datetime]) -> None:
        self.door, self.clock, self.visits = door, clock, HttpPresence(door.house)
        self.away: dict[str, tuple[float, int, frozenset[str]]] = {}  # seat -> (last heard, what waited then, its streams)
        self.elsewhere: dict[str, float] = {}  # seat -> when another process last said that it connected there, monotonic

    def came(self, socket: "Socket") -> None:
        """Marks the seats of a new socket as present; other processes, which may think them away, are told."""
        for seat in socket.seats:
            self.away.pop(seat, None)
        self.door.live.audience.wakeups.send({f"here:{seat}" for seat in socket.seats})

    def moved(self, seat: str) -> None:
        """Notes that the seat has connected to another process."""
        self.away.pop(seat, None)
        if len(self.elsewhere) >= MOST:
            self.elsewhere.clear()
        self.elsewhere[seat] = time.monotonic()

    def went(self, socket: "Socket") -> None:
        """Notes a lost socket: its seats are away unless another socket carries them, here or where they went meanwhile."""
        here = {seat for other in self.door.sockets.values() for seat in other.seats}
        last = socket.websocket.heard if socket.websocket else 0.0
        for seat in set(socket.seats) - here:
            if self.elsewhere.get(seat, 0.0) > last:
                continue
            if len(self.away) >= MOST:
                self.away.clear()
            self.away[seat] = (self._heard(socket), socket.waiting, frozenset(socket.audiences))

    def of(self, workshop: str) -> dict[str, Json]:
        """Lists {seat: {state, delay: s, waiting: n, heard: epoch s}} of those in a workshop that need attention; the state
        is slow, silent, waits or away, or forms or http for those who are heard by other ways than a socket
        (http_presence.py)."""
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
        """Lists {seat: (kind of connection, last heard, rooms)} of those without a socket: a request was their last word."""
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
        heard, delay = self._heard(socket), round(socket.websocket.delay * 2) / 2 if socket.websocket else 0
        silent = self.clock().timestamp() - heard > SILENT
        state = "silent" if silent else "waits" if socket.waiting else "slow" if delay >= SLOW else "good"
        return {"state": state, "delay": delay, "waiting": socket.waiting, "heard": round(heard) if silent else 0}

    def _heard(self, socket: "Socket") -> float:
        """Returns when the socket said something last, in seconds of the house's clock."""
        quiet = time.monotonic() - socket.websocket.heard if socket.websocket else 0.0
        return self.clock().timestamp() - quiet
