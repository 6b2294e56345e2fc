"""Checks and counts the ballots of dots."""
from collections import Counter
from collections.abc import Collection

from workshop.activities.shares import counted, shared_out
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: points > 0}, or Refusal `bad_choice`, `no_such_card`, `over_item`, `over_budget`."""
    ballot = shared_out(choices, cards)
    if any(points > settings["per_item"] for points in ballot.values()):
        raise Refusal("over_item", limit=settings["per_item"])
    if sum(ballot.values()) > settings["budget"]:
        raise Refusal("over_budget", limit=settings["budget"], asked=sum(ballot.values()))
    return ballot


def shared(settings: Settings) -> bool:
    """Tells whether the budget is a delegation's. A seat without a delegation has one of its own."""
    return settings.get("budget_of") == "delegation"


def check_shared(settings: Settings, ballot: Json, before: Json, others: list[Json], per_item: bool) -> int:
    """Adds up what a delegation has spent with this ballot, which replaces `before`; `others` are the ballots of its other
    seats.

    Refusals `over_shared` (with how many are `left`) and, where `per_item`, `over_shared_item`.
    """
    given = sum((Counter(other) for other in others), Counter())
    spent = given.total() + sum(ballot.values())
    if spent > settings["budget"]:
        left = settings["budget"] - given.total() - sum(before.values())
        raise Refusal("over_shared", limit=settings["budget"], left=max(left, 0))
    if per_item and any(points + given[card] > settings["per_item"] for card, points in ballot.items()):
        raise Refusal("over_shared_item", limit=settings["per_item"])
    return spent


def summarise(ballots: Ballots[int]) -> Json:
    """Returns {items: {card: {points, seats, delegations}}} of (choices, delegation id) pairs."""
    return counted(ballots)
