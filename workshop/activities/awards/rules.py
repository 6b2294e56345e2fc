"""Checks and counts the ballots of awards: to each thing one of the values n to 1, each at most once, with a reason."""
from collections.abc import Collection
from itertools import pairwise
from typing import Any

from workshop.activities.same_words import clean
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

LONGEST = 200  # characters of a reason
REASONS = 60  # that a tally holds: it travels to every phone


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id or key of an option: {points, why?}}, or Refusal `bad_choice`, `no_such_card`,
    `points_twice`, `too_long`."""
    kept: Json = {}
    for key, one in choices.items():
        if not isinstance(one, dict) or one.keys() - {"points", "why"} or type(one.get("points")) is not int \
                or not 1 <= one["points"] <= settings["values"]:
            raise Refusal("bad_choice")
        if key not in cards:
            raise Refusal("no_such_card")
        kept[key] = {"points": one["points"]} | ({"why": clean(one["why"], LONGEST)} if "why" in one else {})
    given = sorted(one["points"] for one in kept.values())
    for one, other in pairwise(given):
        if one == other:
            raise Refusal("points_twice", points=one)
    return kept


def typed(points: str, said: list[str]) -> Json:
    """Returns the choice of a form without script: the points, and the reason that was typed beside them."""
    why = said[0] if said else ""
    return {"points": int(points) if points.isdecimal() and len(points) < 3 else 0} | ({"why": why} if why else {})


def pressed(ballot: Choices, key: str, said: str, beside: list[str]) -> Choices:
    """Returns the ballot after a button without script: '=5' gives 5 points, and what had the same points before has none
    any more; '' takes back."""
    rest = {other: one for other, one in ballot.items() if other != key}
    if not said:
        return rest
    given = typed(said.removeprefix("="), beside)
    return {other: one for other, one in rest.items() if one.get("points") != given["points"]} | {key: given}


def summarise(ballots: Ballots[Any]) -> Json:
    """Returns {items: {card: {points, seats, delegations, reasons?: {points: {why: how many}}}}} of (choices, delegation id)
    pairs; of the reasons those of the most points, in the order of the alphabet."""
    items: dict[str, Json] = {}
    of: dict[str, set[str | None]] = {}
    said: dict[tuple[int, str, str], int] = {}
    for choices, delegation in ballots:
        for key, one in choices.items():
            item = items.setdefault(key, {"points": 0, "seats": 0, "delegations": 0})
            item["points"] += one["points"]
            item["seats"] += 1
            of.setdefault(key, set()).add(delegation)
            if why := one.get("why"):
                said[-one["points"], why, key] = said.get((-one["points"], why, key), 0) + 1
    for key, item in items.items():
        item["delegations"] = len(of[key] - {None})
    for points, why, key in sorted(said)[:REASONS]:
        items[key].setdefault("reasons", {}).setdefault(str(-points), {})[why] = said[points, why, key]
    return {"items": items}
