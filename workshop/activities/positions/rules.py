"""Checks and counts the ballots of positions: [x, y] from 0 to END on each axis."""
from collections.abc import Collection
from math import dist
from statistics import fmean

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

END = 100


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: [x, y]}, whole numbers 0..END, or Refusal `bad_choice`, `no_such_card`."""
    for card, place in choices.items():
        if not isinstance(place, list) or len(place) != 2 or not all(type(one) is int and 0 <= one <= END for one in place):
            raise Refusal("bad_choice")
        if card not in cards:
            raise Refusal("no_such_card")
    return dict(choices)


def summarise(ballots: Ballots[list[int]]) -> Json:
    """Returns {items: {card: {x, y, spread, n, delegations}}} of (choices, delegation id) pairs.

    x and y are means, `spread` the mean distance from them, `n` people.
    """
    places: dict[str, list[list[int]]] = {}
    delegations: dict[str, set[str | None]] = {}
    for choices, delegation in ballots:
        for card, place in choices.items():
            places.setdefault(card, []).append(place)
            delegations.setdefault(card, set()).add(delegation)
    return {"items": {card: _middle(those) | {"delegations": len(delegations[card] - {None})}
                      for card, those in places.items()}}


def _middle(places: list[list[int]]) -> Json:
    middle = [fmean(axis) for axis in zip(*places, strict=True)]
    spread = fmean(dist(place, middle) for place in places)
    return {"x": round(middle[0], 1), "y": round(middle[1], 1), "spread": round(spread, 1), "n": len(places)}
