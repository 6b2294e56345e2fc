"""Ideas on a board of columns."""
from workshop.activities.ideas import rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="ideas",
    settings={"columns": []},  # [{key, title}]; empty: one column without a title
    verbs=frozenset({"contribution.add", "contribution.bring", "contribution.edit", "contribution.withdraw"}),
    rules=rules,
    sample={"contribution.add": {"body": {"text": "La feria semanal mantuvo el precio de la quinua."}}},
)
