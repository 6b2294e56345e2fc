"""Defines the vote dots: each seat shares out a few points among the cards of a board.

With the setting `budget_of`: "delegation" the points are those of a delegation and not of each of its seats.
"""
from workshop.activities.dots import report, rules
from workshop.activities.dots.words import WORDS
from workshop.activities.shares import BUDGET, PER_CARD, THINGS, fits
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="dots",
    title=N_("Dots"),
    ballot=(
        "`{idea: dots}`, at most `settings.budget` in all and `settings.per_item` on one; with "
        "`settings.budget_of` = `delegation` both hold for all seats of a delegation together (in an anonymous "
        "workshop `per_item` for each seat; a seat without a delegation has a budget of its own)"),
    tally="`items: {idea: {points, seats, delegations}}`",
    numbers=(BUDGET, PER_CARD),
    consistent=fits,
    options=THINGS,
    mark=Mark(("●",) * 3, ((0, 1), (), (0, 1, 2), (0,))),
    words=WORDS,
    settings={"source": None, "budget": 5, "per_item": 3, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    shares=lambda settings: min(settings.get("per_item") or settings["budget"], settings["budget"]),
    shared=rules.check_shared,
    sample={"ballot.cast": {"choices": {"*": 2}}},
    example=Example(
        ballots=(({"a": 3, "b": 1}, "sur"), ({"a": 2}, "norte"), ({"b": 1}, "sur")),
        tally={"items": {"a": {"points": 5, "seats": 2, "delegations": 2},
                         "b": {"points": 2, "seats": 2, "delegations": 1}}},
        rows=(("a", (5, 2, 2)), ("b", (2, 2, 1))), refused=({"a": 4}, {"a": 3, "b": 3}, {"a": -1}, {"a": 1.5}, {"z": 1})),
)
