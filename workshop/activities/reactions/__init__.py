"""Defines reactions: signs with a word that a seat puts on cards, for people who write little. They decide nothing."""
from workshop.activities.reactions import report, rules
from workshop.activities.reactions.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="reactions",
    title=N_("Reactions"),
    ballot="`{idea: [like, key, same, unclear, worry]}`, those that one chose; open in every step",
    tally="`items: {idea: {counts: {sign: people}, seats, delegations}}`",
    mark=Mark(("♥", "★", "✓", "?", "!"), ((0, 2), (1,), (3,), (0,))),
    words=WORDS,
    settings={"source": None, "reveal": "live", "always": True},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    right="react",
    sample={"ballot.cast": {"choices": {"*": ["like", "same"]}}},
    example=Example(
        ballots=(({"a": ["like", "same"]}, "sur"), ({"a": ["like"], "b": ["worry"]}, None)),
        tally={"items": {"a": {"counts": {"like": 2, "same": 1}, "seats": 2, "delegations": 1},
                         "b": {"counts": {"worry": 1}, "seats": 1, "delegations": 0}}},
        rows=(("a", (2, 0, 1, 0, 0)), ("b", (0, 0, 0, 0, 1))), refused=({"a": ["love"]}, {"a": "love"}, {"z": ["like"]})),
)
