"""Checks the ballots of a ranking, and counts what is told of them while people vote."""
from collections.abc import Collection
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

LAST = 1000  # place that a ballot may name
UP, DOWN, OUT, NUMBERED = "up", "down", "out", "="


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {key of an option, or card id: its place}, numbered from 1 without a gap; {} for none. Refusals:
    `bad_choice` for what is no place, `same_place` for two on one, `no_such_card`."""
    if any(type(place) is not int or not 1 <= place <= LAST for place in choices.values()):
        raise Refusal("bad_choice")
    if len(set(choices.values())) < len(choices):
        raise Refusal("same_place")
    if not choices.keys() <= set(cards):
        raise Refusal("no_such_card")
    return numbered(sorted(choices, key=lambda key: choices[key]))


def numbered(order: Collection[str]) -> dict[str, int]:
    """Returns the ballot that has these in this order."""
    return {key: place for place, key in enumerate(order, 1)}


def summarise(ballots: Ballots[Any]) -> Json:
    """Returns {items: {option or card: {first, ranked}}} of (choices, delegation id) pairs: how many put it first, how many
    ranked it."""
    items: dict[str, dict[str, int]] = {}
    for choices, _delegation in ballots:
        for key, place in choices.items():
            one = items.setdefault(key, {"first": 0, "ranked": 0})
            one["ranked"] += 1
            one["first"] += place == 1
    return {"items": items}


def pressed(ballot: Choices, key: str, said: str, typed: list[str]) -> Choices:
    """Returns the ballot after a button of the page without script: UP, DOWN or OUT for an option, or put at the end; after
    NUMBERED and keys, in the order of the fields, the numbers that were typed: an empty one leaves it out."""
    order = sorted(ballot, key=lambda one: int(ballot[one]))
    if said.startswith(NUMBERED):
        given = zip(said.removeprefix(NUMBERED).split(","), typed, strict=False)
        return {one: int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else number
                for one, number in given if number}
    if key not in order:
        return numbered([*order, key]) if said not in ("", OUT) else ballot
    at = order.index(key)
    order.remove(key)
    if said in (UP, DOWN):
        order.insert(max(0, at + (1 if said == DOWN else -1)), key)
    return numbered(order)
