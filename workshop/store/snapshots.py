"""Snapshots that are kept up to date instead of being made anew: for each stream and sort of eyes one.

Who comes in writes that they are there, and with that every answer that was remembered (store/recall.py) is void for the
next who comes.  What everybody may see has hardly moved by it: the snapshot takes in what has, and ninety people who come
one after the other cost no more than ninety who come at once.
"""
from workshop.domain.compact import dumps
from workshop.store import sight

MOST = 500  # snapshots kept


class Snapshot:
    """The cards of a stream for some eyes, as JSON, in the order of their numbers."""

    def __init__(self, epoch: str):
        self.epoch, self.now = epoch, 0
        self._cards: dict[str, str] = {}
        self._text: str | None = ""

    def follow(self, session, stream: str, eyes, now: int) -> str:
        """The cards as of `now`, comma between them."""
        if now > self.now:
            for card in sight.cards(session, stream, eyes, self.now):
                self._text = None
                self._cards.pop(card["id"], None)
                if "gone" not in card:
                    self._cards[card["id"]] = dumps(card)
            self.now = now
        if self._text is None:
            self._text = ",".join(self._cards.values())
        return self._text


def snapshot(session, stream: str, eyes, epoch: str, now: int) -> str:
    """All cards of a stream as `eyes` may see them, as JSON with a comma between them."""
    kept = session.info.setdefault("snapshots", {})
    found = kept.get((stream, eyes))
    if found is None or found.epoch != epoch or found.now > now:
        if len(kept) >= MOST:
            kept.clear()
        found = kept[stream, eyes] = Snapshot(epoch)
    return found.follow(session, stream, eyes, now)
