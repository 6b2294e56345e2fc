"""A stream as this process follows it: how far it has been seen, and what each audience has not been sent yet.

A commit of this process is drawn from the very rows that were written; only what others wrote, or what came out of turn, is
read from the table.  An audience for which a commit holds nothing is not told of it at once: its cursor follows with the
next frame, at the latest with the next beat, so that ninety people who come in do not tell each other ninety times.
"""
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.limits import CARDS_TOLD
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.transaction import Session, StreamChange
from workshop.store.visibility import card_views


@dataclass
class Subscription:
    """One audience: everybody here who sees the stream through the same eyes."""

    viewer: Viewer
    told: int  # number up to which it was sent everything
    data_saver: bool = False  # on a poor line by its own wish: it is told with the beat, much at a time
    members: int = 0
    held: dict[str, Json] = field(default_factory=dict)  # card id -> card to send

    def frame(self, feed: "Feed") -> Json:
        """What the audience is sent next: all that is held, or of very much the CARDS_TOLD with the lowest numbers."""
        was, self.told, cards = self.told, feed.seen, list(self.held.values())
        if len(cards) > CARDS_TOLD:
            cards = sorted(cards, key=lambda card: card["seq"])[:CARDS_TOLD]
            self.told = max(was, cards[-1]["seq"])
            self.held = {key: card for key, card in self.held.items() if card["seq"] > cards[-1]["seq"]}
        else:
            self.held = {}
        return {"stream": feed.stream, "epoch": feed.epoch, "was": was, "now": self.told, "cards": cards}


@dataclass
class Feed:
    """The audiences of a stream by name.  `gap`: there is something that only the table knows."""

    stream: str
    epoch: str
    seen: int
    gap: bool = False
    sent: float = 0.0  # when its last frame left
    subscriptions: dict[str, Subscription] = field(default_factory=dict)

    def due(self) -> list[tuple[str, Subscription]]:
        """The audiences, by name, for which there is something to send without waiting for the beat."""
        return [(name, one) for name, one in self.subscriptions.items() if one.held and not one.data_saver]

    def take(self, change: StreamChange, authors: dict[str, Json]) -> bool:
        """Draw what a commit of this process changed, if nothing is missing before it; whether there is something to do
        about it."""
        if change.was != self.seen or change.epoch != self.epoch:
            self.gap = True
            return True
        look = card_views.Look(None, None)
        look.seats = authors
        try:
            self._draw(look, change.rows.values())
        except card_views.NotAtHand:
            self.gap = True
        else:
            self.seen = change.now
        return self.gap or bool(self.due())

    def glance(self, session: Session) -> bool:
        """Draw what another process wrote, where that is ideas and comments; else False, and it is to be read.  Whoever
        asks has closed the gap before: one that opens meanwhile is another."""
        found = card_views.news(session, self.stream, self.epoch, self.seen)
        if found is None:
            return False
        now, rows, authors = found
        look = card_views.Look(session, None)
        look.seats = authors
        self._draw(look, rows)
        self.seen = max(self.seen, now)  # while it was asked a commit of this process may have been drawn
        return True

    def read(self, session: Session) -> None:
        """Draw what the table has beyond what was seen; as for `glance`."""
        epoch, now = card_views.head(session, self.stream)
        rows = card_views.changed(session, self.stream, self.seen if epoch == self.epoch else 0)
        self._draw(card_views.Look(session, None, rows), rows)  # from here on nothing yields: nobody can come in between
        self.epoch, self.seen = epoch, max(self.seen, now) if epoch == self.epoch else now

    def _draw(self, look: card_views.Look, rows: Iterable[Any]) -> None:
        drawn = [(subscription, look.through(subscription.viewer).cards(rows))
                 for subscription in list(self.subscriptions.values())]
        for subscription, cards in drawn:
            subscription.held.update((card["id"], card) for card in cards)
