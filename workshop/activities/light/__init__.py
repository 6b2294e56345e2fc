"""Defines the vote traffic light: keep, adjust or stop, for each card. Drawn with colour, shape and word.

With the setting `per`: "row" it stands on each row of a matrix instead.
"""
from workshop.activities.light import report, rules
from workshop.activities.light.words import WORDS
from workshop.activities.options import hands
from workshop.domain.kinds import Example, Kind, Mark, Options
from workshop.words import N_

OPTIONS = Options(3, 3, {
    "seguir": ("Seguir", "Continuer", "Keep"),
    "ajustar": ("Ajustar", "Ajuster", "Adjust"),
    "dejar": ("Dejar", "Arrêter", "Stop")})
KIND = Kind(
    name="light",
    title=N_("Traffic light"),
    ballot="`{idea: key of one of settings.options}`; with `settings.per` = `row`: `{row: …}`",
    tally="`items: {idea or row: {counts: {key: people}, seats, delegations}}`",
    options=OPTIONS,
    stands=frozenset({"card", "group", "row"}),
    mark=Mark(("●", "▲", "■"), ((0,), (1,), (2,), (0,)), all=True, tones=(2, 6, 0)),
    words=WORDS,
    settings={"source": None, "reveal": "live", "options": OPTIONS.settings()},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    hands=hands,
    sample={"ballot.cast": {"choices": {"*": "ajustar"}}},
    example=Example(
        ballots=(({"a": "seguir"}, "sur"), ({"a": "dejar", "b": "ajustar"}, None)),
        tally={"items": {"a": {"counts": {"seguir": 1, "dejar": 1}, "seats": 2, "delegations": 1},
                         "b": {"counts": {"ajustar": 1}, "seats": 1, "delegations": 0}}},
        rows=(("a", (1, 0, 1, 1)), ("b", (0, 1, 0, 0))), refused=({"a": "rojo"}, {"a": 1}, {"z": "seguir"})),
)
