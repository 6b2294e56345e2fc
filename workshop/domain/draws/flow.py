"""Chooses the people of one room after the other by a flow through two trees, so that each is even to within one seat.

Rooms one by one, with a share f of those who are left: a flow with bounds, source > first tree > kind of person > second
tree > sink, in which every node of both trees takes between floor(c f) and ceil(c f) of its c people. f of each is a flow
that keeps them, so there is one in whole numbers. With equal rooms f is 1/k for k rooms left, and what is left stays even.
"""
from collections import deque
from fractions import Fraction

from workshop.domain.draws.shapes import TREES, Person, lot

Node = tuple[str | None, ...]
Kind = tuple[Node, Node]  # the leaf of the first tree, the leaf of the second
FIRST, SECOND = TREES.values()


def even(people: list[Person], shares: dict[str, Fraction], seed: str) -> dict[str, str]:
    """Draws {person: room}. The lot decides which room is first, and who of those who are alike goes where."""
    by_id = {one.id: one for one in people}
    waiting: dict[Kind, list[str]] = {}
    for key in lot(seed, by_id, "people"):
        one = by_id[key]
        kind = tuple(one.value(field) for field in FIRST), tuple(one.value(field) for field in SECOND)
        waiting.setdefault(kind, []).append(key)
    order = lot(seed, shares, "rooms")
    order.sort(key=lambda room: shares[room])  # whole shares of rooms that hold fewer come first and are kept to the seat
    drawn, left = {}, sum(shares.values(), Fraction(0))
    for room in order:
        part = shares[room] / left if left else Fraction(0)
        left -= shares[room]
        counts = {kind: len(those) for kind, those in waiting.items() if those}
        names = {str(kind): kind for kind in counts}
        kinds = [names[name] for name in lot(seed, names, room)]
        for kind, n in zip(kinds, _chosen(kinds, counts, part), strict=True):
            for _ in range(n):
                drawn[waiting[kind].pop()] = room
    return drawn


def _chosen(kinds: list[Kind], counts: dict[Kind, int], part: Fraction) -> list[int]:
    """Returns how many of each kind are in a room that takes this part of everybody."""
    bounds = _Bounds(part)
    first, second = _nodes(kinds, counts, 0), _nodes(kinds, counts, 1)
    number = {(0, node): n for n, node in enumerate(first)}
    number |= {(1, node): n for n, node in enumerate(second, len(first))}
    net = _Flow(len(number))
    source, sink = number[0, ()], number[1, ()]
    for tree, nodes in enumerate((first, second)):
        for node, n in nodes.items():
            if node:
                ends = number[tree, node[:-1]], number[tree, node]
                net.edge(*(ends if tree == 0 else ends[::-1]), *bounds.of(n))
    edges = [net.edge(number[0, kind[0]], number[1, kind[1]], 0, counts[kind]) for kind in kinds]
    net.edge(sink, source, *bounds.of(first[()]) if kinds else (0, 0))
    net.run()
    return [net.through(edge) for edge in edges]


def _nodes(kinds: list[Kind], counts: dict[Kind, int], tree: int) -> dict[Node, int]:
    """Counts the people of every node of a tree; its root is ()."""
    found: dict[Node, int] = {(): 0}
    for kind in kinds:
        leaf = kind[tree]
        for depth in range(len(leaf) + 1):
            found[leaf[:depth]] = found.get(leaf[:depth], 0) + counts[kind]
    return found


class _Bounds:
    """Returns the whole numbers between which a part of n is."""

    def __init__(self, part: Fraction) -> None:
        self.up, self.down = part.numerator, part.denominator

    def of(self, n: int) -> tuple[int, int]:
        return n * self.up // self.down, -(-n * self.up // self.down)


class _Flow:
    """Finds a flow with bounds on every edge: the least of each is forced, and what that leaves over or lacks at its ends
    flows from a second source to a second sink (Dinic's way, shortest paths first)."""

    def __init__(self, nodes: int) -> None:
        self.source, self.sink = nodes, nodes + 1
        self.at: list[list[int]] = [[] for _ in range(nodes + 2)]
        self.to: list[int] = []
        self.free: list[int] = []
        self.least: dict[int, int] = {}
        self.over = [0] * (nodes + 2)

    def edge(self, tail: int, head: int, least: int, most: int) -> int:
        """Adds an edge and returns its number."""
        number = len(self.to)
        self.to += (head, tail)
        self.free += (most - least, 0)
        self.at[tail].append(number)
        self.at[head].append(number + 1)
        self.least[number] = least
        self.over[head] += least
        self.over[tail] -= least
        return number

    def through(self, edge: int) -> int:
        """Returns what flows through an edge."""
        return self.least[edge] + self.free[edge + 1]

    def run(self) -> None:
        """Fills the edges. The bounds of `even` always leave a flow."""
        for node, over in enumerate(self.over):
            if over > 0:
                self.edge(self.source, node, 0, over)
            elif over < 0:
                self.edge(node, self.sink, 0, -over)
        while levels := self._levels():
            following = [0] * len(self.at)
            while self._push(self.source, 1 << 30, levels, following):
                pass

    def _levels(self) -> list[int] | None:
        """Returns how far every node is from the source; None where the sink cannot be reached."""
        levels, queue = [-1] * len(self.at), deque([self.source])
        levels[self.source] = 0
        while queue:
            node = queue.popleft()
            for edge in self.at[node]:
                head = self.to[edge]
                if self.free[edge] and levels[head] < 0:
                    levels[head] = levels[node] + 1
                    queue.append(head)
        return levels if levels[self.sink] >= 0 else None

    def _push(self, node: int, most: int, levels: list[int], following: list[int]) -> int:
        """Sends as much as goes along one shortest path; returns how much."""
        if node == self.sink:
            return most
        edges = self.at[node]
        while following[node] < len(edges):
            edge = edges[following[node]]
            head, free = self.to[edge], self.free[edge]
            if free and levels[head] == levels[node] + 1 and (sent := self._push(head, min(most, free), levels, following)):
                self.free[edge] -= sent
                self.free[edge ^ 1] += sent
                return sent
            following[node] += 1
        return 0
