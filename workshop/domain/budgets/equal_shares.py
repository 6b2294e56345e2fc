"""Counts by the method of equal shares: each voter has the same money, and pays for what it approves.

All money is in whole numbers over one denominator, so that nothing is rounded; and each amount is a straight line in what
everybody gets besides (`slope`), so that of a share it is known up to which larger one the result stays the same.
"""
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd

from workshop.domain.budgets.votes import MOST_STATES, Budget, greedy

STEPS, WORK = (1, 10, 100, 1000, 10_000, 100_000), 150_000
SLACK = 4  # times as many steps as there would be if each changed something, for most change nothing
COST, ALIKE = "cost", "cardinality"  # what a project is worth to whoever approves it: what it costs, or 1


@dataclass(frozen=True)
class Shares:
    """Holds what came of one share.

    share     each voter's, in units of money
    chosen    in the order in which they were taken
    rho       what each of these cost per unit of what it is worth
    left      {row of the ballots: what one voter of it has left}
    ties      those that were equal when one of them was taken, sorted
    same_to   how many units more each could have before anything of this changes; None: for ever
    work      how many purses were looked into for it
    """

    share: Fraction
    chosen: tuple[str, ...]
    rho: tuple[Fraction, ...]
    left: tuple[Fraction, ...]
    ties: tuple[tuple[str, ...], ...]
    same_to: Fraction | None
    work: int = 0


@dataclass
class _Level:
    """Holds what each supporter of a project is asked at most: (at + slope x) / under."""

    project: str
    at: int
    slope: int
    under: int
    worth: int

    def __lt__(self, other: "_Level") -> bool:
        return self.at * other.under * other.worth < other.at * self.under * self.worth


@dataclass
class _Purse:
    """Holds the money of each row and takes what projects cost; `bound`: see Shares.same_to."""

    budget: Budget
    at: list[int]
    slope: list[int]
    under: int
    bound: Fraction | None = None
    work: int = 0  # purses that were looked into
    supporters: dict[str, list[int]] = field(default_factory=dict)

    def level(self, project: str, worth: int) -> _Level | None:
        """Returns the smallest level at which its supporters pay it; None where they have too little."""
        rows, at, slope, cost = self.budget.rows, self.at, self.slope, self.budget.costs[project] * self.under
        inside = sorted(self.supporters[project], key=at.__getitem__)
        self.work += len(inside)
        lacks, lacks_slope, people = cost, 0, sum(rows[i][1] for i in inside)
        given = 0
        for i in inside:
            if at[i] * people >= lacks:
                break
            n = rows[i][1]
            given, lacks, lacks_slope, people = given + 1, lacks - n * at[i], lacks_slope - n * slope[i], people - n
        else:
            self._until(lacks, -lacks_slope)
            return None
        for i in inside[:given]:  # who gives everything: until they have more than they are asked
            self._until(lacks - at[i] * people, slope[i] * people - lacks_slope)
        for i in inside[given:]:
            self._until(at[i] * people - lacks, lacks_slope - slope[i] * people)
        return _Level(project, lacks, lacks_slope, self.under * people, worth)

    def _until(self, ahead: int, loses: int) -> None:
        """Notes when what is `ahead` (0 or more) of something else, and loses so much of it with each unit, is no more."""
        if loses > 0 and (self.bound is None or ahead * self.bound.denominator < loses * self.bound.numerator):
            self.bound = Fraction(ahead, loses)

    def ahead(self, first: _Level, other: _Level) -> None:
        """Notes how long the first stays cheaper than the other."""
        mine, theirs = other.under * other.worth, first.under * first.worth
        self._until(other.at * theirs - first.at * mine, first.slope * mine - other.slope * theirs)

    def pay(self, level: _Level) -> None:
        """Takes from each supporter what it is asked, or all that it has."""
        times = level.under // self.under
        self.at, self.slope, self.under = [n * times for n in self.at], [n * times for n in self.slope], level.under
        for i in self.supporters[level.project]:
            if (self.at[i], self.slope[i]) > (level.at, level.slope):  # or will have more as soon as there is more
                self.at[i], self.slope[i] = self.at[i] - level.at, self.slope[i] - level.slope
            else:
                self.at[i] = self.slope[i] = 0
        if (shared := gcd(self.under, *self.at, *self.slope)) > 1:
            self.at, self.slope = [n // shared for n in self.at], [n // shared for n in self.slope]
            self.under //= shared


def shares(budget: Budget, worth: str, units: int = 0) -> Shares:
    """Counts with the budget's share for each voter and `units` more. `worth`: COST or ALIKE. Needs a voter."""
    purse = _begun(budget, units)
    chosen, rho, ties = list[str](), list[Fraction](), list[tuple[str, ...]]()
    queue = [found for one in budget.payable if (found := purse.level(one, _worth(budget, worth, one)))]
    heapify(queue)
    while queue:
        best = list[_Level]()
        while queue and (not best or not best[0] < queue[0]):
            old = heappop(queue)
            if (now := purse.level(old.project, old.worth)) is None:
                continue
            if best and now < best[0]:
                now, best, aside = best[0], [now], best
                for one in aside:
                    heappush(queue, one)
            elif not best or not best[0] < now:
                best.append(now)
            else:
                heappush(queue, now)
        if not best:
            break
        first = budget.first(one.project for one in best)
        taken = next(one for one in best if one.project == first)
        for one in (*queue, *best):
            if one is not taken:
                purse.ahead(taken, one)
        if len(best) > 1:
            ties.append(tuple(sorted(one.project for one in best)))
        chosen.append(first)
        rho.append(Fraction(taken.at, taken.under * taken.worth))
        purse.pay(taken)
        for one in best:
            if one is not taken:
                heappush(queue, one)
    return Shares(Fraction(budget.total, budget.voters) + units, tuple(chosen), tuple(rho),
                  tuple(Fraction(n, purse.under) for n in purse.at), tuple(ties), purse.bound, purse.work)


def _begun(budget: Budget, units: int) -> _Purse:
    n = budget.voters
    purse = _Purse(budget, [budget.total + units * n if approved else 0 for approved, _n in budget.rows],
                   [n if approved else 0 for approved, _n in budget.rows], n)
    for project in budget.payable:
        purse.supporters[project] = [i for i, (approved, times) in enumerate(budget.rows) if project in approved and times]
    return purse


def _worth(budget: Budget, worth: str, project: str) -> int:
    return (budget.costs[project] or 1) if worth == COST else 1


@dataclass(frozen=True)
class Completed:
    """Holds the shares with as many units more as the budget bears, and what votes add to that. `units`: more for each,
    which came `step` at a time; `same_if_full`: whether who stops as soon as nothing more fits has chosen the same;
    `added`: by votes, from what is left."""

    shares: Shares
    units: int
    step: int
    same_if_full: bool
    added: tuple[str, ...]


def completed(budget: Budget, worth: str) -> Completed:
    """Gives everybody one unit more, and again, to the last before the projects would cost more than there is; ends too as
    soon as all that can be chosen are. Then takes by votes what still fits."""
    found = _by_steps(budget, worth, 1, None)
    assert found  # nothing bounds it
    return found


def bounded(budget: Budget, worth: str) -> Completed:
    """Completes in the smallest of STEPS of which there are not too many to be counted while people wait (WORK); where all
    are too small, without a unit more (step 0)."""
    plain = shares(budget, worth)
    least = plain.share * plain.work / (SLACK * WORK)  # smaller ones would be too many by far
    for step in (one for one in STEPS if one >= least):
        if found := _by_steps(budget, worth, step, WORK):
            return found
    return Completed(plain, 0, 0, False, _added(budget, plain))


def _by_steps(budget: Budget, worth: str, step: int, most: int | None) -> Completed | None:
    """Completes in steps of so many units; None where that takes more than `most` looks into purses."""
    full: Shares | None = None
    units, held, now, work = 0, 0, shares(budget, worth), 0
    while True:
        work += now.work
        if most is not None and work > most:
            return None
        left = budget.total - budget.cost(now.chosen)
        if left < 0:
            units, now = held, shares(budget, worth, held)
            break
        if full is None and not any(budget.costs[one] <= left for one in budget.payable if one not in now.chosen):
            full = now
        if len(now.chosen) == len(budget.payable):
            break
        # Until something changes all steps give the same; the last of them is held.
        steps = 1 if now.same_to is None else max(1, -(-now.same_to.numerator // (now.same_to.denominator * step)))
        held, units = units + (steps - 1) * step, units + steps * step
        now = shares(budget, worth, units)
    return Completed(now, units, step, set(now.chosen) == set((full or now).chosen), _added(budget, now))


def _added(budget: Budget, of: Shares) -> tuple[str, ...]:
    return tuple(greedy(budget, budget.total - budget.cost(of.chosen), of.chosen))


def hangs_on_lot(budget: Budget, worth: str) -> bool | None:
    """Tells whether the shares without more units would choose another set with another lot; None where there are too many
    ways to look at."""
    sets, seen = set[frozenset[str]](), 0
    waiting = [(_begun(budget, 0), frozenset[str]())]
    known = set[tuple[frozenset[str], tuple[Fraction, ...]]]()
    while waiting:
        purse, taken = waiting.pop()
        seen += 1
        if seen > MOST_STATES // 10:
            return None
        best = _cheapest(budget, purse, worth, taken)
        if not best:
            sets.add(taken)
            if len(sets) > 1:
                return True
        for one in best:
            after = _Purse(budget, purse.at, purse.slope, purse.under, supporters=purse.supporters)
            after.pay(one)
            state = taken | {one.project}, tuple(Fraction(n, after.under) for n in after.at)
            if state not in known:
                known.add(state)
                waiting.append((after, state[0]))
    return False


def _cheapest(budget: Budget, purse: _Purse, worth: str, taken: frozenset[str]) -> list[_Level]:
    levels = [found for one in budget.payable if one not in taken and (
        found := purse.level(one, _worth(budget, worth, one)))]
    return [one for one in levels if not any(other < one for other in levels)]
