"""Defines the vote awards: each gives the points n to 1, every value once, to what it chooses, with a reason for each."""
from workshop.activities.awards import report, rules
from workshop.activities.awards.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Number, Options
from workshop.words import N_

KIND = Kind(
    name="awards",
    title=N_("Award points, with reasons"),
    ballot="`{idea or key of one of settings.options: {points, why?}}`: each of the points `settings.values` to 1 at most "
           "once, `why` of at most 200 characters",
    tally="`items: {idea or key: {points, seats, delegations, reasons?: {points: {why: how many}}}}`, at most 60 reasons, "
          "those of the most points; where nobody is to know who is who, `reasons` go to staff alone",
    numbers=(Number("values", N_("Highest points: each value down to 1 is given once"), N_("{n} points to 1, each once"),
                    5, 2, 12),),
    options=Options(0, 60, instead=True),
    mark=Mark(("5", "4", "3"), ((0,), (2,), (), (1,)), tones=(0, 1, 2)),
    words=WORDS,
    settings={"source": None, "values": 5, "options": [], "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    values=lambda settings: tuple(range(settings["values"], 0, -1)),
    cell=report.in_table,
    asks_why=True,
    typed=rules.typed,
    pressed=rules.pressed,
    written="reasons",
    sample={"ballot.cast": {"choices": {"*": {"points": 5}}}},
    example=Example(
        ballots=(({"a": {"points": 5, "why": "water"}, "b": {"points": 4}}, "sur"), ({"b": {"points": 5}}, "norte"),
                 ({"a": {"points": 1, "why": "water"}}, None)),
        tally={"items": {"a": {"points": 6, "seats": 2, "delegations": 1, "reasons": {"5": {"water": 1}, "1": {"water": 1}}},
                         "b": {"points": 9, "seats": 2, "delegations": 2}}},
        rows=(("b", (9, 2, 2)), ("a", (6, 2, 1))),
        refused=({"a": {"points": 5}, "b": {"points": 5}}, {"a": {"points": 6}}, {"a": {"points": 0}}, {"a": 5},
                 {"a": {"points": True}}, {"z": {"points": 1}}, {"a": {"points": 1, "why": ""}}, {"a": {"why": "x"}},
                 {"a": {"points": 1, "why": "x" * 201}}, {"a": {"points": 1, "also": 1}})),
)
