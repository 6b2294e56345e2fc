"""XLS, the workbooks of Excel 97 to 2003: values, visible sheets and merged ranges by python-calamine, how they are shown by
`xls_records`."""
import io
import struct
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from workshop.intake.moments import serial
from workshop.intake.table import COLUMNS, Fault, Table
from workshop.intake.workbooks import formats, xls_records
from workshop.intake.workbooks.book import Read, chosen
from workshop.intake.workbooks.grid import Allowance, Grid
from workshop.intake.workbooks.xlsx_sheet import TRUE, letter

ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})


def read(data: bytes, wanted: str, language: str) -> Table:
    """The table of a workbook.  `wanted`: the sheet by its name, '' for the one that seems to be meant."""
    try:
        shown = xls_records.scan(io.BytesIO(data))
        if any(sheet.apart > xls_records.APART for sheet in shown.sheets):
            return Table(faults=[Fault(0, "old_apart", {})])
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [Read(sheet.name, str(n), sheet.visible == SheetVisibleEnum.Visible)
                  for n, sheet in enumerate(book.sheets_metadata)]
        reader = _Reader(book, shown, language)
        return chosen(sheets, wanted, reader.table)
    except (CalamineError, PasswordError, OSError, ValueError, LookupError, OverflowError, struct.error):
        return Table(faults=[Fault(0, "old_office", {})])
    except BaseException as problem:  # what goes wrong within the library's Rust is no Exception
        if type(problem).__name__ != "PanicException":
            raise
        return Table(faults=[Fault(0, "old_office", {})])


class _Reader:
    def __init__(self, book: CalamineWorkbook, shown: xls_records.Book, language: str):
        self.book, self.shown, self.language, self.allowance = book, shown, language, Allowance()

    def table(self, which: Read) -> Table:
        """The table of a sheet."""
        number = int(which.path)
        sheet, grid = self.book.get_sheet_by_index(number), Grid(self.allowance)
        shown = self.shown.sheets[number] if number < len(self.shown.sheets) else xls_records.Shown()
        for first, last in shown.columns:
            grid.hide_columns(first, min(last, COLUMNS))
        for y, cells in enumerate(sheet.iter_rows()):
            line = grid.line(str(y + 1))
            found = {x: self._said(cell, grid, shown.styles.get((y, x)), f"{letter(x)}{line}")
                     for x, cell in enumerate(cells) if cell != ""}
            if not grid.row(line, found, y in shown.rows):
                break
        for (first, column), (last, _column) in sheet.merged_cell_ranges or ():
            grid.merge(column, first + 1, last + 1)
        return grid.table()

    def _said(self, value: Any, grid: Grid, style: int | None, where: str) -> str:
        """A cell as it is shown."""
        if isinstance(value, bool):
            return TRUE.get(self.language, TRUE["en"])[value]
        if isinstance(value, str):
            if value not in ERRORS:
                return value
            grid.tell(grid.last, "error_in_cell", cell=where, error=value)
            return ""
        code = self.shown.formats[style] if style is not None and style < len(self.shown.formats) else ""
        said, lost = formats.shown(_number(value, self.shown.since_1904), code, self.shown.since_1904, self.language)
        if lost:
            grid.tell(grid.last, "digits_lost", cell=where, number=said)
        return said


def _number(value: Any, since_1904: bool) -> str:
    """A value of python-calamine as the number that stands in the file."""
    if isinstance(value, datetime | date):
        return serial(value.isoformat(), since_1904)
    if isinstance(value, time):
        return repr((value.hour * 3600 + value.minute * 60 + value.second) / 86_400)
    return repr(value / timedelta(days=1)) if isinstance(value, timedelta) else repr(value)
