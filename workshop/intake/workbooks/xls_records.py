"""The records of an XLS workbook that say how cells are shown, and how far apart they stand (MS-XLS 2.3, 2.4).

They are looked through before the cells are read: what reads them makes room for every cell between the first and the last.
"""
import struct
from dataclasses import dataclass, field
from typing import Any

import olefile

from workshop.intake.workbooks.formats import BUILT_IN

STREAMS = ("Workbook", "Book")
APART = 4_000_000  # cells between the first and the last one of a sheet
BOF, EOF, SHEET, FORMAT, STYLE, SINCE_1904 = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x0022
ROW, COLUMNS, SEVERAL = 0x0208, 0x007D, 0x00BD
ONE = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x0205, 0x0006, 0x00D6})  # a cell: row, column, style, value
NEWEST = 0x0600  # the version of Excel 97 to 2003


@dataclass
class Shown:
    """How the cells of a sheet are shown: {(row, column): style}, hidden rows and columns; all from 0."""

    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    corners: list[int] = field(default_factory=list)  # first and last row, first and last column

    @property
    def apart(self) -> int:
        """Cells between the first and the last one."""
        top, bottom, left, right = self.corners or (0, -1, 0, -1)
        return (bottom - top + 1) * (right - left + 1)

    def cell(self, row: int, column: int, style: int) -> None:
        """Take note of a cell with a value."""
        self.styles[row, column] = style
        top, bottom, left, right = self.corners or (row, row, column, column)
        self.corners = [min(top, row), max(bottom, row), min(left, column), max(right, column)]


@dataclass
class Book:
    """What a workbook says of all its sheets, and each of them in the order of their names."""

    formats: list[str] = field(default_factory=list)
    since_1904: bool = False
    sheets: list[Shown] = field(default_factory=list)


def scan(file: Any) -> Book:
    """The records of a workbook.  Raises OSError, struct.error, ValueError or IndexError where it is none."""
    with olefile.OleFileIO(file) as whole:
        name = next((name for name in STREAMS if whole.exists(name)), None)
        if name is None:
            raise OSError("no workbook is in it")
        data = whole.openstream(name).read()
    codes, book, numbers, starts = dict(BUILT_IN), Book(), [], []
    found: dict[int, Shown] = {}
    at = depth = version = 0
    sheet: Shown | None = None
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        body, start = data[at + 4:at + 4 + length], at
        at += 4 + length
        if kind == BOF:
            depth += 1
            if depth == 1:
                version = struct.unpack_from("<H", body)[0]
                sheet = found.setdefault(start, Shown())
        elif kind == EOF:
            depth = max(0, depth - 1)
        elif depth == 1 and sheet is not None:
            if kind == SHEET:
                starts.append(struct.unpack_from("<I", body)[0])
            elif kind == FORMAT and version == NEWEST:
                codes[struct.unpack_from("<H", body)[0]] = _text(body[2:])
            elif kind == STYLE:
                numbers.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == SINCE_1904:
                book.since_1904 = body[:1] == b"\1"
            else:
                _of_sheet(sheet, kind, body)
    book.formats = [codes.get(number, "") for number in numbers]
    book.sheets = [found.get(start, Shown()) for start in starts]
    return book


def _of_sheet(sheet: Shown, kind: int, body: bytes) -> None:
    if kind in ONE:
        sheet.cell(*struct.unpack_from("<HHH", body))
    elif kind == SEVERAL:
        row, first = struct.unpack_from("<HH", body)
        for n in range((len(body) - 6) // 6):
            sheet.cell(row, first + n, struct.unpack_from("<H", body, 4 + 6 * n)[0])
    elif kind == ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
        sheet.rows.add(struct.unpack_from("<H", body)[0])
    elif kind == COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
        sheet.columns.append(struct.unpack_from("<HH", body))


def _text(body: bytes) -> str:
    """A text as Excel 97 keeps it: how long, whether two bytes a sign, the signs."""
    length, wide = struct.unpack_from("<HB", body)
    return body[3:3 + 2 * length].decode("utf-16-le", "replace") if wide & 1 else body[3:3 + length].decode("latin-1")
