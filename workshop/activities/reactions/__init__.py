"""Reactions: signs with a word that a seat puts on cards, for who writes little.  They decide nothing."""
from workshop.activities.reactions import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="reactions",
    settings={"source": None, "reveal": "live", "always": True},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    right="react",
    sample={"ballot.cast": {"choices": {"*": ["like", "same"]}}},
)
