"""Reads XLS, the workbooks of Excel 97 to 2003, by xlrd: cells with their formats, hidden rows and columns, merged ranges.
"""
from typing import Any

import xlrd
from xlrd.formatting import Format, std_format_strings

from workshop.intake.table import COLUMNS, Fault, Table
from workshop.intake.workbooks import formats
from workshop.intake.workbooks.book import Read, chosen
from workshop.intake.workbooks.grid import Allowance, Grid
from workshop.intake.workbooks.xlsx_sheet import TRUE, letter


def read(data: bytes, wanted: str, language: str) -> Table:
    """Returns the table of a workbook. `wanted`: the sheet by its name, '' for the one that seems to be meant."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Nowhere())
    except Exception:  # xlrd trusts what it reads: any error of its own is the file's
        return Table(faults=[Fault(0, "old_office", {})])
    sheets = [Read(sheet.name, str(n), not sheet.visibility) for n, sheet in enumerate(book.sheets())]
    return chosen(sheets, wanted, _Reader(book, language).table)


class _Nowhere:
    """Takes what xlrd prints when it wonders; a child can open no file for that."""

    def write(self, _said: str) -> None:
        """Writes nothing."""


class _Reader:
    def __init__(self, book: xlrd.Book, language: str):
        self.book, self.language, self.allowance = book, language, Allowance()
        self.since_1904 = book.datemode == 1

    def table(self, which: Read) -> Table:
        """Returns the table of a sheet."""
        sheet, grid = self.book.sheet_by_index(int(which.path)), Grid(self.allowance)
        for at, column in sheet.colinfo_map.items():
            if column.hidden:
                grid.hide_columns(at, min(at, COLUMNS))
        for y in range(sheet.nrows):
            line = grid.line(str(y + 1))
            found = {x: self._said(cell, grid, f"{letter(x)}{line}") for x, cell in enumerate(sheet.row(y))}
            if not grid.row(line, found, y in sheet.rowinfo_map and bool(sheet.rowinfo_map[y].hidden)):
                break
        for first, behind, column, _behind in sheet.merged_cells:
            grid.merge(column, first + 1, behind)
        return grid.table()

    def _said(self, cell: Any, grid: Grid, where: str) -> str:
        """Returns a cell as it is shown."""
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return TRUE.get(self.language, TRUE["en"])[cell.value != 0]
        if cell.ctype == xlrd.XL_CELL_ERROR:
            grid.tell(grid.last, "error_in_cell", cell=where, error=xlrd.error_text_from_code.get(cell.value, "#?"))
            return ""
        if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return str(cell.value)
        said, lost = formats.shown(repr(cell.value), self._format(cell.xf_index), self.since_1904, self.language)
        if lost:
            grid.tell(grid.last, "digits_lost", cell=where, number=said)
        return said

    def _format(self, style: int | None) -> str:
        """Returns the number format of a style: ours for those that each country shows in its way, where the file says
        nothing."""
        if style is None or style >= len(self.book.xf_list):
            return ""
        key = self.book.xf_list[style].format_key
        known: Format | None = self.book.format_map.get(key)
        if known is None or known.format_str in (None, std_format_strings.get(key)):
            return formats.BUILT_IN.get(key, "")
        said: str = known.format_str
        return said
