"""Repairs a draw until its rules are kept and everything is as even as can be, then polishes what comes after the trees."""
from random import Random

from workshop.domain.draws.seating import Seating
from workshop.domain.draws.shapes import lot

STEPS, WORK = 6000, 3_000_000  # of a repair: so many steps, fewer where each has much to look at
TRIED = 6  # changes tried in each step, of which the best is taken
WARM, COLD, ROUNDS = 15.0, 0.4, 3  # how much worse a step may make it, at first and at last; how often from the start
LOOKS = 24_000  # pairs looked at while polishing
BEGINS, SHAKEN = 30, 6  # how often it begins again, after how many swaps by lot
MEETINGS = 1.0  # what one more repeated meeting weighs beside one seat squared of a category


def repair(seating: Seating, seed: str) -> None:
    """Moves and swaps units that stand in what is not even or not apart, until nothing is; keeps the best that was seen.

    Only `random()` of the generator is used, whose numbers are the same in every version.
    """
    chance = Random(f"{seed}:repair")  # noqa: S311  (a lot that everybody can draw again, no secret)
    cost = seating.hard()
    best, kept = (*seating.worst(), cost), list(seating.where)
    steps = min(STEPS, WORK // (len(seating.units) + len(seating.several) * len(seating.rooms)))
    for step in range(steps):
        bad = seating.bad()
        if not bad:
            return
        part = step * ROUNDS % steps / steps
        warmth = WARM * (COLD / WARM) ** part
        found = _best(seating, chance, *bad[int(chance.random() * len(bad))])
        if found is None:
            continue
        more, one, other, room = found
        if more > 0 and chance.random() >= 2.718281828459045 ** (-more / warmth):
            continue
        left = seating.where[one]
        seating.put(one, room)
        if other is not None:
            seating.put(other, left)
        cost += more
        if cost <= 2 * best[2] and (*(now := seating.worst()), cost) < best:
            best, kept = (*now, cost), list(seating.where)
    _return(seating, kept)


def _best(seating: Seating, chance: Random, node: int, room: int) -> tuple[float, int, int | None, int] | None:
    """Returns (what it costs more, unit, unit or None, room): the best of a few changes that take one of a node out of a
    room that has too many, or bring one in where there are too few. None where no unit may go."""
    units, where = seating.units, seating.where
    inside = [at for at in seating.free if where[at] == room]
    outside = [at for at in seating.free if where[at] != room]
    few = node < seating.evens and seating.n[node][room] < seating.people[node] * seating.parts[room]
    pool, others = (outside, inside) if few else (inside, outside)
    goers = [at for at in pool if node in units[at].hard]
    if not goers:
        return None
    found: tuple[float, int, int | None, int] | None = None
    for _ in range(TRIED):
        one = goers[int(chance.random() * len(goers))]
        pick = int(chance.random() * (len(others) + len(seating.rooms)))
        if pick < len(others):
            other: int | None = others[pick]
            to = room if few else where[others[pick]]
        else:
            other, to = None, room if few else pick - len(others)
        if to is None or to == where[one]:
            continue
        more = seating.gain(seating.change(one, other), where[one], to)
        if found is None or more < found[0]:
            found = more, one, other, to
    return found


def polish(seating: Seating, seed: str) -> None:
    """Swaps single people as long as that makes the other categories more even or repeats fewer meetings, and worsens
    nothing in the trees and the rules; where that ends, a few swaps by lot let it begin again. Keeps the best."""
    free = {unit.people[0]: at for at, unit in enumerate(seating.units) if unit.room is None and len(unit.people) == 1}
    order = [free[key] for key in lot(seed, free, "polish")]
    if len(order) < 2:
        return
    chance = Random(f"{seed}:polish")  # noqa: S311  (as above)
    looks = _climb(seating, order, LOOKS)
    best, kept = seating.soft() + MEETINGS * seating.again(), list(seating.where)
    for _ in range(BEGINS):
        if looks <= 0:
            break
        for _ in range(SHAKEN):
            one, other = (order[int(chance.random() * len(order))] for _ in range(2))
            here, there = seating.where[one], seating.where[other]
            if here is not None and there is not None and here != there and not seating.worsens(
                    seating.change(one, other), here, there):
                _swap(seating, one, other)
        looks = _climb(seating, order, looks - SHAKEN)
        if (now := seating.soft() + MEETINGS * seating.again()) < best:
            best, kept = now, list(seating.where)
        else:
            _return(seating, kept)
    _return(seating, kept)


def _climb(seating: Seating, order: list[int], looks: int) -> int:
    """Swaps each with whom it is worth most until nothing is gained once round, or so many pairs have been looked at;
    returns how many may still be."""
    at, since = 0, 0
    while looks > 0 and since < len(order):
        one = order[at]
        other = _partner(seating, one, order)
        looks -= len(order)
        at, since = (at + 1) % len(order), since + 1
        if other is not None:
            _swap(seating, one, other)
            since = 0
    return looks


def _swap(seating: Seating, one: int, other: int) -> None:
    here, there = seating.where[one], seating.where[other]
    seating.put(one, there)
    seating.put(other, here)


def _return(seating: Seating, kept: list[int | None]) -> None:
    """Puts everybody where they were."""
    for at, there in enumerate(kept):
        if seating.where[at] != there:
            seating.put(at, there)


def _partner(seating: Seating, one: int, order: list[int]) -> int | None:
    """Returns the unit with which a swap is worth most; None where there is none."""
    here, most, found = seating.where[one], -1e-9, None
    units, met, known, where = seating.units, seating.met, seating.known, seating.where
    kind = units[one].kinds[True]
    assert here is not None
    for other in order:
        there = where[other]
        if there == here or there is None:
            continue
        more = 0.0
        if units[other].kinds[True] != kind:
            more = seating.gain(seating.change(one, other, soft=True), here, there)
        if met[one] or met[other]:
            more += MEETINGS * (known[one][there] + known[other][here] - known[one][here] - known[other][there]
                                - 2 * met[one].get(other, 0))
        if more < most and not seating.worsens(seating.change(one, other), here, there):
            most, found = more, other
    return found
