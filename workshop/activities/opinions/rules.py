"""Checks and counts the ballots of opinions: 1 agree, -1 disagree, 0 pass."""
from collections.abc import Collection

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

WORDS = {1: "agree", -1: "disagree", 0: "pass"}


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: 1, -1 or 0}, or Refusal `bad_choice`, `no_such_card`."""
    for card, opinion in choices.items():
        if type(opinion) is not int or opinion not in WORDS:
            raise Refusal("bad_choice")
        if card not in cards:
            raise Refusal("no_such_card")
    return dict(choices)


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {card: {agree, disagree, pass}}} of (choices, delegation id) pairs."""
    items: dict[str, Json] = {}
    for choices, _delegation in ballots:
        for card, opinion in choices.items():
            item = items.setdefault(card, {"agree": 0, "disagree": 0, "pass": 0})
            item[WORDS[opinion]] += 1
    return {"items": items}
