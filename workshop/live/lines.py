"""How the line of each seat is, for the desk: last contact, delay, what waits to be sent.  Never stored.

The delay is what a ping took there and back, so it costs the phone nothing; what waits the page says itself (`line`), when
it comes back and while it cannot get rid of it.  Only seats that need attention are named: on a good day the desk hears
nothing.
"""
import time

SLOW = 2.0  # seconds there and back
SILENT = 14.0  # seconds without a word; a living line answers a ping every ten
MOST = 5000  # seats remembered that are away


class Lines:
    """The lines of this process, seen from its sockets."""

    def __init__(self, door, clock):
        self.door, self.clock = door, clock
        self.away: dict[str, tuple[float, int, frozenset]] = {}  # seat -> (heard last, what waited then, its streams)

    def came(self, socket) -> None:
        """The seats of a new socket are here again."""
        for seat in socket.seats:
            self.away.pop(seat, None)

    def went(self, socket) -> None:
        """A socket is gone; its seats are away unless another socket carries them."""
        here = {seat for other in self.door.sockets.values() for seat in other.seats}
        for seat in set(socket.seats) - here:
            if len(self.away) >= MOST:
                self.away.clear()
            self.away[seat] = (self._heard(socket), socket.waiting, frozenset(socket.audiences))

    def of(self, workshop: str) -> dict[str, dict]:
        """{seat: {state, delay: s, waiting: n, heard: epoch s}} of those in a workshop that need attention; the state is
        slow, silent, waits or away."""
        found = {}
        for seat, sockets in self._carried(workshop).items():
            best = min((self._look(socket) for socket in sockets), key=lambda look: (look["state"] != "good", look["delay"]))
            if best["state"] != "good":
                found[seat] = best
        return found | {seat: {"state": "away", "delay": 0, "waiting": waiting, "heard": round(heard)}
                        for seat, (heard, waiting, streams) in self.away.items() if workshop in streams}

    def _carried(self, workshop: str) -> dict[str, list]:
        carried: dict[str, list] = {}
        for socket in self.door.sockets.values():
            for seat in socket.seats if workshop in socket.audiences else ():
                carried.setdefault(seat, []).append(socket)
        return carried

    def _look(self, socket) -> dict:
        heard, delay = self._heard(socket), round(socket.line.delay * 2) / 2 if socket.line else 0
        silent = self.clock().timestamp() - heard > SILENT
        state = "silent" if silent else "waits" if socket.waiting else "slow" if delay >= SLOW else "good"
        return {"state": state, "delay": delay, "waiting": socket.waiting, "heard": round(heard) if silent else 0}

    def _heard(self, socket) -> float:
        """When the socket said something last, in seconds of the house's clock."""
        quiet = time.monotonic() - socket.line.heard if socket.line else 0.0
        return self.clock().timestamp() - quiet
