"""Keeps snapshots up to date instead of making them again: one for each stream and kind of viewer.

Every join is a write, so it voids every remembered answer (`recall`) for the next person. What everybody may see has hardly
changed: the snapshot takes in what has, and ninety people who join one after the other cost no more than ninety who join at
once.
"""
import heapq

from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Card
from workshop.domain.visibility import Viewer
from workshop.store.transaction import Session
from workshop.store.visibility import card_views

MOST = 500  # snapshots kept
STEP = 120  # numbers taken in at once where it is done in steps (Reader.ask): some ten milliseconds


class Unready(Exception):
    """Reports that the snapshot has come a step nearer, and is not ready yet."""


class Snapshot:
    """Holds the cards of a stream for one kind of viewer, in the order of their numbers; nobody may change one."""

    def __init__(self, epoch: str) -> None:
        self.epoch, self.now = epoch, 0
        self._cards: dict[str, Card] = {}
        self._gone: dict[str, Card] = {}  # tombstones of what this viewer does not see (any more)
        self._said: dict[str, str] = {}  # the cards as JSON, as far as somebody has asked for it
        self._text: str | None = ""

    def follow(self, session: Session, stream: str, eyes: Viewer, now: int) -> "Snapshot":
        """Takes in what has changed until `now`; STEP numbers, and Unready, where the session goes in steps."""
        if now > self.now:
            until = min(now, self.now + STEP) if session.in_steps else now
            for card in card_views.moved(session, stream, eyes, self.now, until):
                self._text = None
                for kept in (self._cards, self._gone, self._said):
                    kept.pop(card["id"], None)
                (self._gone if "gone" in card else self._cards)[card["id"]] = card
            self.now = until
            if until < now:
                raise Unready
        return self

    @property
    def cards(self) -> list[Card]:
        """Lists the cards."""
        return list(self._cards.values())

    @property
    def text(self) -> str:
        """Returns the cards as JSON, comma between them."""
        if self._text is None:
            self._text = ",".join(map(self._say, self._cards.values()))
        return self._text

    def since(self, number: int) -> str:
        """Returns what has a higher number, with the tombstones, as JSON, comma between them."""
        kept = (self._above(self._cards, number), self._above(self._gone, number))
        return ",".join(map(self._say, heapq.merge(*kept, key=lambda card: card["seq"])))

    @staticmethod
    def _above(kept: dict[str, Card], number: int) -> list[Card]:
        found = []
        for card in reversed(kept.values()):
            if card["seq"] <= number:
                break
            found.append(card)
        return found[::-1]

    def _say(self, card: Card) -> str:
        if (said := self._said.get(card["id"])) is None:
            said = self._said[card["id"]] = dumps(card)
        return said


def snapshot(session: Session, stream: str, eyes: Viewer, epoch: str, now: int) -> Snapshot:
    """Returns all cards of a stream as `eyes` may see them."""
    kept = session.snapshots
    found: Snapshot | None = kept.get((stream, eyes))
    if found is None or found.epoch != epoch or found.now > now:
        if len(kept) >= MOST:
            kept.clear()
        found = kept[stream, eyes] = Snapshot(epoch)
    return found.follow(session, stream, eyes, now)
