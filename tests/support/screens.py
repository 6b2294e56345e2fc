"""Screens without sockets: the copy that a page keeps (static/js/line/cards.js), and a hall of them, told by the tailer."""
import json
from dataclasses import dataclass, field
from types import SimpleNamespace

from workshop.domain.visibility import Viewer
from workshop.replay.client.copy import order
from workshop.store.models import Stream
from workshop.store.streams import catch_up
from workshop.store.streams import viewers as reading


@dataclass
class Screen:
    """The cards of one viewer.  `heard`: all that it was given, frames and cards, for the page's own copy to be tried on."""

    viewers: dict[str, Viewer]  # stream -> the eyes
    cards: dict[str, dict] = field(default_factory=dict)
    cursors: dict[str, tuple[str, int]] = field(default_factory=dict)
    heard: list[dict] = field(default_factory=list)
    owned: dict[str, str] = field(default_factory=dict)

    def keep(self, frame: dict) -> bool:
        """As Copy.keep: False when the frame leaves a gap and the screen has to ask."""
        self.heard.append(frame)
        stream, epoch = frame["stream"], frame["epoch"]
        known, at = self.cursors.get(stream, ("", 0))
        everything = frame["was"] == 0
        if not everything and known != epoch:
            return False
        if everything:
            named = {card["id"] for card in frame["cards"]}
            self.cards = {key: card for key, card in self.cards.items() if card["line"] != stream or key in named
                          or (card["seq"] > frame["now"] and known == epoch)}
        for key, seat in frame.get("own", {}).items():
            self.owned[key] = seat
            if key in self.cards and not self.cards[key].get("gone"):
                self.cards[key]["mine"] = seat
        past = frame["now"] <= at and known == epoch
        for card in frame["cards"]:
            if everything or not past or card["id"] in self.cards:
                self.put(card | {"line": stream}, known != epoch)
        if past:
            return True
        if not everything and frame["was"] > at:
            return False
        self.cursors[stream] = (epoch, frame["now"])
        return True

    def answered(self, answer: dict) -> None:
        """The card in the answer to an own command."""
        if "card" in answer:
            self.heard.append(answer["card"] | {"line": answer["stream"]})
            self.put(self.heard[-1])

    def put(self, card: dict, newer: bool = False) -> None:
        """As Copy.put."""
        if card["id"] in self.owned and not card.get("gone"):
            card = card | {"mine": self.owned[card["id"]]}
        held = self.cards.get(card["id"])
        if held and order(held) >= order(card) and not newer:
            if "mine" in card and not held.get("gone"):
                held["mine"] = card["mine"]
        elif card.get("gone") and held and held.get("kind") == "seat" and "mine" in held:
            self.cards[card["id"]] = held | {"seq": card["seq"], "hand": None}
        else:
            self.cards[card["id"]] = (held | card) if held and "mine" in held and "mine" not in card and not card.get(
                "gone") else card

    def ask(self, session) -> None:
        """Catch up from the cursors."""
        for stream, viewer in self.viewers.items():
            frame = catch_up.frame(session, stream, viewer, *self.cursors.get(stream, (None, 0)))
            assert self.keep(json.loads(frame.text()))

    def shown(self) -> dict[str, dict]:
        """What is on the screen, in a form to compare."""
        return {key: plain(card) for key, card in self.cards.items() if not card.get("gone")}

    def fresh(self, session) -> "Screen":
        """A screen that opens now, told card by card what it may see."""
        new = Screen(self.viewers)
        for stream, viewer in self.viewers.items():
            assert new.keep(reading.frame(session, stream, viewer, None, 0))
        return new


def plain(card: dict) -> dict:
    """The card without what may differ: of an own raised hand the live frame tells the minute, the question the second; and
    which cards are mine is told in the answer to my command and in answers to questions, not in the frames for the room."""
    known = card if card.get("kind") != "seat" else card | {"hand": bool(card.get("hand"))}
    return {key: value for key, value in known.items() if key not in ("line", "mine")}


def mine(cards: dict[str, dict]) -> set[tuple[str, str]]:
    """{(card id, seat id)} of the cards that a screen takes for its own."""
    return {(key, card["mine"]) for key, card in cards.items() if card.get("mine") and not card.get("gone")}


class Hall:
    """Catches what the tailer of an application sends, and gives it to the screens of each audience."""

    def __init__(self, app):
        self.house = app.extensions["house"]
        self.audience = self.house.live.audience
        self.members: dict[str, list[str]] = {}
        self.sent: list[tuple[str, dict]] = []  # (who, frame) not yet given
        self.audience._soon = self.audience.tell  # no pause between frames
        server = self.audience.socketio.server
        server.emit, server.enter_room = self._emit, self._enter

    def _enter(self, sid: str, name: str) -> None:
        self.members.setdefault(name, []).append(sid)

    def _emit(self, event: str, data: dict, room: str) -> None:
        if event == "cards":
            self.sent += [(sid, data) for sid in self.members.get(room, ())]

    def seat(self, sid: str, viewers: dict[str, Viewer]) -> Screen:
        """A screen that has just opened; the one of that name before it is closed."""
        for members in self.members.values():
            if sid in members:
                members.remove(sid)
        screen = Screen(viewers)
        with self.house.store.read() as session:
            screen.ask(session)
        for frame in list(screen.heard):
            self.audience.enter(sid, viewers[frame["stream"]], SimpleNamespace(**frame))
        return screen

    def taken(self) -> list[tuple[str, dict]]:
        """What was sent since the last time."""
        sent, self.sent = self.sent, []
        return sent

    def numbers(self) -> dict[str, int]:
        """What every stream has reached."""
        with self.house.store.read() as session:
            return {stream.id: stream.seq for stream in session.query(Stream)}
