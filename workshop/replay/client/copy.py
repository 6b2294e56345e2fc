"""Keeps a device's copy of the streams: the same rules as the pages' script (static/js/line/cards.js)."""
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.shapes import Json


def order(card: Json) -> tuple[int, int]:
    """Returns what makes one state of a card later than another: it counts on when it changes its stream."""
    return card.get("hop", 0), card["seq"]


@dataclass
class Copy:
    """Keeps cards by id, tombstones included, and a cursor [epoch, seq] per stream."""

    cards: dict[str, Json] = field(default_factory=dict)
    line: dict[str, str] = field(default_factory=dict)  # card id -> the stream that brought it
    cursors: dict[str, list[Any]] = field(default_factory=dict)
    owned: dict[str, str] = field(default_factory=dict)  # card id -> the seat of ours whose it is
    restored: bool = False  # the server is in a new epoch: it was restored from a copy

    def keep(self, frame: Json, asked: int = 0) -> tuple[bool, list[str]]:
        """Returns (False when the frame leaves a gap and the device has to ask, the ids that were not held before).

        A card replaces ours if its number is higher.  The cursor moves only when the frame begins at or before it.
        A frame that begins at 0 is everything: what it does not name is gone.  `asked`: the cursor with which it was asked
        for; an answer that stands below it comes from a store that was put back from a copy, although its epoch is the same.
        """
        stream, epoch = frame["stream"], frame["epoch"]
        ours, at = self.cursors.get(stream, ["", 0])
        everything, same = frame["was"] == 0, ours == epoch
        if not everything and not same:
            return False, []
        same = same and not (everything and frame["now"] < asked)
        self.restored |= bool(ours) and not same
        if everything:
            self._sweep(stream, {card["id"] for card in frame["cards"]}, None if not same else frame["now"])
        for key, seat in frame.get("own", {}).items():
            self.owned[key] = seat
            if key in self.cards and "gone" not in self.cards[key]:
                self.cards[key] = self.cards[key] | {"mine": seat}  # what came may be shared with other devices
        past = same and frame["now"] <= at
        new = [card["id"] for card in frame["cards"]  # what a late frame names and is not here has gone since
               if (everything or not past or card["id"] in self.cards) and self.put(card, stream, newer=not same)]
        if past:
            return True, new
        if not everything and frame["was"] > at:
            return False, new
        self.cursors[stream] = [epoch, frame["now"]]
        return True, new

    def _sweep(self, stream: str, named: set[str], up_to: int | None) -> None:
        for card in [card for card in self.cards.values() if self.line[card["id"]] == stream and card["id"] not in named]:
            if up_to is None or card["seq"] <= up_to or "waits" in card:
                del self.cards[card["id"]], self.line[card["id"]]

    def put(self, card: Json, stream: str, newer: bool = False) -> bool:
        """Keeps one card; True when it appears for the first time. `newer`: numbers of another epoch do not compare."""
        held = self.cards.get(card["id"])
        if card["id"] in self.owned and "gone" not in card:
            card = card | {"mine": self.owned[card["id"]]}
        if held and order(held) >= order(card) and not newer:
            if "mine" in card and not held.get("gone"):
                self.cards[card["id"]] = held | {"mine": card["mine"]}
            return False
        if held and "mine" in held:  # frames for the whole room do not say what is mine, and of a seat only its hand
            if not card.get("gone"):
                kept = held if card.get("kind") == "seat" else {"mine": held["mine"]}
                card = card if "mine" in card else kept | card
            elif held.get("kind") == "seat":
                card = held | {"seq": card["seq"], "hand": None}
        self.cards[card["id"]], self.line[card["id"]] = card, stream
        return (held is None or "gone" in held) and "gone" not in card

    def shown(self, *kinds: str) -> dict[str, Json]:
        """Returns the cards that are there (of these kinds, or all), by id."""
        return {key: card for key, card in self.cards.items()
                if not card.get("gone") and (not kinds or card["kind"] in kinds)}

    def common(self) -> dict[str, Json]:
        """Returns the cards as everybody in the room sees them: without seats and without what is only mine."""
        return {key: {name: value for name, value in card.items() if name != "mine"}
                for key, card in self.shown().items() if card["kind"] != "seat"}
