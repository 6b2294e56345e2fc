"""Opinions: agree, disagree or pass on each card."""
from workshop.activities.opinions import report, rules
from workshop.activities.opinions.words import WORDS
from workshop.domain.kinds import Kind
from workshop.words import N_

KIND = Kind(
    name="opinions",
    title=N_("Agree, disagree, pass"),
    ballot="`{idea: 1 agree, -1 disagree, 0 pass}`",
    tally="`items: {idea: {agree, disagree, pass}}`",
    words=WORDS,
    settings={"source": None, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
