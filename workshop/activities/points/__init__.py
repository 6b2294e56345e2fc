"""Defines the vote points: each seat shares out a hundred points among the cards of a board, as many on one as it likes."""
from dataclasses import replace

from workshop.activities.points import report, rules
from workshop.activities.points.words import WORDS
from workshop.activities.shares import BUDGET, THINGS
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="points",
    title=N_("Share out points"),
    ballot="`{idea: points}`, at most `settings.budget` in all",
    tally="`items: {idea: {points, seats, delegations}}`",
    numbers=(replace(BUDGET, label=N_("Points to share out"), usual=100, least=2, most=1000, shareable=False),),
    options=replace(THINGS, most=60),
    mark=Mark(("60", "25", "15"), ((0,), (), (1,), (2,))),
    words=WORDS,
    settings={"source": None, "budget": 100, "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    shares=lambda settings: settings["budget"],
    sample={"ballot.cast": {"choices": {"*": 40}}},
    example=Example(
        ballots=(({"a": 60, "b": 40}, "sur"), ({"b": 100}, "norte"), ({"b": 1}, "norte")),
        tally={"items": {"a": {"points": 60, "seats": 1, "delegations": 1},
                         "b": {"points": 141, "seats": 3, "delegations": 2}}},
        rows=(("b", (141, 3, 2)), ("a", (60, 1, 1))), refused=({"a": 101}, {"a": 60, "b": 41}, {"a": -1}, {"z": 1})),
)
