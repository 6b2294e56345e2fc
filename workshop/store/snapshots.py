"""Snapshots that are kept up to date instead of being made anew: for each stream and sort of eyes one.

Who comes in writes that they are there, and with that every answer that was remembered (store/recall.py) is void for the
next who comes.  What everybody may see has hardly moved by it: the snapshot takes in what has, and ninety people who come
one after the other cost no more than ninety who come at once.
"""
from workshop.domain.compact import dumps
from workshop.store import sight

MOST = 500  # snapshots kept


class Snapshot:
    """The cards of a stream for some eyes, in the order of their numbers; nobody may change one."""

    def __init__(self, epoch: str):
        self.epoch, self.now = epoch, 0
        self._cards: dict[str, dict] = {}
        self._said: dict[str, str] = {}  # the same as JSON, as far as somebody has asked for it
        self._text: str | None = ""

    def follow(self, session, stream: str, eyes, now: int) -> "Snapshot":
        """Take in what has changed until `now`."""
        if now > self.now:
            for card in sight.cards(session, stream, eyes, self.now):
                self._text = None
                self._cards.pop(card["id"], None)
                self._said.pop(card["id"], None)
                if "gone" not in card:
                    self._cards[card["id"]] = card
            self.now = now
        return self

    @property
    def cards(self) -> list[dict]:
        """The cards."""
        return list(self._cards.values())

    @property
    def text(self) -> str:
        """The cards as JSON, comma between them."""
        if self._text is None:
            for key, card in self._cards.items():
                if key not in self._said:
                    self._said[key] = dumps(card)
            self._text = ",".join(self._said[key] for key in self._cards)
        return self._text


def snapshot(session, stream: str, eyes, epoch: str, now: int) -> Snapshot:
    """All cards of a stream as `eyes` may see them."""
    kept = session.info.setdefault("snapshots", {})
    found = kept.get((stream, eyes))
    if found is None or found.epoch != epoch or found.now > now:
        if len(kept) >= MOST:
            kept.clear()
        found = kept[stream, eyes] = Snapshot(epoch)
    return found.follow(session, stream, eyes, now)
