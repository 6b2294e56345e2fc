"""Tells of opinion groups what everybody may know: how many people are in each, what they share, what separates them."""
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop.domain.opinions import consensus
from workshop.domain.opinions.standing import LEAST, Answers, Found, counts, group_of
from workshop.domain.shapes import Json

SHARED, APART, TYPICAL = 5, 5, 3  # statements that are told of
MOST = 100_000  # people, and how far a group stands from the middle
Some = Annotated[int, Field(ge=0, le=MOST)]
Card = Annotated[str, Field(max_length=40)]
Held = tuple[Card, Literal[0, 1]]  # a statement, and whether it is agreed with (0) or disagreed with (1)


class Shape(BaseModel):
    """Shapes part of what is told, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Group(Shape):
    """Shapes a group: its letter, how many people are in it, where it stands."""

    letter: str = Field(pattern="^[A-J]$")
    n: Some = Field(ge=1)
    x: float = Field(ge=-MOST, le=MOST)
    y: float = Field(ge=-MOST, le=MOST)


class Told(Shape):
    """Shapes what is told of the groups of a vote."""

    model_config = ConfigDict(extra="forbid", strict=False)
    people: Some
    few: Some
    groups: list[Group] = Field(min_length=2, max_length=10)
    shared: list[Held] = Field(max_length=SHARED)
    apart: list[Card] = Field(max_length=APART)
    typical: list[Annotated[list[Held], Field(max_length=TYPICAL)]]
    counts: dict[Card, list[tuple[Some, Some, Some]]] = Field(max_length=100)

    @model_validator(mode="after")
    def _fits(self) -> "Told":
        """Holds that each group is told of, and each statement with its numbers."""
        k = len(self.groups)
        named = {*self.apart, *(card for each in (self.shared, *self.typical) for card, _way in each)}
        if len(self.typical) != k or not named <= self.counts.keys() or any(len(each) != k for each in self.counts.values()):
            raise ValueError("groups")
        return self


def told(found: Found, rows: Sequence[Answers], least: int = LEAST) -> Json:
    """Returns what `Told` shapes. `people`: in groups; `few`: who have answered too little for that; `shared`: what most of
    every group hold; `apart`: what separates groups; `typical`: what each holds more than the others; `counts`: how many of
    each group agree, disagree and pass. Nothing is said of a statement that fewer than `least` of a group have seen."""
    inside = [(group_of(found, row), row) for row in rows if counts(found, row)]
    k = len(found.letters)
    sizes = [sum(group == n for group, _row in inside) for n in range(k)]
    of = {card: each for card, each in consensus.counted(inside, k).items()
          if card in found.at and all(sum(count) >= least for count in each)}
    shared, apart = consensus.shared(of)[:SHARED], consensus.separating(of)[:APART]
    typical = [consensus.typical(of, n)[:TYPICAL] for n in range(k)]
    named = {card for card, _way in (*shared, *(one for each in typical for one in each))} | {*apart}
    return {"people": len(inside), "few": sum(bool(row) for row in rows) - len(inside),
            "groups": [{"letter": letter, "n": n, "x": round(x, 2), "y": round(y, 2)} for letter, n, (x, y) in zip(
                found.letters, sizes, found.centres, strict=True)],
            "shared": [list(one) for one in shared], "apart": apart,
            "typical": [[list(one) for one in each] for each in typical],
            "counts": {card: [list(count) for count in of[card]] for card in sorted(named)}}
