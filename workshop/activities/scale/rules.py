"""Checks and counts the ballots of a scale. An answer that is about no card stands under ROOM."""
from collections import Counter
from collections.abc import Collection, Sequence
from statistics import fmean, median

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

ROOM = "room"
Given = Sequence[tuple[int, str | None]]  # marks, with the delegation of whoever gave them


def of_room(settings: Settings) -> bool:
    """Tells whether it is one question for the room."""
    return not settings.get("options") and settings.get("per", ROOM) == ROOM


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {ROOM, a card or the key of an option: a whole number of settings `from`..`to`}, {} for no answer,
    or Refusal `bad_choice`, `no_such_card`."""
    keys = {ROOM} if of_room(settings) else {option["key"] for option in settings.get("options") or ()} or cards
    for key, mark in choices.items():
        if type(mark) is not int or not settings["from"] <= mark <= settings["to"]:
            raise Refusal("bad_choice")
        if key not in keys:
            raise Refusal("bad_choice" if of_room(settings) else "no_such_card")
    return dict(choices)


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {n, mean, median, spread, histogram: {mark: people}, delegations} of what was given to the room, of (choices,
    delegation id) pairs, and {items: {card: {seats, mean …}}} of what was given to cards.

    `spread` is the mean distance from the mean; it, mean and median are null while nobody has answered.
    """
    given: dict[str, list[tuple[int, str | None]]] = {ROOM: []}
    for choices, delegation in ballots:
        for key, mark in choices.items():
            given.setdefault(key, []).append((mark, delegation))
    room = given.pop(ROOM)
    items = {key: {"seats": len(of)} | figures(of) for key, of in given.items()}
    return {"n": len(room)} | figures(room) | ({"items": items} if items else {})


def figures(given: Given) -> Json:
    """Returns {mean, median, spread, histogram, delegations}."""
    marks = [mark for mark, _delegation in given]
    told: dict[str, float | None] = {"mean": None, "median": None, "spread": None}
    if marks:
        mean = fmean(marks)
        told = {"mean": round(mean, 2), "median": median(marks), "spread": round(fmean(abs(one - mean) for one in marks), 2)}
    return told | {"histogram": {str(mark): n for mark, n in sorted(Counter(marks).items())},
                   "delegations": len({delegation for _mark, delegation in given} - {None})}
