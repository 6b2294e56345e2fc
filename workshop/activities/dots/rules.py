"""The arithmetic of dots."""
from collections import Counter

from workshop.domain.errors import Refusal


def check(settings: dict, choices: dict, cards) -> dict:
    """The ballot {card id: points > 0}, or Refusal `bad_choice`, `no_such_card`, `over_item`, `over_budget`."""
    ballot = {}
    for card, points in choices.items():
        if isinstance(points, bool) or not isinstance(points, int) or points < 0:
            raise Refusal("bad_choice")
        if points:
            if card not in cards:
                raise Refusal("no_such_card")
            ballot[card] = points
    if any(points > settings["per_item"] for points in ballot.values()):
        raise Refusal("over_item", limit=settings["per_item"])
    if sum(ballot.values()) > settings["budget"]:
        raise Refusal("over_budget", limit=settings["budget"], asked=sum(ballot.values()))
    return ballot


def shared(settings: dict) -> bool:
    """Whether the budget is a delegation's.  A seat without a delegation has one of its own."""
    return settings.get("budget_of") == "delegation"


def check_shared(settings: dict, ballot: dict, before: dict, others: list[dict], per_item: bool) -> int:
    """What a delegation has spent with this ballot, which replaces `before`; `others` are the ballots of its other seats.

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


def summarise(ballots) -> dict:
    """{items: {card: {points, seats, delegations}}} of (choices, delegation id) pairs."""
    points, seats, delegations = Counter(), Counter(), {}
    for choices, delegation in ballots:
        for card, given in choices.items():
            points[card] += given
            seats[card] += 1
            delegations.setdefault(card, set()).add(delegation)
    return {"items": {card: {"points": points[card], "seats": seats[card], "delegations": len(delegations[card] - {None})}
                      for card in points}}
