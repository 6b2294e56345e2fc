"""Checks and counts the ballots of criteria: a mark for each criterion of each thing, as far as one gives it.

The order is exact: means and weighted means are fractions, and equals are equals.
"""
from collections.abc import Collection
from fractions import Fraction
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings, Tally

EXACT = 10**6  # a denominator up to this is told


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card or key of an option: {criterion: a whole number of settings `from`..`to`}}; what was given no
    mark is not in it. Refusals `bad_choice`, `no_such_card`."""
    things = {option["key"] for option in settings.get("options") or ()} or cards
    known = {criterion["key"] for criterion in settings["criteria"]}
    for thing, marks in choices.items():
        if not isinstance(marks, dict) or not marks or not marks.keys() <= known or not all(
                type(mark) is int and settings["from"] <= mark <= settings["to"] for mark in marks.values()):
            raise Refusal("bad_choice")
        if thing not in things:
            raise Refusal("no_such_card")
    return {thing: dict(marks) for thing, marks in choices.items()}


def typed(said: str, marks: list[str]) -> Any:
    """Returns the choice of a form without script: the marks that it had, and the one that was pressed, each with its
    criterion: 'key=4'."""
    found: Json = {}
    for one in (*marks, said):
        key, _sep, mark = one.rpartition("=")
        if mark:
            found[key] = int(mark) if mark.isdecimal() and len(mark) < 4 else mark
    return found


def summarise(ballots: Ballots[Json]) -> Json:
    """Returns {items: {thing: {marks: {criterion: {n, sum}}, seats, delegations}}} of (choices, delegation id) pairs."""
    items: dict[str, Json] = {}
    delegations: dict[str, set[str | None]] = {}
    for choices, delegation in ballots:
        for thing, marks in choices.items():
            item = items.setdefault(thing, {"marks": {}, "seats": 0})
            item["seats"] += 1
            delegations.setdefault(thing, set()).add(delegation)
            for criterion, mark in marks.items():
                of = item["marks"].setdefault(criterion, {"n": 0, "sum": 0})
                of["n"], of["sum"] = of["n"] + 1, of["sum"] + mark
    return {"items": {thing: item | {"delegations": len(delegations[thing] - {None})} for thing, item in items.items()}}


def means(settings: Settings, item: Json) -> list[Fraction | None]:
    """Returns the mean of each criterion over those who gave it a mark; None where nobody did."""
    given = item.get("marks") or {}
    return [Fraction(of["sum"], of["n"]) if (of := given.get(criterion["key"])) and of["n"] else None
            for criterion in settings["criteria"]]


def weighted(settings: Settings, item: Json) -> Fraction | None:
    """Returns the weighted mean of the means; None unless each criterion has one."""
    found, total = Fraction(0), 0
    for criterion, mean in zip(settings["criteria"], means(settings, item), strict=True):
        if mean is None:
            return None
        found, total = found + criterion["weight"] * mean, total + criterion["weight"]
    return found / total


def settle(settings: Settings, tally: Tally) -> Tally:
    """Returns the tally with, of each thing that has a weighted mean, {score: with four decimals, order: the higher, the
    sooner, equals alike, num?, den?: the exact fraction, where its figures are few}."""
    scores = {thing: score for thing, item in tally["items"].items() if (score := weighted(settings, item)) is not None}
    order = {score: n for n, score in enumerate(sorted(set(scores.values())), 1)}

    def told(score: Fraction) -> Json:
        exact = {"num": score.numerator, "den": score.denominator} if score.denominator <= EXACT else {}
        return {"score": round(float(score), 4), "order": order[score]} | exact
    return tally | {"items": {thing: item | (told(scores[thing]) if thing in scores else {})
                              for thing, item in tally["items"].items()}}
