"""Reads a sheet of an XLSX workbook as a grid: cells as they are shown, hidden rows and columns, merged ranges."""
import re
from typing import NamedTuple

from workshop.intake.moments import serial
from workshop.intake.workbooks import formats
from workshop.intake.workbooks.grid import Grid
from workshop.intake.workbooks.package import Enough, truth

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{0,7})")
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?[A-Z]{1,3}\$?([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = {"es": ("FALSO", "VERDADERO"), "fr": ("FAUX", "VRAI"), "en": ("FALSE", "TRUE")}


class Style(NamedTuple):
    """Holds what a workbook says once for all its sheets: shared strings, the format of each style, since when it counts
    days."""

    strings: list[str]
    formats: list[str]
    since_1904: bool
    language: str


class Cells:
    """Reads the elements of a sheet into a grid."""

    def __init__(self, grid: Grid, style: Style):
        self.grid, self.style = grid, style
        self.cells: dict[int, str] = {}
        self.run: list[str] = []
        self.line, self.hidden, self.wanted = 0, False, True
        self.at, self.kind, self.format = -1, "n", ""
        self.formula = self.valued = self.inside = False
        self.spoken = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begins an element."""
        self.inside = False
        if tag == "c":
            self._cell(attributes)
        elif tag in ("v", "t"):
            self.inside, self.valued = not self.spoken, True
        elif tag == "row":
            self.line, self.cells, self.at = self.grid.line(attributes.get("r")), {}, -1
            self.hidden = truth(attributes.get("hidden"))
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.spoken += 1
        elif tag == "col" and (truth(attributes.get("hidden")) or attributes.get("width") == "0"):
            self.grid.hide_columns(int(attributes["min"][:6]) - 1, int(attributes["max"][:6]) - 1)
        elif tag == "mergeCell" and (found := RANGE.fullmatch(attributes.get("ref", ""))):
            self.grid.merge(column(found[1]), int(found[2]), int(found[3]))

    def _cell(self, attributes: dict[str, str]) -> None:
        found = REFERENCE.fullmatch(attributes.get("r", ""))
        self.at = column(found[1]) if found else self.at + 1
        self.kind, self.run, self.formula, self.valued = attributes.get("t", "n"), [], False, False
        style = attributes.get("s", "0")
        known = int(style) if len(style) < 7 and style.isdigit() else 0
        self.format = self.style.formats[known] if known < len(self.style.formats) else ""

    def text(self, data: str) -> None:
        """Characters between two marks."""
        if self.inside:
            self.run.append(data)

    def end(self, tag: str) -> None:
        """Ends an element."""
        self.inside = False
        if tag == "c" and self.wanted:
            self._value("".join(self.run))
        elif tag == "row" and self.wanted:
            self.wanted = self.grid.row(self.line, self.cells, self.hidden)
        elif tag == "rPh":
            self.spoken -= 1
        elif tag == "mergeCells":
            raise Enough

    def _value(self, said: str) -> None:
        where = f"{letter(self.at)}{self.line}"
        if not said:
            if self.formula and not (self.kind == "str" and self.valued):
                self.grid.tell(self.line, "formula_without_result", cell=where)
            return
        if self.kind == "s":
            said = unescaped(self.style.strings[int(said)])
        elif self.kind in ("str", "inlineStr"):
            said = unescaped(said)
        elif self.kind == "b":
            said = TRUE.get(self.style.language, TRUE["en"])[said.strip() not in ("0", "false")]
        elif self.kind == "e":
            self.grid.tell(self.line, "error_in_cell", cell=where, error=said[:40])
            return
        else:
            raw = serial(said, self.style.since_1904) if self.kind == "d" else said.strip()
            said, lost = formats.shown(raw, self.format, self.style.since_1904, self.style.language)
            if lost:
                self.grid.tell(self.line, "digits_lost", cell=where, number=said)
        if self.at in self.cells:  # two cells at one place: neither is lost
            self.at = max(self.cells) + 1
        self.cells[self.at] = said


def unescaped(said: str) -> str:
    """Returns a text with its control characters, which XML cannot have: 'a_x000B_b'."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), said) if "_x" in said else said


def column(letters: str) -> int:
    """Returns 'A' -> 0, 'AB' -> 27."""
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - 64
    return number - 1


def letter(at: int) -> str:
    """Returns the name of a column in a sheet: 0 -> 'A', 27 -> 'AB'."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)
