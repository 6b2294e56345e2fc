"""Keeps what a device wrote and the server has not answered yet, in order: static/js/line/outbox.js without the browser."""
import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.shapes import Json

DAY = 86_400.0
AGAIN = 9  # times that what is offered again may meet what is not there yet
MISSING = ("no_such_card", "not_here")


@dataclass(eq=False)
class Item:
    """Holds a command; `answer` is set once, `sent_at` and `written_at` are monotonic seconds. `again`: it is offered anew
    to a server that was put back."""

    n: int
    verb: str
    seat: str | None
    payload: dict[str, Any]
    answer: asyncio.Future[Json]
    written_at: float = field(default_factory=time.monotonic)
    sent_at: float | None = None
    again: int = 0


class Outbox:
    """Queues the commands that wait, under one `client` name and counted 1, 2, 3."""

    def __init__(self) -> None:
        self.client, self.last = secrets.token_urlsafe(16), 0
        self.items: list[Item] = []
        self.kept: list[Item] = []  # what the server has said within a day that it keeps

    def add(self, verb: str, seat: str | None, payload: Json) -> Item:
        """Puts a command at the end."""
        self.last += 1
        item = Item(self.last, verb, seat, payload, asyncio.get_running_loop().create_future())
        self.items.append(item)
        return item

    def envelope(self, item: Item) -> Json:
        """Returns the command as it travels."""
        age = int((time.monotonic() - item.written_at) * 1000)
        return {"client": self.client, "n": item.n, "verb": item.verb, "seat": item.seat, "payload": item.payload,
                "age_ms": min(age, 86_400_000)}

    def done(self, item: Item, answer: Json) -> None:
        """Notes that the command is answered."""
        self.items = [one for one in self.items if one is not item]
        if answer.get("ok") or "tray" in answer:
            since = time.monotonic() - DAY
            self.kept = [one for one in self.kept if one.written_at > since] + [item]
        if not item.answer.done():
            item.answer.set_result(answer)

    def reoffer(self) -> None:
        """Returns the server was put back from a copy: what it has acknowledged within a day is offered again, in order; of
        a seat's ballots in a vote only the last."""
        last = {(item.payload["activity"], item.seat): item for item in self.kept if item.verb == "ballot.cast"}
        self.kept = [item for item in self.kept if item.verb != "ballot.cast" or item in last.values()]
        self.items = sorted(self.kept + self.items, key=lambda one: one.n)
        for item in self.items:
            item.again, item.sent_at = AGAIN, None
        self.kept = []

    def retry(self, item: Item, answer: Json) -> bool:
        """Returns what is offered again may speak of a card that its writer has not brought back yet, or build on a ballot
        that is not the same any more: it goes to the end, to be said once more. False when the answer stands."""
        stale = answer.get("code") == "stale_ballot"
        if not item.again or not (stale or answer.get("code") in MISSING):
            return False
        self.items = [one for one in self.items if one is not item] + [item]
        self.last += 1
        item.n, item.again = self.last, item.again - 1
        if stale:
            item.payload = item.payload | {"base_rev": answer["values"]["rev"]}
        return True

    def renumber(self, want: int) -> None:
        """Returns the server knows this outbox only up to another number (it was restored): count anew from `want`."""
        if not self.items or self.items[0].n == want:
            return
        for i, item in enumerate(self.items):
            item.n = want + i
        self.last = want + len(self.items) - 1
