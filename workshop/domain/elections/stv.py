"""Counts several places by the single transferable vote, with exact fractions and the quota of Droop."""
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshop.domain.elections.papers import Papers
from workshop.domain.elections.stages import Table
from workshop.domain.elections.ties import Tie, Ties

FIRST, SURPLUS, OUT = "first choices", "surplus", "exclusion"


@dataclass(frozen=True)
class Stage:
    """Tells of a stage: what was done with which option, and the `votes` after it.

    what       FIRST, SURPLUS (at `factor` of what each paper counted) or OUT
    exhausted  the votes that have nobody left, so far
    elected    who reached the quota there
    """

    what: str
    option: str | None
    factor: Fraction | None
    tie: Tie | None
    votes: dict[str, Fraction]
    exhausted: Fraction
    elected: tuple[str, ...]


@dataclass(frozen=True)
class Stv:
    """Tells of a count: the quota, who was elected in which order, who of them `without_quota`, and the stages."""

    quota: int
    elected: tuple[str, ...]
    without_quota: tuple[str, ...]
    stages: tuple[Stage, ...]


class _Count:
    """Keeps who is in, elected and out while stages go by."""

    def __init__(self, of: Papers, seats: int, ties: Ties) -> None:
        self.seats, self.ties = min(seats, len(of.options)), ties
        self.quota = int(of.worth(of.value) // (seats + 1)) + 1
        self.table, self.left = Table(of), list(of.options)
        self.elected, self.without = list[str](), list[str]()
        self.stages: list[Stage] = []

    def written(self, what: str, option: str | None = None, factor: Fraction | None = None, tie: Tie | None = None) -> None:
        """Writes a stage down, with whom its votes elect."""
        here = [*self.left, *self.elected]
        votes = {one: self.table.votes(one) for one in self.table.options if one in here}
        won = self._by_votes([one for one in self.left if votes[one] >= self.quota], votes)[:self.seats - len(self.elected)]
        self._take(won)
        rest = self._by_votes(self.left, votes) if len(self.left) + len(self.elected) <= self.seats else []
        self._take(rest)
        self.without += rest
        self.stages.append(Stage(what, option, factor, tie, votes, self.table.exhausted, tuple(won)))

    def _take(self, them: Sequence[str]) -> None:
        self.elected += them
        self.left = [one for one in self.left if one not in them]

    def _by_votes(self, them: Sequence[str], votes: dict[str, Fraction]) -> list[str]:
        """Lists who has most first; of equal ones who had more before, then the highest lot."""
        found, rest = list[str](), set(them)
        while rest:
            most = max(votes[one] for one in rest)
            one, _tie = self.ties.broken((one for one in rest if votes[one] == most), self._before(), highest=True)
            found.append(one)
            rest.remove(one)
        return found

    def _before(self) -> list[dict[str, Fraction]]:
        return [stage.votes for stage in self.stages]

    def turn(self) -> None:
        """Moves the largest surplus, or excludes the lowest."""
        over = {one: votes for one in self.elected if (votes := self.table.votes(one)) > self.quota}
        if over:
            most = max(over.values())
            one, tie = self.ties.broken((one for one in over if over[one] == most), self._before(), highest=True)
            factor = (most - self.quota) / most
            self._surplus(one, factor)
            self.written(SURPLUS, one, factor, tie)
        else:
            held = {one: self.table.votes(one) for one in self.left}
            fewest = min(held.values())
            lowest = [one for one in self.left if held[one] == fewest]
            one, tie = self.ties.broken(lowest, self._before(), matters=fewest > 0 or (
                len(self.left) + len(self.elected) - len(lowest) < self.seats))
            self.left.remove(one)
            self.table.give(one, self.left)
            self.written(OUT, one, None, tie)

    def _surplus(self, one: str, factor: Fraction) -> None:
        """Passes the papers on at their part of the surplus; the option keeps a quota, which moves no more."""
        held = self.table.piles[one]
        self.table.give(one, self.left, factor)
        self.table.piles[one] = [(share * (1 - factor), pile) for share, pile in held]


def stv(of: Papers, seats: int, ties: Ties) -> Stv:
    """Counts for `seats` places. Raises StandsEqual."""
    count = _Count(of, seats, ties)
    count.written(FIRST)
    while len(count.elected) < count.seats:
        count.turn()
    return Stv(count.quota, tuple(count.elected), tuple(count.without), tuple(count.stages))
