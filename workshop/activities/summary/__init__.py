"""Defines the summary: what a group brings to the plenary, sentence by sentence, each citing its cards."""
from workshop.activities.summary import rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="summary",
    settings={"source": None},
    verbs=frozenset({"summary.item", "summary.drop", "summary.publish"}),
    rules=rules,
    stream="workshop",
    sample={"summary.item": {"body": {"section": "idea", "text": "Las ferias sostuvieron el precio."}}},
)
