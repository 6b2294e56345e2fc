"""Consent: yes, yes with a reservation, or no to each card.  It counts; what follows from it the group says."""
from workshop.activities.consent import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="consent",
    settings={"source": None, "reveal": "live", "options": [
        {"key": "si", "title": {"es": "Sí", "fr": "Oui", "en": "Yes"}},
        {"key": "con_reserva", "title": {
            "es": "Sí, con reserva", "fr": "Oui, avec réserve", "en": "Yes, with a reservation"}},
        {"key": "no", "title": {"es": "No", "fr": "Non", "en": "No"}}]},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"*": "con_reserva"}}},
)
