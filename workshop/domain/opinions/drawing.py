"""Draws opinion groups as a map: where a group stands says how it answers; its dots are as many as its people, and no dot is
anybody's: they fill the shape of the group in order, and what a statement came to is dealt over them by a fixed lot."""
import hashlib
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from workshop.domain.shapes import Json

WIDE, HIGH, EDGE, TOP = 1000, 640, 30, 50  # above a group stands its letter
# Of a group's dots, in one path each: circle, square, diamond, triangle, cross.
MARKS = ("M-8 0a8 8 0 1 1 16 0a8 8 0 1 1-16 0", "M-7-7h14v14h-14z", "M0-9 9 0 0 9-9 0z", "M0-9 9 7h-18z",
         "M-8-3h5v-5h6v5h5v6h-5v5h-6v-5h-5z")
COVER = 0.4  # of the map is filled by all groups together
TURN = pi * (3 - sqrt(5))  # from one dot to the next


@dataclass
class Shape:
    """Draws one group. `x`, `y`, `r`: its ring; `dots`: {agree, disagree, neither: points, as a path has them}."""

    letter: str
    n: int
    x: int
    y: int
    r: int
    dots: dict[str, str]

    @property
    def mark(self) -> str:
        """Returns the path of one dot."""
        return MARKS[(ord(self.letter) - ord("A")) % len(MARKS)]


def drawn(told: Json, statement: str = "") -> list[Shape]:
    """Draws the groups that are told of (telling.told). `statement`: whose answers the dots have; '' for none."""
    groups = told["groups"]
    unit = sqrt(COVER * WIDE * HIGH / pi / max(1, sum(group["n"] for group in groups)))
    rings = [max(58.0, unit * sqrt(group["n"])) for group in groups]
    spots = _apart(_fitted([(group["x"], -group["y"]) for group in groups], rings), rings)
    found = []
    for n, (group, (x, y), r) in enumerate(zip(groups, spots, rings, strict=True)):
        counts = told["counts"].get(statement)
        dots = _dealt(group, counts[n] if counts else None, statement, x, y, r)
        found.append(Shape(group["letter"], group["n"], round(x), round(y), round(r), dots))
    return found


def _fitted(points: list[tuple[float, float]], rings: list[float]) -> list[tuple[float, float]]:
    """Fits the points into the map, as far apart in both directions as they are."""
    edge = max(rings) + EDGE
    low = [min(point[i] for point in points) for i in (0, 1)]
    span = [max(point[i] for point in points) - low[i] for i in (0, 1)]
    scale = min((size - 2 * edge) / part for size, part in zip((WIDE, HIGH), span, strict=True) if part > 1e-9) \
        if any(part > 1e-9 for part in span) else 0.0
    return [tuple((size - scale * part) / 2 + scale * (value - least)  # type: ignore[misc]
                  for value, least, part, size in zip(point, low, span, (WIDE, HIGH), strict=True)) for point in points]


def _apart(points: list[tuple[float, float]], rings: list[float]) -> list[tuple[float, float]]:
    """Pushes rings apart that lie over each other, and back into the map."""
    spots = [list(point) for point in points]
    for _ in range(200):
        moved = False
        for i, one in enumerate(spots):
            for j, other in enumerate(spots[:i]):
                dx, dy = one[0] - other[0], one[1] - other[1]
                far, need = hypot(dx, dy), rings[i] + rings[j] + EDGE
                if far < need - 0.5:
                    dx, dy = (dx / far, dy / far) if far > 1e-6 else (cos(i), sin(i))
                    for spot, way in ((one, 1), (other, -1)):
                        spot[0] += way * dx * (need - far) / 2
                        spot[1] += way * dy * (need - far) / 2
                    moved = True
        for spot, r in zip(spots, rings, strict=True):
            spot[0] = min(max(spot[0], r + EDGE), WIDE - r - EDGE)
            spot[1] = min(max(spot[1], r + TOP), HIGH - r - EDGE)
        if not moved:
            break
    return [(spot[0], spot[1]) for spot in spots]


def _dealt(group: Json, count: list[int] | None, statement: str, x: float, y: float, r: float) -> dict[str, str]:
    """Deals a group's answers over its dots: exactly as many of each, in the order of a lot that is the same each time, so
    that one answer more changes one dot."""
    n, room = group["n"], (r - 16) / sqrt(group["n"])
    points = [(round(x + room * sqrt(i + .5) * cos(i * TURN)), round(y + room * sqrt(i + .5) * sin(i * TURN)))
              for i in range(n)]
    lot = sorted(range(n), key=lambda i: hashlib.sha256(f"{statement}:{group['letter']}:{i}".encode()).digest())
    agree, disagree = (count[0], count[1]) if count else (n, 0)
    parts = {"agree": lot[:agree], "disagree": lot[agree:agree + disagree], "neither": lot[agree + disagree:]}
    return {name: "M" + " ".join(f"{points[i][0]} {points[i][1]}" for i in sorted(places))
            for name, places in parts.items() if places}
