"""Shapes what a draw is asked and what it answers; its lot, which depends on the seed alone."""
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from workshop.domain.json_codec import dumps
from workshop.domain.shapes import Json

VERSION = 1  # of the procedure: another number may answer the same question otherwise
WAYS = ("balanced", "random", "delegation", "alike", "mixed")
BY_OPINION = ("alike", "mixed")  # by the groups of people who answer alike in a vote
CATEGORIES = ("delegation", "channel", "gender", "language", "site")
# What is even at once: each with what lies within it, the widest first. Places and former meetings come after them.
TREES: dict[str, tuple[str, ...]] = {
    "delegation": ("delegation",), "channel_gender_language": ("channel", "gender", "language")}
AFTER = ("gender", "language", "site")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Person:
    """Describes somebody to be drawn; what is not known or was not said is None, a value like any other."""

    id: str
    delegation: str | None = None
    channel: str | None = None
    site: str | None = None
    gender: str | None = None
    language: str | None = None
    opinion: str | None = None  # the group of those who answer alike; the certificate names nobody's

    def value(self, category: str) -> str | None:
        """Returns what the person is in a category."""
        found: str | None = getattr(self, category)
        return found


@dataclass(frozen=True)
class Asked:
    """Holds all on which a draw depends: with the same, anybody gets the same result.

    `rooms`: {id: how many it holds, None for any number}; `pins`: {person: room}; `together`, `apart`: lists of people who
    share a room, or of whom no two do; `met`: {(person, person): how often they were in one group}.
    """

    rooms: dict[str, int | None]
    people: list[Person]
    seed: str
    way: str = "balanced"
    pins: dict[str, str] = field(default_factory=dict)
    together: list[list[str]] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)
    met: dict[Pair, int] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Returns a short text that is another as soon as anything is that was asked, but for the order of people."""
        said: list[Any] = [VERSION, self.way, self.seed, list(self.rooms.items()), sorted(self.pins.items()),
                           sorted(sorted(group) for group in self.together), sorted(sorted(group) for group in self.apart),
                           sorted([*sorted(pair), n] for pair, n in self.met.items())]
        said.append(sorted([one.id, *(one.value(category) or "" for category in CATEGORIES)] for one in self.people))
        return hashlib.sha256(dumps(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Drawn:
    """Holds the result of a draw: {person: room}, and how even it is."""

    rooms: dict[str, str]
    certificate: Json


def lot(seed: str, keys: Iterable[str], salt: str = "") -> list[str]:
    """Returns the keys in the order of a lot. It depends on the seed and on each key, not on the order in which they come
    nor on a program's way to shuffle: by SHA-256 of "seed:salt:key"."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{salt}:{key}".encode()).digest())


def sizes(people: int, rooms: dict[str, int | None]) -> dict[str, Fraction]:
    """Returns the share of each room: all alike, but where one holds fewer. If all hold fewer than there are people, what is
    over is spread evenly."""
    shares: dict[str, Fraction] = {}
    left, rest = people, dict(rooms)
    while rest:
        share = Fraction(left, len(rest))
        full = {key: most for key, most in rest.items() if most is not None and most < share}
        if not full:
            return shares | dict.fromkeys(rest, share)
        for key, most in full.items():
            shares[key] = Fraction(most)
            left -= most
            del rest[key]
    return {key: share + Fraction(left, len(rooms)) for key, share in shares.items()}
