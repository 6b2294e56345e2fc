"""Counts people behind votes that were entered by hand, and finds whether there are seats for them. Pure arithmetic."""
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from workshop.domain.shapes import Choices, Json


@dataclass(frozen=True)
class Slot:
    """Holds a ballot that was entered by hand. `seat`: whose it is, where that is known; `times`: how often it counts;
    `people`: how many people are behind it."""

    choices: Choices
    seat: str | None
    times: int
    people: int


def slots(lines: Iterable[Json], apart: bool, gone: Collection[str] = (), joined: Mapping[str, str] | None = None
          ) -> list[Slot]:
    """Makes ballots of a count's lines ({choices, n, seats}). `apart`: each line has other people; otherwise each key is a
    question, which the same people answer. `gone`: seats that have voted themselves, whose hands count no more; `joined`:
    {seat: the one into which it was joined}."""
    into = joined or {}
    lines = [line | {"seats": [into.get(seat, seat) for seat in line["seats"]]} for line in lines]
    lines = [line | {"n": line["n"] - sum(seat in gone for seat in line["seats"]),
                     "seats": [seat for seat in line["seats"] if seat not in gone]} for line in lines]
    if apart or any(len(line["choices"]) != 1 for line in lines):
        return [slot for line in lines for slot in (
            *(Slot(line["choices"], seat, 1, 1) for seat in line["seats"]),
            *_some(line["choices"], line["n"] - len(line["seats"])))]
    return _together(lines)


def _some(choices: Choices, n: int) -> list[Slot]:
    return [Slot(choices, None, n, n)] if n > 0 else []


def _together(lines: list[Json]) -> list[Slot]:
    """Gives the answers to several questions to as few people as can have given them."""
    known: dict[str, Choices] = {}
    rest: dict[str, list[tuple[object, int]]] = {}
    asked: Counter[str] = Counter()
    for line in lines:
        [(key, value)] = line["choices"].items()
        asked[key] += line["n"]
        rest.setdefault(key, []).append((value, line["n"] - len(line["seats"])))
        for seat in line["seats"]:
            known.setdefault(seat, {})[key] = value
    unknown = max(0, max(asked.values(), default=0) - len(known))
    ends = {0, unknown}
    runs: dict[str, list[tuple[int, int, object]]] = {}
    for key, values in rest.items():
        at = 0
        for value, n in values:
            runs.setdefault(key, []).append((at, at + n, value))
            at += n
            ends.add(at)
    cuts = sorted(ends)
    found = [Slot(choices, seat, 1, 1) for seat, choices in known.items()]
    for begin, end in pairwise(cuts):
        choices = {key: value for key, of in runs.items() for first, last, value in of if first <= begin < last}
        if choices:
            found.append(Slot(choices, None, end - begin, end - begin if begin < unknown else 0))
    return found


class Seating:
    """Finds seats for people of whom only the place is known: each seat is taken once, whatever places it belongs to."""

    def __init__(self, places: Iterable[frozenset[Hashable]]) -> None:
        """Takes the places of each seat that is free."""
        self._left = Counter(places)
        self._taken: dict[Hashable, Counter[frozenset[Hashable]]] = {}

    def free(self) -> int:
        """Counts the seats that nobody has taken."""
        return self._left.total()

    def left(self, place: Hashable) -> int:
        """Counts how many more people there would be seats for, whoever else moves up."""
        kept = self._left.copy(), {key: taken.copy() for key, taken in self._taken.items()}
        n = 0
        while self._one(place):
            n += 1
        self._left, self._taken = kept
        return n

    def take(self, place: Hashable, n: int) -> bool:
        """Seats n people of a place; tells whether all have one. If not, none is seated."""
        kept = self._left.copy(), {key: taken.copy() for key, taken in self._taken.items()}
        if all(self._one(place) for _ in range(n)):
            return True
        self._left, self._taken = kept
        return False

    def _one(self, place: Hashable) -> bool:
        """Seats one more, moving others to other seats of theirs where that helps."""
        came: dict[frozenset[Hashable], tuple[Hashable, frozenset[Hashable] | None]] = {}
        at: list[tuple[Hashable, frozenset[Hashable] | None]] = [(place, None)]
        seen = {place}
        while at:
            who, whence = at.pop()
            for sort, n in list(self._left.items()):
                if who not in sort or sort in came:
                    continue
                came[sort] = who, whence
                if n:
                    self._move(sort, came)
                    return True
                for other, taken in self._taken.items():
                    if taken[sort] and other not in seen:
                        seen.add(other)
                        at.append((other, sort))
        return False

    def _move(self, sort: frozenset[Hashable], came: dict[frozenset[Hashable], tuple[Hashable, frozenset[Hashable] | None]]
              ) -> None:
        self._left[sort] -= 1
        to: frozenset[Hashable] | None = sort
        while to is not None:
            who, whence = came[to]
            taken = self._taken.setdefault(who, Counter())
            taken[to] += 1
            if whence is not None:
                taken[whence] -= 1
            to = whence
