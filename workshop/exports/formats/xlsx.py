"""Writes the memoria as a workbook: what the chapters show, cards, boards with columns of their own, people, votes, late
ideas.

Every text is a string, so that no formula runs.
"""
import io
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from workshop.exports.formats import xlsx_votes
from workshop.exports.model import Card, Report, RoomPart, Section
from workshop.exports.tables import Table

WIDE = {"text": 80, "title": 40, "author": 28, "delegation": 22, "column": 22, "taken_up": 30, "comments": 50, "cites": 24,
        "thread": 30, "state": 24, "files": 40, "room": 34, "section": 24, "chapter": 28}
CELL = 32_767  # characters
Cells = tuple[str | int | float, ...]
Board = tuple[str, str, RoomPart, str, Table]  # the name of its sheet, its chapter, whose it is, its title


def _sheet_of(room: RoomPart, title: str, words: dict[str, str]) -> str:
    return f"{words['room']} {room.number} {title}" if room.number else title


def write(report: Report) -> bytes:
    """Returns the workbook as bytes."""
    file = io.BytesIO()
    book = Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                           "in_memory": True})
    book.set_properties({"title": report.title, "language": report.language})
    sheet = Sheets(book, report.words)
    tables = [(sheet.reserve(_sheet_of(room, section.title, report.words)), chapter, room, section.title, table)
              for chapter, room, sections in _parts(report) for section in sections if (table := section.table)]
    _summaries(sheet, report, tables)
    _cards(sheet, report)
    sheet.write("people", ("delegation", "hall", "remote", "cards"), [
        (d.name, d.hall, d.remote, "" if d.cards is None else d.cards) for d in report.delegations])
    if report.places:
        sheet.write("sites", ("site", "people"), report.places)
    for name, _chapter, _room, _title, table in tables:
        sheet.write(name, tuple(map(Own, table.headings)), list(map(tuple, table.rows)))
    sheet.write("steps", ("room", "step", "people", "hall", "remote"), [
        (_called(room), step.title, step.people, step.hall, step.remote)
        for room in report.rooms for step in room.steps])
    xlsx_votes.write(sheet, report)
    for name in ("late", "waiting"):
        sheet.write(name, ("room", "text", "author", "delegation"), [
            (_called(room), card.text, card.author, card.delegation)
            for room in report.rooms for card in getattr(room, name)])
    book.close()
    return file.getvalue()


def _called(room: RoomPart) -> str:
    return f"{room.number} · {room.title}"


def _summaries(sheet: "Sheets", report: Report, tables: list[Board]) -> None:
    """Writes what the chapters say, sentence by sentence; of a table, the name of its sheet."""
    said = [(chapter, _called(room), section.title, said.text, said.who, said.when, ", ".join(said.numbers),
             report.words["draft"] if section.draft else "")
            for chapter, room, sections in _parts(report) for section in sections for said in section.sentences]
    sheet.write("summary", ("chapter", "room", "section", "text", "who", "when", "cites", "state"), said + [
        (chapter, _called(room), title, f"→ {name}", "", "", "", "") for name, chapter, room, title, _table in tables])


def _cards(sheet: "Sheets", report: Report) -> None:
    """Writes the cards of all boards, and apart from them those that were copied from another; each field and figure in a
    column."""
    every = [card for room in report.rooms for card in (*room.cards, *room.copies)]
    figures = list(dict.fromkeys(name for card in every for name in card.figures))
    fields = list(dict.fromkeys(name for card in every for name in card.fields))
    keys = ("number", "room", "column", "text", "author", "delegation", "channel", "site", *map(Own, fields),
            *map(Own, figures), "comments", "taken_up", "into", "thread", "files")

    def row(room: RoomPart, card: Card) -> Cells:
        return (card.number, _called(room), card.column, card.text, card.author, card.delegation, card.channel, card.site,
                *(card.fields.get(name, "") for name in fields), *(card.figures.get(name, "") for name in figures),
                "\n".join(card.comments), ", ".join(card.taken_up), card.into, ", ".join(card.thread),
                "\n".join(file.words for file in card.files))
    sheet.write("cards", keys, [row(room, card) for room in report.rooms for card in room.cards])
    if copies := [row(room, card) for room in report.rooms for card in room.copies]:
        sheet.write("copies_tab", keys, copies)


def _parts(report: Report) -> Iterator[tuple[str, RoomPart, list[Section]]]:
    """Iterates over (chapter, room, sections) in the order of the memoria; what a chapter does not show stands in the annex.
    """
    for chapter in report.chapters:
        yield from ((chapter.title, room, room.sections) for room in chapter.rooms)
        yield from ((chapter.title, room, room.rest) for room in report.rooms if chapter.key == "anexos")


class Own(str):
    """Holds a heading in words of its own."""


class Sheets:
    """Writes tables with a frozen heading; what is no key of the report's words is words already."""

    def __init__(self, book: Workbook, words: dict[str, str]) -> None:
        self.book, self.words = book, words
        self.tabs: set[str] = set()
        self.head = book.add_format({"bold": True, "bg_color": "#27407a", "font_color": "#ffffff", "valign": "vcenter"})
        self.cell = book.add_format({"text_wrap": True, "valign": "top"})

    def reserve(self, name: str) -> str:
        """Reserves a sheet's name, with a number after it where it is taken (capitals make no other)."""
        wanted, n = _tab(name) or "–", 1
        while (called := wanted if n == 1 else f"{wanted[:27]} {n}").lower() in self.tabs:
            n += 1
        self.tabs.add(called.lower())
        return called

    def add(self, name: str) -> Worksheet:
        """Adds a sheet: `name` as reserved, or a key of the words."""
        return self.book.add_worksheet(self.reserve(self.words[name]) if name in self.words else name)

    def write(self, name: str, keys: tuple[str, ...], rows: Sequence[Cells]) -> None:
        sheet = self.add(name)
        for i, key in enumerate(keys):
            own = isinstance(key, Own)
            sheet.set_column(i, i, 30 if own and len(rows) and isinstance(rows[0][i], str) else WIDE.get(key, 14))
            sheet.write_string(0, i, key if own else self.words[key], self.head)
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(y, x, value, self.cell)
                else:
                    sheet.write_string(y, x, fitting(value), self.cell)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(keys) - 1)


def fitting(text: str) -> str:
    """Cuts a text to what a cell holds."""
    return text if len(text) <= CELL else text[:CELL - 1] + "…"


def _tab(words: str) -> str:
    """Makes a name that a sheet may have."""
    return "".join(c for c in words if c not in "[]:*?/\\'" and c.isprintable())[:31].strip()
