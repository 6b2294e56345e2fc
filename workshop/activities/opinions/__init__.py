"""Opinions: agree, disagree or pass on each card."""
from workshop.activities.opinions import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="opinions",
    settings={"source": None, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
