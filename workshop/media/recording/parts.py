"""Shares what the readers of recordings need: a bound on the number of parts, and how bytes are emptied in their place."""
from typing import Literal

PARTS = 60_000  # a recording of a minute has fewer; a file that is made of more is not one


class Unreadable(Exception):
    """Reports that these bytes are no recording of this kind."""


class Unplayable(Exception):
    """Reports a recording of a kind that browsers do not play."""


class TooMany(Exception):
    """Reports more parts than a recording has, or that it lasts longer than it may."""


class Steps:
    """Counts the parts of one recording."""

    def __init__(self, most: int = PARTS):
        self.taken, self.most = 0, most

    def take(self) -> None:
        """Counts one part more. Raises TooMany."""
        self.taken += 1
        if self.taken > self.most:
            raise TooMany


def number(content: bytes | bytearray, start: int, length: int, order: Literal["little", "big"] = "big") -> int:
    """Reads the unsigned number in so many bytes. Raises Unreadable where they are not there."""
    if start < 0 or start + length > len(content):
        raise Unreadable
    return int.from_bytes(content[start:start + length], order)


def empty(content: bytearray, start: int, end: int) -> None:
    """Replaces the bytes by zeros, as far as there are any."""
    end = min(end, len(content))
    if start < end:
        content[start:end] = bytes(end - start)
