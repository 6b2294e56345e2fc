"""Likes: each seat gives away a few hearts."""
from dataclasses import replace

from workshop.activities.budget import BUDGET, PER_CARD, fits
from workshop.activities.likes import report, rules
from workshop.activities.likes.words import WORDS
from workshop.domain.kinds import Kind
from workshop.words import N_

KIND = Kind(
    name="likes",
    title=N_("Hearts"),
    ballot="`{idea: hearts}`, at most `budget` in all and `per_item` on one",
    tally="`items: {idea: {hearts, seats, delegations}}`",
    numbers=(replace(BUDGET, usual=3, shareable=False), PER_CARD),
    consistent=fits,
    words=WORDS,
    settings={"source": None, "budget": 3, "per_item": 1, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
