"""Follows one stream in this process: how far it has been read, and what each audience has not been sent yet.

A commit of this process is drawn from the very rows that were written; only what other processes wrote, or what came out of
order, is read from the table. An audience for which a commit holds nothing is not sent an empty frame: its cursor advances
with the next frame, at the latest with the next head, so that ninety people who join do not each cause ninety frames.
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
    """Tracks one audience: everybody here who has the same view of the stream."""

    viewer: Viewer
    told: int  # number up to which it was sent everything
    data_saver: bool = False  # on a poor connection by its own wish: sent in batches, with the heads
    members: int = 0
    held: dict[str, Json] = field(default_factory=dict)  # card id -> card to send

    def frame(self, feed: "Feed") -> Json:
        """Builds the next frame of the audience: all that is held, or, where it is very much, the CARDS_TOLD with the lowest
        numbers."""
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
    """Holds the audiences of a stream by name. `gap`: there are changes that only the table knows."""

    stream: str
    epoch: str
    seen: int
    gap: bool = False
    sent: float = 0.0  # when its last frame left
    subscriptions: dict[str, Subscription] = field(default_factory=dict)

    def due(self) -> list[tuple[str, Subscription]]:
        """Lists the audiences, by name, that have something to send without waiting for the next head."""
        return [(name, one) for name, one in self.subscriptions.items() if one.held and not one.data_saver]

    def take(self, change: StreamChange, authors: dict[str, Json]) -> bool:
        """Draws what a commit of this process changed, if nothing is missing before it; tells whether there is something to
        do about it."""
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
        """Draws what another process wrote, where that is ideas and comments; else returns False, and it must be read. The
        caller has closed the gap before: one that opens meanwhile is another."""
        found = card_views.news(session, self.stream, self.epoch, self.seen)
        if found is None:
            return False
        now, rows, authors = found
        look = card_views.Look(session, None)
        look.seats = authors
        self._draw(look, rows)
        self.seen = max(self.seen, now)  # while the store was asked, a commit of this process may have been drawn
        return True

    def read(self, session: Session) -> None:
        """Draws what the table has beyond what was seen; as for `glance`."""
        epoch, now = card_views.head(session, self.stream)
        rows = card_views.changed(session, self.stream, self.seen if epoch == self.epoch else 0)
        self._draw(card_views.Look(session, None, rows), rows)  # from here on nothing yields: nobody can come in between
        self.epoch, self.seen = epoch, max(self.seen, now) if epoch == self.epoch else now

    def _draw(self, look: card_views.Look, rows: Iterable[Any]) -> None:
        drawn = [(subscription, look.through(subscription.viewer).cards(rows))
                 for subscription in list(self.subscriptions.values())]
        for subscription, cards in drawn:
            subscription.held.update((card["id"], card) for card in cards)
