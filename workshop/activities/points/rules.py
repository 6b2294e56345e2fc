"""Checks and counts the ballots of points."""
from collections.abc import Collection

from workshop.activities.shares import counted, shared_out
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: points > 0}, or Refusal `bad_choice`, `no_such_card`, `over_budget`."""
    ballot = shared_out(choices, cards)
    if sum(ballot.values()) > settings["budget"]:
        raise Refusal("over_budget", limit=settings["budget"], asked=sum(ballot.values()))
    return ballot


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {card: {points, seats, delegations}}} of (choices, delegation id) pairs."""
    return counted(ballots)
