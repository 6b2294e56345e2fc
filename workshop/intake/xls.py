"""XLS, the workbooks of Excel 97 to 2003, by python-calamine: values, visible sheets, merged ranges.

How numbers are shown is not told: days come as days, other numbers as they are.
"""
import io
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from workshop.intake import formats
from workshop.intake.book import Read, chosen
from workshop.intake.grid import Allowance, Grid
from workshop.intake.table import Fault, Table
from workshop.intake.xlsx_sheet import TRUE


def read(data: bytes, wanted: str, language: str) -> Table:
    """The table of a workbook.  `wanted`: the sheet by its name, '' for the one that seems to be meant."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [Read(sheet.name, sheet.name, sheet.visible == SheetVisibleEnum.Visible) for sheet in book.sheets_metadata]
        allowance = Allowance()
        return chosen(sheets, wanted, lambda sheet: _table(book.get_sheet_by_name(sheet.path), allowance, language))
    except PasswordError:
        return Table(faults=[Fault(0, "old_office", {})])
    except (CalamineError, OSError, ValueError, KeyError):
        return Table(faults=[Fault(0, "old_office", {})])


def _table(sheet: Any, allowance: Allowance, language: str) -> Table:
    grid = Grid(allowance)
    top, left = sheet.start or (0, 0)
    for line, cells in enumerate(sheet.iter_rows(), 1 if sheet.start else 1):
        grid.last = line
        found = {at: _said(cell, language) for at, cell in enumerate(cells) if cell != ""}
        if not grid.row(line, found):
            break
    for (first, column), (last, _column) in sheet.merged_cell_ranges or ():
        grid.merge(column, first + 1, last + 1)
    return grid.table()


def _said(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return TRUE.get(language, TRUE["en"])[value]
    if isinstance(value, float | int):
        return formats.general(repr(value))
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)[:-3] if isinstance(value, time) else str(value) if isinstance(value, timedelta) else value
