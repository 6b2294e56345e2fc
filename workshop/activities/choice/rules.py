"""Checks and counts the ballots of a choice."""
from collections.abc import Collection

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {key of an option, or card id: 1}, {} for none, or Refusal `bad_choice`, `no_such_card`."""
    options = [option["key"] for option in settings["options"]]
    if len(choices) > 1 or any(type(one) is not int or one != 1 for one in choices.values()):
        raise Refusal("bad_choice")
    if not choices.keys() <= set(options or cards):
        raise Refusal("bad_choice" if options else "no_such_card")
    return dict(choices)


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {option or card: {seats, delegations}}} of (choices, delegation id) pairs."""
    chosen: dict[str, list[str | None]] = {}
    for choices, delegation in ballots:
        for key in choices:
            chosen.setdefault(key, []).append(delegation)
    return {"items": {key: {"seats": len(of), "delegations": len(set(of) - {None})} for key, of in chosen.items()}}
