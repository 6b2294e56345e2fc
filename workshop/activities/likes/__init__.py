"""Defines the vote likes: each seat gives away a few hearts."""
from dataclasses import replace

from workshop.activities.likes import report, rules
from workshop.activities.likes.words import WORDS
from workshop.activities.shares import BUDGET, PER_CARD, THINGS, fits
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="likes",
    title=N_("Hearts"),
    ballot="`{idea: hearts}`, at most `budget` in all and `per_item` on one",
    tally="`items: {idea: {hearts, seats, delegations}}`",
    numbers=(replace(BUDGET, usual=3, shareable=False), PER_CARD),
    consistent=fits,
    options=THINGS,
    mark=Mark(("♥",) * 2, ((0,), (0, 1), (), (0,))),
    words=WORDS,
    settings={"source": None, "budget": 3, "per_item": 1, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    shares=lambda settings: min(settings["per_item"], settings["budget"]),
    sample={"ballot.cast": {"choices": {"*": 1}}},
    example=Example(
        ballots=(({"a": 1, "b": 1}, "sur"), ({"a": 1}, None)),
        tally={"items": {"a": {"hearts": 2, "seats": 2, "delegations": 1},
                         "b": {"hearts": 1, "seats": 1, "delegations": 1}}},
        rows=(("a", (2, 2, 1)), ("b", (1, 1, 1))), refused=({"a": 2}, {"a": 1, "b": 1, "c": 1, "d": 1}, {"z": 1})),
)
