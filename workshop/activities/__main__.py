"""Writes the table of the kinds of vote into docs/protocol.md.

    python -m workshop.activities
"""
import re
from pathlib import Path

from workshop.domain.kinds import kinds

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
TABLE = re.compile(r"\| kind \| `choices` \| `tally` \|\n\|---\|---\|---\|\n(?:\|.*\|\n)+")


def table() -> str:
    """Returns what travels in a vote of each kind, as Markdown."""
    rows = [f"| `{name}` | {kind.ballot} | {kind.tally} |" for name, kind in sorted(kinds().items()) if kind.votes]
    return "\n".join(["| kind | `choices` | `tally` |", "|---|---|---|", *rows, ""])


def update(text: str) -> str:
    """Returns the page with the table as it is now."""
    return TABLE.sub(lambda _found: table(), text)


if __name__ == "__main__":
    PAGE.write_text(update(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
