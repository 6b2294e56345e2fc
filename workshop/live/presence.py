"""Who is connected, for the desk: one aggregate a second when it changed, never stored."""


class Presence:
    """Counts the connected seats of this process and tells the staff of each workshop."""

    def __init__(self, house, socketio, door, audience):
        self.house, self.socketio, self.door, self.audience = house, socketio, door, audience
        self._last: dict[str, dict] = {}

    def count(self, workshop: str) -> dict:
        """{total: seats, rooms: {room id: seats}} connected here, or heard over HTTP lately, lines (lines.py), and crowd:
        how many came in the last minute, where that is told (actions/crowds.py)."""
        rooms: dict[str, set] = {}
        everybody: set[str] = set()
        for socket in self.door.sockets.values():
            watched = set(socket.audiences) - socket.circles
            if workshop not in watched:
                continue
            everybody.update(socket.seats)
            for stream in watched - {workshop}:
                rooms.setdefault(stream, set()).update(socket.seats)
        for seat, (_kind, _heard, inside) in self.door.lines.visiting(workshop).items():
            everybody.add(seat)
            for room in inside:
                rooms.setdefault(room, set()).add(seat)
        crowd = self.house.performer.arrivals.crowds.last_minute(workshop)
        return {"total": len(everybody), "rooms": {room: len(seats) for room, seats in rooms.items() if seats},
                "lines": self.door.lines.of(workshop), **({"crowd": crowd} if crowd else {})}

    def tell(self) -> None:
        """Send `presence` to the staff of the workshops where it changed."""
        for workshop, course in list(self.audience.courses.items()):
            for name, watch in list(course.watches.items()):
                if watch.viewer.is_staff and workshop == watch.viewer.workshop:
                    now = self.count(workshop)
                    if self._last.get(workshop) != now:
                        self._last[workshop] = now
                        self.audience.send(name, "presence", now)

    def greet(self, sid: str, workshop: str) -> None:
        """A desk has just connected: it is told at once."""
        self.socketio.server.emit("presence", self.count(workshop), room=sid)
