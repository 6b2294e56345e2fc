"""Checks and counts the ballots of a motion: for, against, or an abstention."""
from collections.abc import Collection
from typing import Any

from workshop.activities import options
from workshop.activities.motion.law import ANSWERS
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

MOTION = "motion"  # what the answer is about


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {MOTION: one of ANSWERS}, {} for no answer, or Refusal `bad_choice`."""
    if choices.keys() - {MOTION} or not all(isinstance(one, str) and one in ANSWERS for one in choices.values()):
        raise Refusal("bad_choice")
    return dict(choices)


def summarise(ballots: Ballots[Any]) -> Json:
    """Returns {items: {MOTION: {counts: {answer: votes}, delegations}}} of (choices, delegation id) pairs. How many people
    gave them is another number where some vote for others."""
    items = options.summarise(ballots)["items"]
    return {"items": {key: {name: of[name] for name in ("counts", "delegations")} for key, of in items.items()}}


def consistent(numbers: dict[str, int]) -> str:
    """Names the share where a quorum is given as a number too: one of the two is meant."""
    for call in ("", "_second"):
        if numbers.get(f"quorum{call}") and numbers.get(f"quorum_share{call}"):
            return f"quorum_share{call}"
    return ""
