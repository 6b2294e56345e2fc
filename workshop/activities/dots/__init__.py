"""Dots: each seat shares out a few points among the cards of a board.

With the setting `budget_of`: "delegation" the points are those of a delegation and not of each of its seats.
"""
from workshop.activities.dots import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="dots",
    settings={"source": None, "budget": 5, "per_item": 3, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    shared=rules.check_shared,
    sample={"ballot.cast": {"choices": {"*": 2}}},
)
