"""Defines the vote criteria: a mark for each of several criteria, which have weights, of each card or of a few named things.
"""
from workshop.activities.criteria import report, rules
from workshop.activities.criteria.words import WORDS
from workshop.activities.shares import THINGS
from workshop.domain.kinds import Criteria, Example, Kind, Mark, Number
from workshop.words import N_

CRITERIA = Criteria(1, 8, 100, {
    "utilidad": ("Utilidad", "Utilité", "Usefulness"),
    "factible": ("Que se puede hacer", "Faisabilité", "Feasibility"),
    "urgencia": ("Urgencia", "Urgence", "Urgency")})
KIND = Kind(
    name="criteria",
    title=N_("Marks by criteria"),
    ballot="`{idea or key of one of settings.options: {key of one of settings.criteria: whole number from settings.from to "
           "settings.to}}`",
    tally="`items: {idea or key: {marks: {criterion: {n, sum}}, seats, delegations, score?, order?, num?, den?}}`; `order`: "
          "the higher, the sooner; `num` and `den`: the weighted mean as a fraction",
    numbers=(Number("from", N_("Lowest number"), N_("from {n}"), 1, 0, 10),
             Number("to", N_("Highest number"), N_("to {n}"), 5, 1, 10)),
    consistent=lambda numbers: "to" if numbers["from"] >= numbers["to"] else "",
    options=THINGS,
    criteria=CRITERIA,
    mark=Mark(("▤",), ((0,), (), (0,), (0,)), all=True, tones=(5,)),
    words=WORDS,
    settings={"source": None, "from": 1, "to": 5, "reveal": "live", "criteria": CRITERIA.settings()},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    settle=rules.settle,
    typed=rules.typed,
    sample={"ballot.cast": {"choices": {"*": {"utilidad": 4, "factible": 4, "urgencia": 4}}}},
    example=Example(
        ballots=(({"a": {"utilidad": 5, "factible": 4, "urgencia": 3}, "b": {"utilidad": 2}}, "sur"),
                 ({"a": {"utilidad": 4, "factible": 4, "urgencia": 4}}, None)),
        tally={"items": {
            "a": {"marks": {"utilidad": {"n": 2, "sum": 9}, "factible": {"n": 2, "sum": 8}, "urgencia": {"n": 2, "sum": 7}},
                  "seats": 2, "delegations": 1},
            "b": {"marks": {"utilidad": {"n": 1, "sum": 2}}, "seats": 1, "delegations": 1}}},
        rows=(("a", (4.0, 4.5, 4.0, 3.5, 2, 1)), ("b", (None, 2.0, None, None, 1, 1))),
        refused=({"a": 4}, {"a": {"utilidad": 6}}, {"a": {"utilidad": True}}, {"a": {"otro": 3}}, {"z": {"utilidad": 3}},
                 {"a": {"utilidad": 2.5}}, {"a": [4]}, {"a": {"utilidad": {"n": 1}}})),
)
