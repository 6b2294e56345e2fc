"""What a transaction changes: one object, which those who write fill and those who tell read after the commit."""
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from workshop.domain.shapes import Json


@dataclass
class StreamChange:
    """What one transaction did to a stream: the rows that it numbered from `was` to `now`."""

    epoch: str
    was: int
    now: int
    rows: dict[str, Any] = field(default_factory=dict)  # id -> row


@dataclass
class Changes:
    """The changes of a transaction, to be told after the commit (first half) and still to be written before it."""

    streams: dict[str, StreamChange] = field(default_factory=dict)
    ballots: list[tuple[str, Json]] = field(default_factory=list)  # (seat id, their own ballot)
    seats_out: set[str] = field(default_factory=set)  # seats that are no longer where they were
    cards: list[tuple[str, str, str | None]] = field(default_factory=list)  # (seat id, new card id, socket that knows it)
    authors: dict[str, Json] = field(default_factory=dict)  # seat id -> what a card may say of it, as far as known
    circles: set[str] = field(default_factory=set)  # rooms where it has changed who shares a stream with whom
    company: set[str] = field(default_factory=set)  # rooms where somebody has come to such a stream, or gone
    waiting: list[tuple[str, str, Json]] = field(default_factory=list)  # (seat id, room's stream, card in its inbox)
    count_in: float | None = None  # seconds until ballots that wait are to be counted

    history: list[Json] = field(default_factory=list)  # rows of History
    answers: list[Json] = field(default_factory=list)  # rows of Answer
    uncounted: set[str] = field(default_factory=set)  # votes (activity ids) that have new ballots
    numbers: dict[tuple[Any, str], int] = field(default_factory=dict)  # (row, column) -> the number that it has gone up to
    locked: set[str] = field(default_factory=set)  # workshops that this transaction has for itself
    rooms: dict[str, str] = field(default_factory=dict)  # rooms that it has locked, of workshops that it shares -> those
    arrived: bool = False  # whether people came in, or a device changed its secret, without a flush
    careful: bool = False  # whether each command has a savepoint, because something went wrong in the first try
    contexts: list[object] = field(default_factory=list)  # commands under way: held, or the session forgets their rows

    def traces(self) -> tuple[int, int]:
        """How much was written until now."""
        return len(self.history), sum(change.now for change in self.streams.values())

    def forget(self) -> None:
        """A savepoint was rolled back: what was noted beside the tables since then is nothing."""
        fresh = Changes()
        for name in ("streams", "ballots", "seats_out", "cards", "authors", "circles", "company", "waiting", "history",
                     "uncounted", "numbers"):
            setattr(self, name, getattr(fresh, name))


def changes_of(session: Session) -> Changes:
    """The changes of the session's transaction."""
    found = session.info.get("changes")
    if found is None:
        found = session.info["changes"] = Changes()
    return found
