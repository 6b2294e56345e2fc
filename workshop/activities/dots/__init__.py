"""Dots: each seat shares out a few points among the cards of a board."""
from workshop.activities.dots import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="dots",
    settings={"source": None, "budget": 5, "per_item": 3, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 2}}},
)
