"""Defines the vote opinions: agree, disagree or pass on each card."""
from workshop.activities.opinions import report, rules
from workshop.activities.opinions.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="opinions",
    title=N_("Agree, disagree, pass"),
    ballot="`{idea: 1 agree, -1 disagree, 0 pass}`",
    tally="`items: {idea: {agree, disagree, pass}}`",
    mark=Mark(("✓", "✕", "–"), ((0,), (1,), (0,), (2,)), all=True, tones=(2, 0, 5)),
    words=WORDS,
    settings={"source": None, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    hands=report.hands,
    alike=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
    example=Example(
        ballots=(({"a": 1, "b": 0}, "sur"), ({"a": -1}, None), ({"a": 1}, "sur")),
        tally={"items": {"a": {"agree": 2, "disagree": 1, "pass": 0}, "b": {"agree": 0, "disagree": 0, "pass": 1}}},
        rows=(("a", (2, 1, 0)), ("b", (0, 0, 1))), refused=({"a": 2}, {"a": "si"}, {"a": True}, {"z": 1})),
)
