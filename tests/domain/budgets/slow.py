"""Counts budgets as their definition reads, slowly: the other count beside workshop/domain/budgets."""
import random
from fractions import Fraction
from hashlib import sha256


def drawn(lot: random.Random) -> dict:
    """A small budget with everything that is nasty: ties, costs of nothing and above the sum, empty ballots, ids alike."""
    names = lot.sample(["5", "05", "005", "a", "b", "c", "ñandú", "p7", "0"], lot.randint(1, 7))
    step = lot.choice((1, 1, 7, 50))
    total = step * lot.randint(1, 40)
    costs = {name: step * lot.choice((0, 1, 2, 3, 5, 5, 8, 13, 21, 34, 41)) for name in names}
    ballots = [{"count": lot.choice((0, 1, 1, 1, 2, 5)),
                "approve": lot.sample(names, lot.choice((0, 1, 1, 2, min(3, len(names)))) if len(names) > 1 else 1)}
               for _row in range(lot.randint(1, 9))]
    return {"budget": total, "projects": [{"id": name, "cost": cost} for name, cost in costs.items()], "ballots": ballots,
            "rules": {"seed": f"seed-{lot.random()}"}}


class Slow:
    """One case, counted ballot by ballot."""

    def __init__(self, case: dict):
        self.total, self.seed = case["budget"], case["rules"]["seed"]
        self.cost = {one["id"]: one["cost"] for one in case["projects"]}
        self.ballots = [set(row["approve"]) for row in case["ballots"] for _one in range(row["count"]) if row["approve"]]
        self.of_row = [i for i, row in enumerate(case["ballots"]) for _one in range(row["count"]) if row["approve"]]
        self.votes = {name: sum(name in ballot for ballot in self.ballots) for name in self.cost}

    def highest(self, names):
        return max(names, key=lambda name: sha256(f"{self.seed}/{name}".encode()).hexdigest())

    def greedy(self, left=None, taken=()):
        left, rest, chosen = self.total if left is None else left, {n for n in self.cost if self.votes[n]} - {*taken}, []
        while rest:
            most = max(self.votes[name] for name in rest)
            name = self.highest([one for one in rest if self.votes[one] == most])
            rest.remove(name)
            if self.cost[name] <= left:
                chosen.append(name)
                left -= self.cost[name]
        return chosen

    def rho(self, name, money, alike):
        """The smallest rho at which the supporters' payments are the cost: on one of the lines between their limits."""
        worth = 1 if alike or not self.cost[name] else self.cost[name]
        mine = [money[i] for i, ballot in enumerate(self.ballots) if name in ballot]
        if sum(mine) < self.cost[name]:
            return None

        def paid(rho):
            return sum(min(one, rho * worth) for one in mine)
        below = Fraction(0)
        for limit in sorted({one / worth for one in mine}):
            if paid(limit) >= self.cost[name]:
                rising = sum(one >= limit * worth for one in mine) * worth
                return below + (self.cost[name] - paid(below)) / rising
            below = limit
        return below

    def shares(self, alike, units=0):
        share = Fraction(self.total, len(self.ballots)) + units
        money, chosen, rhos, ties = [share] * len(self.ballots), [], [], []
        while True:
            found = {name: rho for name in self.cost if name not in chosen and self.votes[name]
                     and self.cost[name] <= self.total and (rho := self.rho(name, money, alike)) is not None}
            if not found:
                return chosen, rhos, ties, money
            best = min(found.values())
            tied = sorted(name for name, rho in found.items() if rho == best)
            ties += [tied] if len(tied) > 1 else []
            name = self.highest(tied)
            worth = 1 if alike or not self.cost[name] else self.cost[name]
            money = [one - min(one, best * worth) if name in ballot else one
                     for one, ballot in zip(money, self.ballots, strict=True)]
            chosen.append(name)
            rhos.append(best)

    def spent(self, chosen):
        return sum(self.cost[name] for name in chosen)

    def add_one(self, alike):
        """(units, what they choose, the first choice into whose rest nothing more fits), a unit at a time."""
        can = {name for name in self.cost if self.votes[name] and self.cost[name] <= self.total}
        units, now, full = 0, self.shares(alike), None
        while True:
            left = self.total - self.spent(now[0])
            if full is None and not any(self.cost[name] <= left for name in can - {*now[0]}):
                full = now
            if {*now[0]} == can:
                break
            after = self.shares(alike, units + 1)
            if self.spent(after[0]) > self.total:
                break
            units, now = units + 1, after
        return units, now, full or now


def told(case: dict) -> dict:
    """What the count of the program must say of the case."""
    slow = Slow(case)
    chosen = slow.greedy()
    said = {"voters": len(slow.ballots), "votes": slow.votes, "greedy": chosen}
    for name, alike in (("cost", False), ("cardinality", True)) if slow.ballots else ():
        plain, (units, more, full) = slow.shares(alike), slow.add_one(alike)
        after = slow.greedy(slow.total - slow.spent(more[0]), more[0])
        left = {row: plain[3][i] for i, row in enumerate(slow.of_row)}
        said[name] = {"plain": (plain[0], [str(rho) for rho in plain[1]], plain[2]),
                      "left": {row: str(n) for row, n in left.items()}, "units": units,
                      "add_one": (more[0], [str(rho) for rho in more[1]], more[2]),
                      "same": {*more[0]} == {*full[0]}, "added": after}
    return said


def counted(case: dict, found: dict) -> dict:
    """The same out of what the program says (workshop.domain.budgets.expected)."""
    said = {"voters": found["voters"], "votes": found["votes"], "greedy": found["greedy"]["chosen"]}
    for name, of in found.get("equal_shares", {}).items():
        rows = {i for i, row in enumerate(case["ballots"]) if row["count"] and row["approve"]}
        said[name] = {"plain": tuple(of["plain"][key] for key in ("chosen", "rho", "ties")),
                      "left": {i: of["plain"]["left_per_row"][i] for i in rows}, "units": of["add_one"]["units_added_each"],
                      "add_one": tuple(of["add_one"][key] for key in ("chosen", "rho", "ties")),
                      "same": of["add_one"]["same_if_stopped_when_nothing_more_fits"],
                      "added": of["add_one_then_votes"]["added"]}
    return said
