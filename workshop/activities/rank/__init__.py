"""Defines the vote rank: named options, or the cards of a board, in the order of one's preference.

While people vote the first choices are told. Once it is over every rule is counted (workshop/domain/elections); the one that
was chosen before decides, and so does what is done with a tie.
"""
import secrets

from workshop.activities.rank import complete, report, rules
from workshop.activities.rank.words import RULES, TIES, WORDS
from workshop.domain.elections.decided import OF_ONE
from workshop.domain.kinds import Example, Kind, Mark, Number, Options, Pick
from workshop.words import N_

KIND = Kind(
    name="rank",
    title=N_("Ranking"),
    ballot="`{key of one of settings.options, or idea: its place, 1 the first}`; not everything must be ranked, nothing "
           "shares a place, and places are numbered from 1 without a gap",
    tally="`items: {key or idea: {first, ranked, place?, n?}}` (how many put it first, how many ranked it; once the vote "
          "is over its place and what the deciding rule counted of it), `won?: {rule, in, tied, left, drawn, seed, …}`"
          ", or `counting` while that is being counted",
    numbers=(Number("places", N_("Places to fill"), N_("{n} to be chosen"), 1, 1, 20),),
    picks=(Pick("rule", N_("What decides"), RULES),
           Pick("tie", N_("If the first are level"), TIES)),
    options=Options(0, 40, instead=True),
    mark=Mark(("①", "②", "③"), ((0,), (2,), (1,), ())),
    consistent=lambda given: "places" if given.get("places", 1) > 1 and given.get("rule", "runoff") in OF_ONE else "",
    words=WORDS,
    settings={"source": None, "options": [], "places": 1, "rule": "runoff", "tie": "lot", "reveal": "live"},
    begins=lambda settings: {"seed": secrets.token_hex(4)},
    complete=complete.complete,
    unsent=frozenset({"count"}),
    pressed=rules.pressed,
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": 1}}},
    example=Example(
        ballots=(({"a": 1, "b": 2}, "sur"), ({"a": 1}, "norte"), ({"b": 1, "a": 2}, None)),
        tally={"items": {"a": {"first": 2, "ranked": 3}, "b": {"first": 1, "ranked": 2}}},
        rows=(("a", (2, 3)), ("b", (1, 2))),
        refused=({"a": 0}, {"a": 1, "b": 1}, {"z": 1}, {"a": True}, {"a": "1"}, {"a": 1001})),
)
