"""Checks and counts reactions: which of the signs a seat has put on which card."""
from collections import Counter
from collections.abc import Collection

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

SIGNS = ("like", "key", "same", "unclear", "worry")


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {card id: [sign, …]} in the order of SIGNS, or Refusal `bad_choice`, `no_such_card`.

    A plain form says the signs as one text with '+' between.
    """
    ballot = {}
    for card, chosen in choices.items():
        signs = chosen.split("+") if isinstance(chosen, str) else chosen
        if not isinstance(signs, list) or not all(isinstance(sign, str) and sign in SIGNS for sign in signs):
            raise Refusal("bad_choice")
        if signs:
            if card not in cards:
                raise Refusal("no_such_card")
            ballot[card] = [sign for sign in SIGNS if sign in signs]
    return ballot


def summarise(ballots: Ballots[list[str]]) -> Json:
    """Returns {items: {card: {counts: {sign: people}, seats, delegations}}} of (choices, delegation id) pairs."""
    counts: dict[str, Counter[str]] = {}
    seats: Counter[str] = Counter()
    delegations: dict[str, set[str | None]] = {}
    for choices, delegation in ballots:
        for card, signs in choices.items():
            counts.setdefault(card, Counter()).update(signs)
            seats[card] += 1
            delegations.setdefault(card, set()).add(delegation)
    return {"items": {card: {"counts": dict(found), "seats": seats[card], "delegations": len(delegations[card] - {None})}
                      for card, found in counts.items()}}
