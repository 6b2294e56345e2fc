"""Traffic light: keep, adjust or stop, for each card.  Drawn with colour, shape and word.

With the setting `per`: "row" it stands on each row of a matrix instead.
"""
from workshop.activities.light import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="light",
    settings={"source": None, "reveal": "live", "options": [
        {"key": "seguir", "title": {"es": "Seguir", "fr": "Continuer", "en": "Keep"}},
        {"key": "ajustar", "title": {"es": "Ajustar", "fr": "Ajuster", "en": "Adjust"}},
        {"key": "dejar", "title": {"es": "Dejar", "fr": "Arrêter", "en": "Stop"}}]},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": "ajustar"}}},
)
