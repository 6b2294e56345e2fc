"""Ideas on a board, which has one of six layouts."""
from workshop.activities.ideas import rules
from workshop.domain.kinds import Kind

KIND = Kind(
    name="ideas",
    # Also: layout (columns, matrix, timeline, tree, plane, list) and what it uses: rows, open_rows, lanes, scale, axes,
    # fields, in the shapes of domain/methods/library.settings_of.  Without columns: one without a title.
    settings={"columns": []},
    verbs=frozenset({"contribution.add", "contribution.bring", "contribution.edit", "contribution.withdraw"}),
    rules=rules,
    sample={"contribution.add": {"body": {"text": "La feria semanal mantuvo el precio de la quinua."}}},
)
