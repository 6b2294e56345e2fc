"""Likes: each seat gives away a few hearts."""
from workshop.activities.likes import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="likes",
    settings={"source": None, "budget": 3, "per_item": 1, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
