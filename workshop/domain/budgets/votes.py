"""Defines the votes on a budget as they are counted, the lot between equals, and the plain majority."""
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

MOST_STATES = 20_000  # that are looked at to find whether another lot would change the result


@dataclass(frozen=True)
class Budget:
    """Holds what is voted on and the votes.

    total     whole units of money
    costs     {project: whole units, 0 or more}
    rows      equal ballots together: (the projects approved, how many ballots, 0 or more)
    seed      of the lot
    """

    total: int
    costs: Mapping[str, int]
    rows: Sequence[tuple[frozenset[str], int]]
    seed: str = ""
    _heights: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def votes(self) -> dict[str, int]:
        """Counts the ballots for each project."""
        found = dict.fromkeys(self.costs, 0)
        for approved, n in self.rows:
            for project in approved:
                found[project] += n
        return found

    @cached_property
    def voters(self) -> int:
        """Counts the ballots that name at least one project: the others have no share."""
        return sum(n for approved, n in self.rows if approved)

    @cached_property
    def payable(self) -> list[str]:
        """Lists the projects that have a vote and cost no more than there is."""
        return [project for project, cost in self.costs.items() if cost <= self.total and self.votes[project]]

    def height(self, project: str) -> str:
        """Returns what the lot gives the project: SHA-256 of seed/project; the highest of the tied is taken first."""
        if project not in self._heights:
            self._heights[project] = hashlib.sha256(f"{self.seed}/{project}".encode()).hexdigest()
        return self._heights[project]

    def first(self, tied: Iterable[str]) -> str:
        """Returns the one of the tied that the lot takes first."""
        return max(tied, key=self.height)

    def cost(self, projects: Iterable[str]) -> int:
        """Adds up what the projects cost."""
        return sum(self.costs[project] for project in projects)

    def left_out(self, chosen: Collection[str]) -> int:
        """Counts the voters of whom nothing that they approve is chosen."""
        return sum(n for approved, n in self.rows if approved and approved.isdisjoint(chosen))


def greedy(budget: Budget, money: int | None = None, without: Collection[str] = ()) -> list[str]:
    """Lists the projects taken in their order: most votes first, each if it fits into what is left of `money` (the total
    unless said), equal ones by lot; none without a vote, and none of `without`."""
    left, chosen = budget.total if money is None else money, []
    order = sorted((one for one, n in budget.votes.items() if n and one not in without),
                   key=lambda one: (budget.votes[one], budget.height(one)), reverse=True)
    for project in order:
        if budget.costs[project] <= left:
            chosen.append(project)
            left -= budget.costs[project]
    return chosen


def greedy_ties(budget: Budget) -> list[list[str]]:
    """Lists the projects of equal votes of which the plain majority takes some and not others, in the order of votes."""
    chosen, by_votes = set(greedy(budget)), dict[int, list[str]]()
    for project, n in budget.votes.items():
        if n and budget.costs[project] <= budget.total:
            by_votes.setdefault(n, []).append(project)
    return [sorted(tied) for _n, tied in sorted(by_votes.items(), reverse=True)
            if len(tied) > 1 and 0 < len(chosen.intersection(tied)) < len(tied)]


def greedy_hangs_on_lot(budget: Budget) -> bool | None:
    """Tells whether another lot would give another set; None where there are too many ways to look at."""
    by_votes: dict[int, list[str]] = {}
    for project, n in budget.votes.items():
        if n and budget.costs[project] <= budget.total:
            by_votes.setdefault(n, []).append(project)
    reached, seen = {(frozenset[str](), budget.total)}, 0
    for _n, tied in sorted(by_votes.items(), reverse=True):
        after = set[tuple[frozenset[str], int]]()
        waiting = [(taken, left, frozenset(tied)) for taken, left in reached]
        known = set(waiting)
        while waiting:
            seen += 1
            if seen > MOST_STATES:
                return None
            taken, left, rest = waiting.pop()
            fits = [one for one in rest if budget.costs[one] <= left]
            if not fits:
                after.add((taken, left))
            for one in fits:
                state = taken | {one}, left - budget.costs[one], frozenset(fits) - {one}
                if state not in known:
                    known.add(state)
                    waiting.append(state)
        reached = after
    return len({taken for taken, _left in reached}) > 1
