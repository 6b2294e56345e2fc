"""Scale: one question for the whole room, answered with a number."""
from workshop.activities.scale import report, rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="scale",
    settings={"source": None, "from": 1, "to": 5, "reveal": "live", "title": {
        "es": "Qué tan de acuerdo estamos", "fr": "À quel point nous sommes d'accord", "en": "How far we agree"}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"room": 4}}},
)
