"""Cleans the texts of a report into a form that each kind of file can hold, whatever stands in the store."""
from dataclasses import fields, is_dataclass, replace
from typing import Any

from workshop.domain.kinds import ResultTable, Row
from workshop.domain.limits import KEPT
from workshop.domain.ranking import Standing
from workshop.exports.model import Report


def fitting(report: Report) -> Report:
    """Cleans the report (in place): no controls, half pairs and non-characters, of which a document of XML takes none."""
    _fitting(report)
    return report


def _fitting(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(KEPT)
    if isinstance(value, list | tuple):
        return type(value)(_fitting(one) for one in value)
    if isinstance(value, dict):
        return {_fitting(key): _fitting(one) for key, one in value.items()}
    if isinstance(value, Row):
        return replace(value, key=_fitting(value.key), text=_fitting(value.text))
    if isinstance(value, ResultTable):
        return ResultTable(_fitting(value.title), _fitting(value.headings), _fitting(value.rows))
    if isinstance(value, Standing):
        return replace(value, row=_fitting(value.row))
    if is_dataclass(value):
        for field in fields(value):
            setattr(value, field.name, _fitting(getattr(value, field.name)))
    return value
