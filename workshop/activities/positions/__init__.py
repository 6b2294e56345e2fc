"""Defines the vote positions: where each card stands between the ends of two axes, as each seat sees it."""
from workshop.activities.positions import report, rules
from workshop.activities.positions.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark
from workshop.words import N_

KIND = Kind(
    name="positions",
    title=N_("Places between two axes"),
    ballot="`{idea: [x, y]}`, whole numbers 0 to 100 on `settings.axes`",
    tally="`items: {idea: {x, y, spread, n, delegations}}`",
    chosen=False,
    mark=Mark(("↗", "↖", "↘", "↙"), ((0,), (1,), (2,), (3,))),
    words=WORDS,
    settings={"source": None, "reveal": "live", "axes": {
        "x": {"key": "esfuerzo", "title": {"es": "Esfuerzo", "fr": "Effort", "en": "Effort"}},
        "y": {"key": "alcance", "title": {"es": "Alcance", "fr": "Portée", "en": "Reach"}}}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": [30, 72]}}},
    example=Example(
        ballots=(({"a": [30, 70], "b": [0, 100]}, "sur"), ({"a": [50, 70]}, "norte")),
        tally={"items": {"a": {"x": 40.0, "y": 70.0, "spread": 10.0, "n": 2, "delegations": 2},
                         "b": {"x": 0.0, "y": 100.0, "spread": 0.0, "n": 1, "delegations": 1}}},
        rows=(("a", (40.0, 70.0, 10.0, 2)), ("b", (0.0, 100.0, 0.0, 1))),
        refused=({"a": [30]}, {"a": [30, 101]}, {"a": [-1, 0]}, {"a": 30}, {"z": [1, 1]})),
)
