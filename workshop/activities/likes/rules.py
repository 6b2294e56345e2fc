"""Checks and counts the ballots of hearts."""

from collections.abc import Collection

from workshop.activities.shares import counted
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: hearts > 0}, or Refusal `bad_choice`, `no_such_card`, `over_hearts_card`, `over_hearts`.
    """
    ballot = {}
    for card, hearts in choices.items():
        if isinstance(hearts, bool) or not isinstance(hearts, int) or hearts < 0:
            raise Refusal("bad_choice")
        if hearts:
            if card not in cards:
                raise Refusal("no_such_card")
            ballot[card] = hearts
    if any(hearts > settings["per_item"] for hearts in ballot.values()):
        raise Refusal("over_hearts_card", limit=settings["per_item"])
    if sum(ballot.values()) > settings["budget"]:
        raise Refusal("over_hearts", limit=settings["budget"], asked=sum(ballot.values()))
    return ballot


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {card: {hearts, seats, delegations}}} of (choices, delegation id) pairs."""
    return {"items": {card: {"hearts": one.pop("points"), **one} for card, one in counted(ballots)["items"].items()}}
