"""Brings hints to the devices of those who are given one, whichever process gave it and whenever they connect."""
from typing import TYPE_CHECKING

from workshop.store.counts import nudges
from workshop.store.transaction import Session, recall

if TYPE_CHECKING:
    from workshop.live.door import Door, Socket


class Hints:
    """Sends what store/counts/nudges.py has for the seats of this process's sockets. `told`: the hints that were sent."""

    def __init__(self, door: "Door") -> None:
        self.door, self.told = door, set[str]()

    def greet(self, sid: str, socket: "Socket") -> None:
        """Sends a socket that has just connected the hints that stand for its seats."""
        for workshop in socket.workshops if socket.seats else ():
            for seat, stream, card in self._standing(workshop):
                if seat in socket.seats:
                    self.told.add(card["id"])
                    self.door.say(sid, socket, "mine", {"seat": seat, "card": card["id"], "stream": stream, "shown": card})

    def find(self, seat: str | None = None) -> None:
        """Sends the hints that another process gave, to this seat or to whoever is here."""
        here = {one: socket.workshops for socket in list(self.door.sockets.values()) for one in socket.seats
                if seat in (None, one)}
        for workshop in {one for of in here.values() for one in of}:
            for owner, stream, card in self._standing(workshop):
                if owner in here and card["id"] not in self.told:
                    self.told.add(card["id"])
                    self.door.tell_waiting(owner, stream, card)

    def _standing(self, workshop: str) -> list[nudges.Hint]:
        def ask(session: Session) -> list[nudges.Hint]:
            return recall(session, ("hints", workshop), lambda: nudges.standing(session, workshop))
        return self.door.house.store.reader.ask(ask)
