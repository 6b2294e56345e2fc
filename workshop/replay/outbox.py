"""What a device wrote and the server has not answered yet, in order: static/js/outbox.js without the browser."""
import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Item:
    """A command; `answer` is set once, `sent_at` and `written_at` are monotonic seconds."""

    n: int
    verb: str
    seat: str | None
    payload: dict[str, Any]
    answer: asyncio.Future
    written_at: float = field(default_factory=time.monotonic)
    sent_at: float | None = None


class Outbox:
    """The commands that wait, under one `client` name and counted 1, 2, 3."""

    def __init__(self):
        self.client, self.last = secrets.token_urlsafe(16), 0
        self.items: list[Item] = []

    def add(self, verb: str, seat: str | None, payload: dict) -> Item:
        """Put a command at the end."""
        self.last += 1
        item = Item(self.last, verb, seat, payload, asyncio.get_running_loop().create_future())
        self.items.append(item)
        return item

    def envelope(self, item: Item) -> dict:
        """The command as it travels."""
        age = int((time.monotonic() - item.written_at) * 1000)
        return {"client": self.client, "n": item.n, "verb": item.verb, "seat": item.seat, "payload": item.payload,
                "age_ms": min(age, 86_400_000)}

    def done(self, item: Item, answer: dict) -> None:
        """The command is answered."""
        self.items = [one for one in self.items if one is not item]
        if not item.answer.done():
            item.answer.set_result(answer)

    def renumber(self, want: int) -> None:
        """The server knows this outbox only up to another number (it was restored): count anew from `want`."""
        if not self.items or self.items[0].n == want:
            return
        for i, item in enumerate(self.items):
            item.n = want + i
        self.last = want + len(self.items) - 1
