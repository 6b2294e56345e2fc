"""Keeps count of who is in which room while a draw is repaired and polished, and says what a move or a swap would change.

Who must stay together is one unit. What a unit counts for are nodes: those of the two trees, one for each list of people who
are to be apart, and, softly, the categories that come after the trees.
"""
from collections.abc import Iterable
from fractions import Fraction
from operator import sub

from workshop.domain.draws.shapes import AFTER, TREES, Asked, Person, sizes

Change = list[tuple[int, int]]  # (node, how many more of it there are)
APART = 1e6  # what it costs that two are in one room who are to be apart: more than any unevenness
Name = tuple[str | None, ...]


class Unit:
    """Holds people who go together: one, or those whom a rule keeps in one room; `room`: its number where it is pinned."""

    def __init__(self, people: list[str], room: int | None) -> None:
        self.people, self.room = people, room
        self.hard: dict[int, int] = {}
        self.soft: dict[int, int] = {}
        self.kinds = {False: 0, True: 0}  # units of one hard or soft kind count for the same


class Seating:
    """Holds where every unit is (`where`, None: nowhere yet) and how many people each node has in each room (`n`)."""

    def __init__(self, asked: Asked) -> None:
        self.rooms = list(asked.rooms)
        number = {key: n for n, key in enumerate(self.rooms)}
        self.trees = TREES if asked.way == "balanced" else {"": ()}
        self.units = [Unit(group, _pinned(asked, group, number)) for group in bound(asked)]
        self.free = [at for at, unit in enumerate(self.units) if unit.room is None]
        self.unit_of = {key: n for n, unit in enumerate(self.units) for key in unit.people}
        self.names: list[Name] = []
        self.people: list[int] = []  # of each node
        self._count(asked)
        whole = sizes(len(asked.people), asked.rooms)
        self.parts = [whole[key] / len(asked.people) if asked.people else Fraction(0) for key in self.rooms]
        self.share = [[many * float(part) for part in self.parts] for many in self.people]  # of each node in each room
        self.cost = []
        for node in range(len(self.names)):
            of = {part: self._costs(node, part) for part in set(self.parts)}
            self.cost.append([of[part] for part in self.parts])
        self.several = [node for node in range(self.hards) if self.people[node] > 1]  # one alone is always even
        self.n = [[0] * len(self.rooms) for _ in self.names]
        self.where: list[int | None] = [None] * len(self.units)
        self.met: list[dict[int, int]] = [{} for _ in self.units]
        for (one, other), times in asked.met.items():
            pair = self.unit_of.get(one, -1), self.unit_of.get(other, -1)
            if min(pair) >= 0 and pair[0] != pair[1]:
                for a, b in (pair, pair[::-1]):
                    self.met[a][b] = self.met[a].get(b, 0) + times
        self.known = [[0] * len(self.rooms) for _ in self.units]  # how often a unit met those who are in a room
        self._changes: dict[tuple[int, int], Change] = {}

    def _count(self, asked: Asked) -> None:
        """Gives every unit the nodes for which it counts; the trees' come first, then those of `apart`, then the soft."""
        found: dict[Name, int] = {}

        def node(name: Name) -> int:
            if name not in found:
                found[name] = len(self.names)
                self.names.append(name)
                self.people.append(0)
            return found[name]

        by_id = {one.id: one for one in asked.people}
        for unit in self.units:
            for key in unit.people:
                for name in self._nodes(by_id[key]):
                    unit.hard[node(name)] = unit.hard.get(node(name), 0) + 1
        self.evens = len(self.names)
        for at, group in enumerate(asked.apart):
            for key in dict.fromkeys(group):
                unit = self.units[self.unit_of[key]]
                unit.hard[node(("apart", str(at)))] = 1
        self.hards = len(self.names)
        for unit in self.units if asked.way == "balanced" else ():
            for key in unit.people:
                for field in AFTER:
                    name = ("after", field, by_id[key].value(field))
                    unit.soft[node(name)] = unit.soft.get(node(name), 0) + 1
        kinds: dict[object, int] = {}
        for unit in self.units:
            for soft, counted in ((False, unit.hard), (True, unit.soft)):
                unit.kinds[soft] = kinds.setdefault(tuple(counted.items()), len(kinds))
                for at, n in counted.items():
                    self.people[at] += n

    def _nodes(self, person: Person) -> Iterable[Name]:
        """Lists the nodes of the trees in which a person is; everybody is the root of both."""
        yield ("all",)
        for tree, fields in self.trees.items():
            for depth in range(1, len(fields) + 1):
                yield (tree, *(person.value(field) for field in fields[:depth]))

    def _costs(self, node: int, part: Fraction) -> list[float]:
        """Returns what it costs that 0, 1, 2… people of a node are in a room with this part of all: nothing within one seat
        of the share; beyond, the eighth power, so that the worst weighs most."""
        most = self.people[node]
        if self.evens <= node < self.hards:
            return [APART * max(0, n - 1) for n in range(most + 1)]
        up, down = most * part.numerator, part.denominator
        far = [(n * down - up) / down for n in range(most + 1)]
        if node >= self.hards:
            return [off * off * off * off for off in far]
        least, top = up // down, -(-up // down)
        return [0.0 if least <= n <= top else _eighth(off) for n, off in enumerate(far)]

    def put(self, at: int, room: int | None) -> None:
        """Puts a unit into a room, out of where it was."""
        unit, before = self.units[at], self.where[at]
        self.where[at] = room
        for there, sign in ((before, -1), (room, 1)):
            if there is None:
                continue
            for node, n in unit.hard.items():
                self.n[node][there] += sign * n
            for node, n in unit.soft.items():
                self.n[node][there] += sign * n
            for other, times in self.met[at].items():
                self.known[other][there] += sign * times

    def change(self, one: int, other: int | None, soft: bool = False) -> Change:
        """Returns what a room gets when `one` comes and `other` goes."""
        coming = self.units[one]
        key = coming.kinds[soft], -1 if other is None else self.units[other].kinds[soft]
        found = self._changes.get(key)
        if found is None:
            more = dict(coming.soft if soft else coming.hard)
            if other is not None:
                going = self.units[other]
                for node, n in (going.soft if soft else going.hard).items():
                    more[node] = more.get(node, 0) - n
            found = self._changes[key] = [(node, n) for node, n in more.items() if n]
        return found

    def gain(self, change: Change, left: int | None, to: int) -> float:
        """Returns what it costs more that a change goes from room `left` to room `to`."""
        more = 0.0
        for node, n in change:
            counts, costs = self.n[node], self.cost[node]
            there = counts[to]
            more += costs[to][there + n] - costs[to][there]
            if left is not None:
                here = counts[left]
                more += costs[left][here - n] - costs[left][here]
        return more

    def worsens(self, change: Change, left: int, to: int) -> bool:
        """Tells whether any node would be farther from its share than it is, and not within one seat of it."""
        for node, n in change:
            counts, costs = self.n[node], self.cost[node]
            there, here = counts[to], counts[left]
            if costs[to][there + n] > costs[to][there] or costs[left][here - n] > costs[left][here]:
                return True
        return False

    def hard(self) -> float:
        """Returns the cost of all that is to be even or apart."""
        return sum(self.cost[node][room][n] for node in range(self.hards) for room, n in enumerate(self.n[node]))

    def soft(self) -> float:
        """Returns the cost of what comes after the trees, former meetings left out."""
        return sum(self.cost[node][room][n] for node in range(self.hards, len(self.names))
                   for room, n in enumerate(self.n[node]))

    def again(self) -> int:
        """Returns how often people meet who have met before."""
        return sum(self.known[at][room] for at, room in enumerate(self.where) if room is not None) // 2

    def bad(self) -> list[tuple[int, int]]:
        """Lists (node, room) of all that is not as it should be."""
        return [(node, room) for node in self.several
                for room, (n, costs) in enumerate(zip(self.n[node], self.cost[node], strict=True)) if costs[n]]

    def worst(self) -> tuple[float, float]:
        """Returns how many are not apart as they should be, and how far the worst node is from its share."""
        broken = sum(self.cost[node][room][n] for node in range(self.evens, self.hards)
                     for room, n in enumerate(self.n[node]))
        return broken, max((max(map(abs, map(sub, self.n[node], self.share[node]))) for node in range(self.evens)),
                           default=0.0)

    def result(self) -> dict[str, str]:
        """Returns {person: room} of those who are somewhere."""
        return {key: self.rooms[room] for at, room in enumerate(self.where) if room is not None
                for key in self.units[at].people}


def bound(asked: Asked) -> list[list[str]]:
    """Lists everybody in groups of those who must stay together, most of them alone; in the order of their ids."""
    ids = sorted(one.id for one in asked.people)
    group_of = {key: [key] for key in ids}
    for group in asked.together:
        for key in group[1:]:
            one, other = group_of[group[0]], group_of[key]
            if one is not other:
                one += other
                group_of |= dict.fromkeys(other, one)
    return [sorted(group_of[key]) for key in ids if key == min(group_of[key])]


def _pinned(asked: Asked, group: list[str], number: dict[str, int]) -> int | None:
    return next((number[asked.pins[key]] for key in group if key in asked.pins), None)


def _eighth(value: float) -> float:
    """Returns the eighth power by multiplying, which is the same on every machine."""
    square = value * value
    fourth = square * square
    return fourth * fourth
