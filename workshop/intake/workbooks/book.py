"""Chooses the sheet of a workbook: the visible ones are read, one of them is taken, the others are named."""
from collections.abc import Callable
from typing import NamedTuple

from workshop.domain.people.names import clean_name
from workshop.intake import headings
from workshop.intake.choosing import guess
from workshop.intake.table import Fault, Table

SHEETS = 100  # that are looked at


class Read(NamedTuple):
    """Holds a sheet: its name, the part of the file where it stands, whether its author sees it."""

    name: str
    path: str
    visible: bool = True


def chosen(sheets: list[Read], wanted: str, table_of: Callable[[Read], Table]) -> Table:
    """Returns the table of the sheet called `wanted`, else of the cards that we have written ourselves, else of the first
    visible sheet with ideas. It names the others, and carries them as far as all together are no more than one file may be.
    """
    visible = _named([sheet for sheet in sheets if sheet.visible][:SHEETS])
    order = sorted(visible, key=lambda name: name != wanted)  # the wanted one first, while there is room
    tables = {name: table_of(visible[name]) for name in order}
    found = {name: ideas(tables[name]) for name in visible}
    said = [name for name in visible if found[name] or tables[name].faults]
    name = wanted if wanted in visible else _ours(tables) or next((name for name in visible if found[name]), "")
    name = name or next(iter(said or visible), "")
    table = tables.get(name) or Table()
    table.sheet = name
    table.sheets = [(one, found[one]) for one in visible if one == name or one in said]
    table.others = {one: tables[one] for one, _n in table.sheets if one != name}
    hidden = [sheet for sheet in sheets if not sheet.visible][:SHEETS]
    table.unread = [(clean_name(one.name), n) for one in hidden if (n := ideas(table_of(one)))]
    if not visible:
        table.faults.append(Fault(0, "no_sheet", {}))
    if len(sheets) - len(hidden) > SHEETS:
        table.faults.append(Fault(0, "too_many_sheets", {"limit": SHEETS}))
    return table


def ideas(table: Table) -> int:
    """Returns how many lines of a table may become cards: all but the heading and what stands above it."""
    if len(table.rows) < 2:
        return int(bool(table.rows) and not headings.any_known(table.rows[0][1]))
    choice = guess(table)
    return len(table.rows) - choice.header - choice.above


def _named(sheets: list[Read]) -> dict[str, Read]:
    """Returns {name on one line, which no two have: sheet}."""
    found: dict[str, Read] = {}
    for sheet in sheets:
        name = first = clean_name(sheet.name) or "?"
        number = 1
        while name in found:
            number += 1
            name = f"{first} ({number})"
        found[name] = sheet
    return found


def _ours(tables: dict[str, Table]) -> str:
    """Returns the name of the sheet with the cards, where the workbook is a memoria that we have written; else ''."""
    kinds = {name: headings.ours(table.rows[0][1]) for name, table in tables.items() if table.rows}
    return next((name for name, kind in kinds.items() if kind == "cards"), "") if "summary" in kinds.values() else ""
