"""Positions: where each card stands between the ends of two axes, as each seat sees it."""
from workshop.activities.positions import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="positions",
    settings={"source": None, "reveal": "live", "axes": {
        "x": {"key": "esfuerzo", "title": {"es": "Esfuerzo", "fr": "Effort", "en": "Effort"}},
        "y": {"key": "alcance", "title": {"es": "Alcance", "fr": "Portée", "en": "Reach"}}}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": [30, 72]}}},
)
