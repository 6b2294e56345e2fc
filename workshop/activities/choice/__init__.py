"""Choice: one of the options, or, where there are none, one card of the board."""
from workshop.activities.choice import report, rules
from workshop.activities.choice.words import WORDS
from workshop.domain.kinds import Kind, Options
from workshop.words import N_

KIND = Kind(
    name="choice",
    title=N_("Choice"),
    ballot="`{key of one of settings.options: 1}`, or `{idea: 1}` where there are no options; one only",
    tally="`items: {key or idea: {seats, delegations}}`",
    options=Options(0, 20, instead=True),
    mark="one",
    words=WORDS,
    settings={"source": None, "options": [], "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
)
