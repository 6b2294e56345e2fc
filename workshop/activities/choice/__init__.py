"""Defines the vote choice: one or several of the options, or, where there are none, of the cards of the board.

With the setting `own` people may answer in their own words, which are counted by what was written.
"""
from workshop.activities.choice import report, rules
from workshop.activities.choice.words import WORDS
from workshop.activities.shares import THINGS
from workshop.domain.kinds import Example, Kind, Mark, Number, Switch
from workshop.words import N_

KIND = Kind(
    name="choice",
    title=N_("Choice"),
    ballot="`{key of one of settings.options: 1}`, or `{idea: 1}` where there are no options; at most `settings.most` (1 "
           'unless said); with `settings.own` `{"+": text}` in one\'s own words',
    tally="`items: {key or idea: {seats, delegations}}, others?: {own words: {seats, delegations}}`",
    numbers=(Number("most", N_("Answers that each person may choose"), N_("up to {n} each"), None, 1, 20, needed=False),),
    options=THINGS,
    switches=(Switch("own", N_("Another answer, in one's own words"), N_("or another answer in one's own words")),),
    mark=Mark(("◉",), ((), (0,), (), ()), all=True),
    words=WORDS,
    settings={"source": None, "options": [], "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    typed=lambda said, typed: next(iter(typed), ""),
    hands=report.hands,
    sample={"ballot.cast": {"choices": {"*": 1}}},
    example=Example(
        ballots=(({"a": 1}, "sur"), ({"a": 1}, "norte"), ({"b": 1}, None)),
        tally={"items": {"a": {"seats": 2, "delegations": 2}, "b": {"seats": 1, "delegations": 0}}},
        rows=(("a", (2, 2)), ("b", (1, 0))),
        refused=({"a": 2}, {"a": 1, "b": 1}, {"z": 1}, {"a": True}, {"+": "otra"}, {"+": 1})),
)
