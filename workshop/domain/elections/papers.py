"""Reads ballots that rank options as papers whose values are whole numbers, so that sums are exact and quick."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

Rank = tuple[str, ...]  # options that share a place
Ranking = tuple[Rank, ...]  # from the first place


class StandsEqual(Exception):
    """Ends a count by stages: a paper stands equal between options still in the count, for which no rule is stated."""

    said = "a paper stands equal between options still in the count; no rule for it is stated"


@dataclass(frozen=True)
class Papers:
    """Holds the ballots of an election.

    options  that are counted, in the order in which they were named
    unit     of the values: a paper of value n is worth n * unit votes
    papers   (value, ranking) of each different ranking that names a counted option
    empty    the value of the ballots that name none
    """

    options: tuple[str, ...]
    unit: Fraction
    papers: tuple[tuple[int, Ranking], ...]
    empty: int = 0

    @property
    def value(self) -> int:
        """Returns the value of all papers, in units."""
        return sum(value for value, _ranking in self.papers)

    def worth(self, value: int) -> Fraction:
        """Returns so many units in votes."""
        return value * self.unit


def gathered(options: Iterable[str], ballots: Iterable[tuple[Fraction, Iterable[Iterable[str]]]],
             withdrawn: Iterable[str] = ()) -> Papers:
    """Makes papers of (value, ranking) pairs: `withdrawn` options are struck from each, the rest move up; equal rankings
    become one paper."""
    gone = set(withdrawn)
    counted = tuple(option for option in dict.fromkeys(options) if option not in gone)
    known, sums = set(counted), dict[Ranking, Fraction | int]()
    for value, ranking in ballots:
        ranks = tuple(kept for rank in ranking if (kept := tuple(option for option in rank if option in known)))
        sums[ranks] = sums.get(ranks, 0) + value
    each = lcm(*(value.denominator for value in sums.values())) if sums else 1
    whole = {ranks: int(value * each) for ranks, value in sums.items()}
    return Papers(counted, Fraction(1, each), tuple((value, ranks) for ranks, value in whole.items() if ranks),
                  whole.get((), 0))


def of_ranks(choices: Mapping[str, int]) -> Ranking:
    """Returns {option: its place, 1 the first} as a ranking."""
    places: dict[int, list[str]] = {}
    for option, place in choices.items():
        places.setdefault(place, []).append(option)
    return tuple(tuple(sorted(places[place])) for place in sorted(places))
