"""Shares the rules of votes in which a seat has a number of things to give away."""
from collections import Counter
from collections.abc import Collection

from workshop.domain.errors import Refusal
from workshop.domain.kinds import Number, Options
from workshop.domain.shapes import Ballots, Choices, Json
from workshop.words import N_

BUDGET = Number("budget", N_("Votes to give"), N_("{n} in all"), 5, 1, 100, shareable=True)
PER_CARD = Number("per_card", N_("Maximum on one card"), N_("at most {n} on a card"), None, 1, 100, "per_item", needed=False)

THINGS = Options(0, 60, instead=True)  # that are named, in place of the cards


def fits(numbers: dict[str, int]) -> str:
    """Refuses with `per_card` where it is more than there is to give."""
    return "per_card" if numbers.get("per_card", 0) > numbers.get("budget", 0) else ""


def shared_out(choices: Choices, cards: Collection[str]) -> dict[str, int]:
    """Returns the ballot {card id: n > 0}, or Refusal `bad_choice`, `no_such_card`."""
    ballot = {}
    for card, given in choices.items():
        if isinstance(given, bool) or not isinstance(given, int) or given < 0:
            raise Refusal("bad_choice")
        if given:
            if card not in cards:
                raise Refusal("no_such_card")
            ballot[card] = given
    return ballot


def counted(ballots: Ballots[int]) -> Json:
    """Returns {items: {card: {points, seats, delegations}}} of (choices, delegation id) pairs."""
    points: Counter[str] = Counter()
    seats: Counter[str] = Counter()
    delegations: dict[str, set[str | None]] = {}
    for choices, delegation in ballots:
        for card, given in choices.items():
            points[card] += given
            seats[card] += 1
            delegations.setdefault(card, set()).add(delegation)
    return {"items": {card: {"points": points[card], "seats": seats[card], "delegations": len(delegations[card] - {None})}
                      for card in points}}
