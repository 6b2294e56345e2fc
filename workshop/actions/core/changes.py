"""What a commit changed, for those who tell it."""
from dataclasses import dataclass, field

from workshop.store.streams.numbering import Change


@dataclass
class News:
    """Streams with their changed rows, own ballots [(seat id, ballot)], new cards [(seat id, card id, line that knows it
    from its answer)], seats that are no longer where they were, cards in an inbox [(seat id, room's line, card)]."""

    changes: dict[str, Change] = field(default_factory=dict)
    ballots: list[tuple[str, dict]] = field(default_factory=list)
    seats_out: set[str] = field(default_factory=set)
    cards: list[tuple[str, str, str | None]] = field(default_factory=list)
    authors: dict[str, dict] = field(default_factory=dict)  # seat id -> what a card may say of it, as far as known
    circles: set[str] = field(default_factory=set)  # rooms where it has changed who shares a line with whom
    company: set[str] = field(default_factory=set)  # rooms where somebody has come to such a line, or gone
    waiting: list[tuple[str, str, dict]] = field(default_factory=list)
    count_in: float | None = None  # seconds until ballots that wait are to be counted

    @classmethod
    def of(cls, session) -> "News":
        """The news that the verbs left in the session."""
        info = session.info
        return cls(info.pop("touched", {}), info.pop("ballots", []), info.pop("seats_out", set()), info.pop("cards", []),
                   info.pop("authors", {}), info.pop("circles", set()), info.pop("company", set()), info.pop("waiting", []),
                   info.pop("count_in", None))
