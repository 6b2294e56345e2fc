"""The first sheet of an XLSX file, with the standard library: read in pieces, bounded, no entity and no document type.

A table is five kinds of element; a whole library for it would hold the sheet in memory and follow whatever the file says.
"""
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from workshop.domain.limits import clean_text
from workshop.intake.table import COLUMNS, KEPT, Fault, Table, too_wide

UNPACKED = 48 * 1024 * 1024  # bytes of all parts together, however small they are packed
PIECE = 64 * 1024
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, IndexError, ValueError, OSError,
          RuntimeError, NotImplementedError)  # the last two: with a password, packed in a way that is not known


class _Enough(Exception):
    """No more has to be read."""


class _TooBig(Exception):
    """More comes out of the file than a table has."""


def read(file) -> Table:
    """The rows of the first sheet, as far as they can be read, with a fault where that is not the end."""
    table = Table()
    try:
        with zipfile.ZipFile(file) as archive:
            book = _Book(archive)
            path = book.first_sheet()
            if path is None:
                table.faults.append(Fault(0, "not_a_table", {}))
                return table
            book.rows(path, table)
    except _TooBig:
        table.faults.append(Fault(_after(table), "file_unpacks", {"limit": UNPACKED // 1024 ** 2}))
    except BROKEN:
        table.faults.append(Fault(_after(table), "file_damaged", {}))
    return table


def _after(table: Table) -> int:
    return table.rows[-1][0] + 1 if table.rows else 0


class _Book:
    def __init__(self, archive: zipfile.ZipFile):
        self.archive, self.left = archive, UNPACKED

    def first_sheet(self) -> str | None:
        """The path of the sheet that stands first in the book."""
        names = set(self.archive.namelist())
        if "xl/workbook.xml" not in names:
            return None
        sheets, targets = [], {}
        self.parse("xl/workbook.xml", lambda tag, a: sheets.append(a) if tag == "sheet" else None)
        if not sheets:
            return None
        self.parse("xl/_rels/workbook.xml.rels", lambda tag, a: targets.update({a.get("Id"): a.get("Target", "")}))
        target = targets[next(value for name, value in sheets[0].items() if name.rpartition(":")[2] == "id" and ":" in name)]
        return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)

    def rows(self, path: str, table: Table) -> None:
        """Put the sheet's rows into the table."""
        strings = _Strings()
        if "xl/sharedStrings.xml" in self.archive.namelist():
            self.parse("xl/sharedStrings.xml", strings.start, strings.end, strings.text)
        sheet = _Sheet(table, strings.all)
        self.parse(path, sheet.start, sheet.end, sheet.text)

    def parse(self, path: str, start, end=lambda tag: None, text=lambda data: None) -> None:
        """Read a part in pieces."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_document_type
        try:
            with self.archive.open(path) as part:
                while piece := part.read(PIECE):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise _TooBig
                    parser.Parse(piece)
                parser.Parse(b"", True)
        except _Enough:
            return


def _no_document_type(*_declared) -> None:
    raise ValueError("a table has no document type, so no entities")


class _Strings:
    """The shared strings: all runs of each, without how they are pronounced."""

    def __init__(self):
        self.all: list[str] = []
        self.run, self.inside, self.spoken = [], False, 0

    def start(self, tag, _attributes):
        if tag == "si":
            self.run = []
        self.spoken += tag == "rPh"
        self.inside = tag == "t" and not self.spoken

    def text(self, data):
        if self.inside:
            self.run.append(data)

    def end(self, tag):
        if tag == "si":
            self.all.append("".join(self.run))
        self.spoken -= tag == "rPh"
        self.inside = False


class _Sheet:
    """The cells: shared, inline and plain strings, numbers as they are written."""

    def __init__(self, table: Table, strings: list[str]):
        self.table, self.strings = table, strings
        self.line, self.cells, self.kind, self.at, self.inside, self.run = 0, {}, "", 0, False, []

    def start(self, tag, attributes):
        if tag == "row":
            self.line, self.cells = int(attributes.get("r", self.line + 1)), {}
            self.at = -1
        elif tag == "c":
            self.kind, self.run = attributes.get("t", "n"), []
            self.at = _column(attributes["r"]) if "r" in attributes else self.at + 1
        self.inside = tag in ("v", "t")

    def text(self, data):
        if self.inside:
            self.run.append(data)

    def end(self, tag):
        self.inside = False
        if tag == "c" and self.run:
            self.cells[self.at] = self._value("".join(self.run))
        elif tag == "row":
            self._row()

    def _value(self, said: str) -> str:
        if self.kind == "s":
            said = self.strings[int(said)]
        elif self.kind == "n":
            return said.removesuffix(".0")
        return clean_text(ESCAPED.sub(lambda found: chr(int(found[1], 16)), said))

    def _row(self):
        filled = {at: value for at, value in self.cells.items() if value}
        if not filled:
            return
        if max(filled) >= COLUMNS:
            self.table.faults.append(too_wide(self.line, [*filled.values()], COLUMNS))
        else:
            self.table.rows.append((self.line, [filled.get(at, "") for at in range(max(filled) + 1)]))
        if len(self.table.rows) == KEPT:
            raise _Enough


def _column(reference: str) -> int:
    """'A1' -> 0, 'AB7' -> 27."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
