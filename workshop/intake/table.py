"""Defines the shapes between the readers: raw cells, what they mean, what they become."""
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workshop.domain.shapes import Json

ROWS = 1000  # cards of one intake
KEPT = ROWS + 2  # rows of a table: the heading, and one that shows that there are more
BYTES = 4 * 1024 * 1024  # of a file or a pasted text
COLUMNS = 200
ABOUT = ("author", "date", "supports", "link", "number")  # what a column may say of an idea; it stands below the text
SHORTEN, SPLIT = "shorten", "split"
LONG = (SHORTEN, SPLIT)


class Fault(NamedTuple):
    """Says what did not become a row: the line (from 1; 0: the whole file), a stable code, the values of its sentence.

    values["text"] is the whole text that stood there, where there was one.
    """

    line: int
    code: str
    values: dict[str, Any]


@dataclass
class Table:
    """Cells as they are shown: [(line on which the row begins, [cells])] without blank rows, the heading among them.

    Of a workbook: `sheet` is the one that was read, `sheets` the visible ones with text as [(name, lines that may become
    cards)], `unread` the hidden ones alike, `others` the tables of the visible ones that were not taken.
    """

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    sheet: str = ""
    sheets: list[tuple[str, int]] = field(default_factory=list)
    unread: list[tuple[str, int]] = field(default_factory=list)
    others: dict[str, "Table"] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Counts the columns of the widest row."""
        return max((len(cells) for _line, cells in self.rows), default=0)

    def as_json(self) -> Json:
        """Returns the table in lists, for `from_json`."""
        return {"rows": self.rows, "faults": self.faults, "sheet": self.sheet, "sheets": self.sheets, "unread": self.unread,
                "others": {name: other.as_json() for name, other in self.others.items()}}

    @classmethod
    def from_json(cls, said: Json) -> "Table":
        """Returns the table that `as_json` gave."""
        return cls([(line, cells) for line, cells in said["rows"]], [Fault(*fault) for fault in said["faults"]],
                   said["sheet"], [(name, n) for name, n in said["sheets"]], [(name, n) for name, n in said["unread"]],
                   {name: cls.from_json(other) for name, other in said["others"].items()})

    def turned_to(self, sheet: str) -> "Table":
        """Returns the same workbook with another of its visible sheets taken; itself where there is no such sheet."""
        if sheet not in self.others:
            return self
        others = {**self.others, self.sheet: Table(self.rows, self.faults)}
        taken = others.pop(sheet)
        return Table(taken.rows, taken.faults, sheet, self.sheets, self.unread, others)


@dataclass(frozen=True)
class Choice:
    """Holds what the columns are (numbers from 0, None: none): whether the first row is a heading, where text and title
    stand, where what says the card's place ({"column", "row", "lane", "at": number}), whether the cells hold HTML, how many
    rows stand above the heading.

    `fields`: where the board's own fields stand, {key: number}; a column may be a place and a field.

    `about`: where stands what is said of an idea (keys of ABOUT; by its `number` others name it), or from which other one it
    hangs (`parent`), or with which it was one (`into`);
    `below`: columns that stand below the text with their names.  `long`: what becomes of texts that are too long, LONG or ''
    for left out; `long_at`: of single lines, {line: the same}.
    """

    header: bool = False
    text: int | None = 0
    title: int | None = None
    places: dict[str, int] = field(default_factory=dict)
    html: bool = False
    above: int = 0
    about: dict[str, int] = field(default_factory=dict)
    below: list[int] = field(default_factory=list)
    long: str = ""
    long_at: dict[str, str] = field(default_factory=dict)
    fields: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """Holds what can become a card. `places`: what the row says of its place; `fields`: the other cells by their heading;
    `own`: what it says of the board's fields, by their keys; `remarks`: codes of what should be looked at; `number`,
    `parent`: what it is called, and what it hangs from; `part`: which one of a text that was split, from 1; `into`: the
    number of the card with which it was one."""

    line: int
    text: str
    title: str = ""
    places: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    number: str = ""
    parent: str = ""
    own: dict[str, str] = field(default_factory=dict)
    part: int = 0
    into: str = ""


def joined(cells: Iterable[str]) -> str:
    """Returns what stands in the cells, to be read by people."""
    return " | ".join(cell for cell in cells if cell)


def too_wide(line: int, cells: list[str], columns: int) -> Fault:
    """Returns the fault of a row with more cells than there are columns."""
    return Fault(line, "too_many_cells", {"columns": columns, "cells": len(cells), "text": joined(cells)})
