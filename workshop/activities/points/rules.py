"""The arithmetic of points."""
from workshop.activities.budget import counted, shared_out
from workshop.domain.errors import Refusal


def check(settings: dict, choices: dict, cards) -> dict:
    """The ballot {card id: points > 0}, or Refusal `bad_choice`, `no_such_card`, `over_budget`."""
    ballot = shared_out(choices, cards)
    if sum(ballot.values()) > settings["budget"]:
        raise Refusal("over_budget", limit=settings["budget"], asked=sum(ballot.values()))
    return ballot


def summarise(ballots) -> dict:
    """{items: {card: {points, seats, delegations}}} of (choices, delegation id) pairs."""
    return counted(ballots)
