"""Words opinion groups: people who answer alike."""
from collections.abc import Sequence

from workshop.words import _, count


def named(letter: str, n: int) -> str:
    """Names a group with its size: 'group A, 14 people'."""
    return count("group {letter}, {n} person", "group {letter}, {n} people", n, letter=letter)


def summary(groups: Sequence[tuple[str, int]]) -> str:
    """Says which groups there are, of their (letter, size)."""
    return _("People who answer alike: {groups}.", groups="; ".join(named(*one) for one in groups))
