"""Choice: one of the options, or, where there are none, one card of the board."""
from workshop.activities.choice import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="choice",
    settings={"source": None, "options": [], "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
