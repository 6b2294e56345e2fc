"""Says where anybody stands among the groups that were found, from the centres that are stored: the same after a restart,
and without numpy."""
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from workshop.domain.shapes import Json

LEAST = 5  # people of a group that is told of
ENOUGH = 7  # answers of whoever is in a group, or all of the statements where they are fewer; with less one is near one
Answers = Mapping[str, int]
Rows = Sequence[Answers]


class Found:
    """Reads what `finding.find` returned: groups by letter, the plane and where their middles stand in it."""

    def __init__(self, told: Json) -> None:
        self.letters: list[str] = told["letters"]
        self.centres: list[tuple[float, float]] = [(x, y) for x, y in told["centres"]]
        self.cards: list[str] = told["cards"]
        self.at = {card: (mean, x, y) for card, mean, x, y in zip(
            told["cards"], told["mean"], *told["axes"], strict=True)}


def needed(statements: int, enough: int = ENOUGH) -> int:
    """Returns how many answers one must have given to be in a group."""
    return min(enough, statements)


def point(found: Found, answers: Answers) -> tuple[float, float] | None:
    """Returns where these answers stand in the plane; None for none."""
    known = [(said, *found.at[card]) for card, said in answers.items() if card in found.at]
    if not known:
        return None
    scale = sqrt(len(found.cards) / len(known))
    return (scale * sum((said - mean) * x for said, mean, x, _y in known),
            scale * sum((said - mean) * y for said, mean, _x, y in known))


def group_of(found: Found, answers: Answers) -> int:
    """Returns the place of the group whose middle is nearest; 0 for no answers."""
    x, y = point(found, answers) or (0.0, 0.0)
    return min(range(len(found.centres)), key=lambda n: round(
        (found.centres[n][0] - x) ** 2 + (found.centres[n][1] - y) ** 2, 9))


def counts(found: Found, answers: Answers) -> bool:
    """Tells whether one has answered enough of the statements to be in a group, not only near one."""
    return sum(card in found.at for card in answers) >= max(1, needed(len(found.cards)))


def members(found: Found, rows: Mapping[Any, Answers]) -> dict[Any, int]:
    """Returns {person: place of the group} of those who have answered enough."""
    return {who: group_of(found, row) for who, row in rows.items() if counts(found, row)}
