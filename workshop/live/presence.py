"""Tells the desk who is connected: one aggregate a second when it changed, never stored."""
from collections import Counter

from flask_socketio import SocketIO

from workshop.actions import undo
from workshop.domain.shapes import Json
from workshop.house import House
from workshop.live.audience import Audience
from workshop.live.door import Door
from workshop.store.counts import notices, numbers
from workshop.store.transaction import recall


class Presence:
    """Counts the connected seats of this process and tells the staff of each workshop."""

    def __init__(self, house: House, socketio: SocketIO, door: Door, audience: Audience) -> None:
        self.house, self.socketio, self.door, self.audience = house, socketio, door, audience
        self._last: dict[str, Json] = {}

    def count(self, workshop: str) -> Json:
        """Counts {total: people, rooms: {room id: people}} connected here, or heard over HTTP lately, lines
        (connection_health.py), crowd: how many came in the last minute, where that is told
        (actions/people/address_limits.py), act: the last that can be undone, and read: how many have
        read each message and call that stands.

        A device brings all its seats, also those of other workshops and rooms: where each of them is, the store knows.
        """
        heard = {seat for socket in self.door.sockets.values() if workshop in socket.audiences for seat in socket.seats}
        heard |= self.door.health.visiting(workshop).keys()
        here = self.house.store.reader.ask(lambda session: recall(
            session, ("people", workshop), lambda: numbers.people(session, workshop))) if heard else ()
        connected = [one for one in here if one.id in heard]
        crowd = self.house.performer.arrivals.crowds.last_minute(workshop)
        act = self.house.store.reader.ask(lambda session: recall(session, ("act", workshop), lambda: next(
            (one.id for one in undo.recent(session, workshop, self.house.clock())), 0)))
        read = self.house.store.reader.ask(lambda session: recall(
            session, ("read", workshop), lambda: notices.counts(session, workshop)))
        return {"total": len(connected), "rooms": dict(Counter(one.room_id for one in connected if one.room_id)),
                "lines": self.door.health.of(workshop), **({"crowd": crowd} if crowd else {}),
                **({"act": act} if act else {}), **({"read": read} if read else {})}

    def tell(self) -> None:
        """Sends `presence` to the staff of the workshops where it changed."""
        for workshop, feed in list(self.audience.feeds.items()):
            staff = [name for name, subscription in feed.subscriptions.items()
                     if subscription.viewer.is_staff and workshop == subscription.viewer.workshop]
            if not staff:
                continue
            now = self.count(workshop)
            if self._last.get(workshop) != now:
                self._last[workshop] = now
                for name in staff:  # owners, facilitators and rapporteurs each have a view of their own
                    self.audience.send(name, "presence", now)

    def greet(self, sid: str, workshop: str) -> None:
        """Sends a desk that has just connected its presence at once."""
        self.socketio.server.emit("presence", self.count(workshop), room=sid)
