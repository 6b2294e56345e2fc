"""Defines the vote scale: a mark for one question of the room, for each card, or for each of a few named things.

The marks are whole numbers; with the setting `marks` they have words: one for each, or two for the ends.
"""
from workshop.activities.scale import report, rules
from workshop.activities.scale.words import WORDS
from workshop.activities.shares import THINGS
from workshop.domain.kinds import Example, Kind, Mark, Marks, Number
from workshop.words import N_

KIND = Kind(
    name="scale",
    title=N_("Scale"),
    ballot='`{"room": whole number from settings.from to settings.to}`; with `settings.per` = `card` or `group` '
           "`{idea: number}`, with `settings.options` `{key: number}`",
    tally="`n, mean, median, spread` (mean distance from the mean)`, histogram: {number: people}, delegations`, and "
          "`items: {idea or key: {seats, mean, median, spread, histogram, delegations}}`",
    numbers=(Number("from", N_("Lowest number"), N_("from {n}"), 1, 0, 10),
             Number("to", N_("Highest number"), N_("to {n}"), 5, 1, 10)),
    consistent=lambda numbers: "to" if numbers["from"] >= numbers["to"] else "",
    options=THINGS,
    marks=Marks(N_("Words of the marks: two for the ends, or one for each"),
                lambda numbers: (2, numbers["to"] - numbers["from"] + 1)),
    stands=frozenset({"room", "card", "group"}),
    mark=Mark(("1", "2", "3", "4", "5"), ((3,),), all=True),
    words=WORDS,
    settings={"source": None, "from": 1, "to": 5, "reveal": "live", "title": {
        "es": "Qué tan de acuerdo estamos", "fr": "À quel point nous sommes d'accord", "en": "How far we agree"}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    hands=report.hands,
    sample={"ballot.cast": {"choices": {"room": 4}}},
    example=Example(
        ballots=(({"room": 5}, "sur"), ({"room": 2}, "sur"), ({"room": 2}, None)),
        tally={"n": 3, "mean": 3.0, "median": 2, "spread": 1.33, "histogram": {"2": 2, "5": 1}, "delegations": 1},
        rows=(("1", (0,)), ("2", (2,)), ("3", (0,)), ("4", (0,)), ("5", (1,))),
        refused=({"room": 0}, {"room": 6}, {"room": 2.5}, {"room": True}, {"a": 3})),
)
