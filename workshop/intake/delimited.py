"""Reads CSV as people have it: any of three delimiters, lines within quotes, quotes that nobody closes."""
import csv
import io
import re
from typing import Literal

from workshop.domain.limits import clean_text
from workshop.intake import headings
from workshop.intake.table import BYTES, COLUMNS, KEPT, Fault, Table, too_wide

DELIMITERS = ";\t,"
NONE = "\x1f"  # a delimiter that no text has: one column
OPEN = 20  # quotes that nobody closes, then none means anything; looking for their end costs time
SAMPLE = 256 * 1024  # characters in which the delimiter is looked for
SEP = re.compile(r'"?sep=([;,\t])"?\n', re.I)  # Excel writes it, and hides it
csv.field_size_limit(BYTES)  # a file is not bigger, so a single cell may be


def delimiter(text: str) -> str:
    """Returns the delimiter: with it the first row has known headings, else most rows are as wide as the first. '' for none.
    """
    found = []
    for sign in DELIMITERS:
        rows = [row for row in csv.reader(_file(text[:SAMPLE]), delimiter=sign) if any(row)]
        if not rows or len(rows[0]) < 2:
            continue
        known, alike = headings.any_known(rows[0]), sum(len(row) == len(rows[0]) for row in rows)
        if known or (len(rows) > 1 and alike >= 0.6 * len(rows)):
            found.append((known, alike / len(rows), len(rows[0]), sign))
    return max(found)[-1] if found else ""


def read(text: str) -> Table | None:
    """Returns the rows; None where nothing delimits columns and nothing is quoted (then it is a list)."""
    hint = SEP.match(text)
    sign = hint[1] if hint else delimiter(text)
    if not sign and not re.search(r'^"', text, re.M):
        return None
    table = Table()
    lines = [f"{line}\n" for line in text.rstrip().split("\n")]
    at = _read(table, lines, 1 if hint else 0, sign or NONE)
    while at is not None:  # after a line whose quote nobody closes
        table.faults.append(Fault(at + 1, "open_quote", {}))
        quoting: Literal[0, 3] = csv.QUOTE_NONE if len(table.faults) > OPEN else csv.QUOTE_MINIMAL
        _keep(table, at + 1, next(csv.reader([lines[at].replace('"', "")], delimiter=sign or NONE)))
        at = _read(table, lines, at + 1, sign or NONE, quoting)
    return table


def _read(table: Table, lines: list[str], at: int, sign: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> int | None:
    """Reads from line number `at` (from 0). Returns the number of a line that opens a quote which is closed nowhere, or only
    in the middle of a later cell; what was read with it does not belong together."""
    reader = csv.reader(lines[at:], delimiter=sign, quoting=quoting)
    start = at
    for cells in reader:
        first, start = start, at + reader.line_num
        if start - first > 1 and not _closed(lines[first:start], sign):
            return first
        _keep(table, first + 1, cells)
        if len(table.rows) == KEPT:
            return None
    return None


def _closed(lines: list[str], sign: str) -> bool:
    """Tells whether the lines of a row are quoted as they must be."""
    try:
        list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error:
        return False
    return True


def _keep(table: Table, line: int, cells: list[str]) -> None:
    cells = [clean_text(cell) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > COLUMNS:
        table.faults.append(too_wide(line, cells, COLUMNS))
    elif cells:
        table.rows.append((line, cells))


def _file(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")
