"""Defines the vote choice: one of the options, or, where there are none, one card of the board."""
from workshop.activities.choice import report, rules
from workshop.activities.choice.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Options
from workshop.words import N_

KIND = Kind(
    name="choice",
    title=N_("Choice"),
    ballot="`{key of one of settings.options: 1}`, or `{idea: 1}` where there are no options; one only",
    tally="`items: {key or idea: {seats, delegations}}`",
    options=Options(0, 20, instead=True),
    mark=Mark(("◉",), ((), (0,), (), ()), all=True),
    words=WORDS,
    settings={"source": None, "options": [], "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    hands=report.hands,
    sample={"ballot.cast": {"choices": {"*": 1}}},
    example=Example(
        ballots=(({"a": 1}, "sur"), ({"a": 1}, "norte"), ({"b": 1}, None)),
        tally={"items": {"a": {"seats": 2, "delegations": 2}, "b": {"seats": 1, "delegations": 0}}},
        rows=(("a", (2, 2)), ("b", (1, 0))), refused=({"a": 2}, {"a": 1, "b": 1}, {"z": 1})),
)
