"""Positions: where each card stands between the ends of two axes, as each seat sees it."""
from workshop.activities.positions import report, rules
from workshop.activities.positions.words import WORDS
from workshop.domain.kinds import Kind
from workshop.words import N_

KIND = Kind(
    name="positions",
    title=N_("Places between two axes"),
    ballot="`{idea: [x, y]}`, whole numbers 0 to 100 on `settings.axes`",
    tally="`items: {idea: {x, y, spread, n, delegations}}`",
    chosen=False,
    words=WORDS,
    settings={"source": None, "reveal": "live", "axes": {
        "x": {"key": "esfuerzo", "title": {"es": "Esfuerzo", "fr": "Effort", "en": "Effort"}},
        "y": {"key": "alcance", "title": {"es": "Alcance", "fr": "Portée", "en": "Reach"}}}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": [30, 72]}}},
)
