"""Forms pairs and fours of a room: people who can talk to each other, from different delegations where there are some.

A wish decides who goes with whom, never how many: pairs are of two, and of three once where the number is odd.
"""
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from workshop.domain.people.channels import HALL


@dataclass(frozen=True)
class Person:
    """Describes a seat to be paired: its delegation, and where it is. Those far away cannot whisper with the hall, nor one
    site with another; whoever shares a `device` sees what its neighbour has on it anyway."""

    seat: str
    delegation: str | None
    channel: str
    site: str | None = None
    device: str | None = None

    @property
    def near(self) -> bool:
        """Tells whether it is in the hall."""
        return self.channel in HALL


# Where people are, from the narrowest place to the widest: whoever is left over in one looks in the next.
PLACES: tuple[Callable[[Person], Hashable], ...] = (
    lambda one: (one.near, one.device or one.seat),
    lambda one: (one.near, one.site if one.near else None),
    lambda one: one.near,
    lambda one: None)


def pairs(people: list[Person]) -> list[list[str]]:
    """Pairs the seats two by two, one three where the number is odd; nobody stays alone unless there is nobody else."""
    made: list[list[Person]] = []
    rest = list(people)
    for place in PLACES:
        there: dict[Hashable, list[Person]] = {}
        for one in rest:
            there.setdefault(place(one), []).append(one)
        rest = []
        for group in there.values():
            folded, over = _folded(group)
            made += folded
            rest += over
    made.sort(key=lambda pair: sum(not one.near for one in pair))  # fours are made of neighbours
    for one in rest:  # at most one
        if made:
            max(made, key=lambda pair: _nearness(one, pair)).append(one)
        else:
            made.append([one])
    return [[one.seat for one in pair] for pair in made]


def fours(pairs: list[list[str]]) -> list[list[str]]:
    """Joins pairs two by two. What is over goes where the group stays smallest: a three is enough by itself, or takes the
    odd pair; without one, the odd pair makes a six. Whoever has been left alone goes to somebody first."""
    alone = [pair[0] for pair in pairs if len(pair) == 1]
    two, made = [pair for pair in pairs if len(pair) == 2], [pair for pair in pairs if len(pair) > 2]
    two += [alone[i:i + 2] for i in range(0, len(alone) - 1, 2)]
    if len(alone) % 2:
        one = alone[-1:]
        if two:
            made.append(two.pop() + one)
        elif made:
            made[0] = made[0] + one
        else:
            made.append(one)
    whole = [[*a, *b] for a, b in zip(two[::2], two[1::2], strict=False)]
    if len(two) % 2:
        wide = made or whole
        if wide:
            wide[-1] = wide[-1] + two[-1]
        else:
            whole.append(two[-1])
    return whole + [list(group) for group in made]


def _folded(people: list[Person]) -> tuple[list[list[Person]], list[Person]]:
    """Returns (pairs, who is over). Sorted by delegation and folded in the middle, neighbours come from different ones;
    whoever is over is of the delegation that has the most people there."""
    many: dict[str | None, int] = {}
    for one in people:
        many[one.delegation] = many.get(one.delegation, 0) + 1
    there = sorted(people, key=lambda one: (many[one.delegation], one.delegation or "", one.seat))
    over = [there.pop()] if len(there) % 2 else []
    half = len(there) // 2
    return [[there[i], there[i + half]] for i in range(half)], over


def _nearness(one: Person, pair: list[Person]) -> tuple[bool, ...]:
    """Ranks how well somebody goes with a pair: the more of it is true, the earlier, the better."""
    return (one.device is not None and all(other.device == one.device for other in pair),
            *(all(place(other) == place(one) for other in pair) for place in PLACES[1:]),
            not any(other.device for other in pair))
