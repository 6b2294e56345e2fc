"""Lays boards out as tables: the fields of structured cards are columns, and a matrix is one."""
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workshop.domain.shapes import Place, Settings

if TYPE_CHECKING:
    from workshop.exports.model import Card

WIDE = 8  # columns from which a table lies on its side


@dataclass
class Table:
    """Holds headings and rows; `sizes`: how wide each column is beside the others. `matrix`: its first column names the
    rows."""

    headings: list[str]
    rows: list[list[str]]
    sizes: list[float]
    matrix: bool = False
    wide: bool = False  # it wants a page on its side


def _field(title: str, card: "Card") -> str:
    return card.fields.get(title, "")


def of_cards(cards: Sequence["Card"], words: dict[str, str]) -> Table:
    """Makes a row for each card: its number, its text where it says more than the fields, where it stands if that differs, a
    column for each field, whose it is."""
    fields = list(dict.fromkeys(title for card in cards for title in card.fields))
    columns: list[tuple[str, float, Callable[[Card], str]]] = [(words["number"], 1.0, lambda card: card.number)]
    if said := sum(bool(card.text) for card in cards):  # as wide as so many want it
        columns.append((words["text"], 1.0 + said / len(cards), lambda card: card.text))
    if len({card.column for card in cards}) > 1:
        columns.append((words["column"], 1.1, lambda card: card.column))
    columns += [(title, 1.5, partial(_field, title)) for title in fields]
    if any(card.delegation for card in cards):
        columns.append((words["delegation"], 1.2, lambda card: card.delegation))
    return Table([title for title, _size, _of in columns], [[of(card) for _title, _size, of in columns] for card in cards],
                 [size for _title, size, _of in columns], wide=len(columns) >= WIDE)


def of_matrix(settings: Settings, placed: list[tuple[Place, str]], titles: dict[str, str], corner: str) -> Table | None:
    """Makes a table of a matrix; `placed`: (place, text) of each card of a matrix with the settings. Rows that a group has
    named stand after the board's; cards without a row come last, under no title. None where the board is no matrix of
    columns."""
    columns = [one["key"] for one in settings.get("columns") or ()]
    if settings.get("layout") != "matrix" or not columns:
        return None
    known = [one["key"] for one in settings.get("rows") or ()]
    rows: dict[str, dict[str, list[str]]] = {key: {} for key in known}
    for place, text in placed:
        column: str = place.get("column", "")
        rows.setdefault(place.get("row") or "", {}).setdefault(column if column in columns else columns[0], []).append(text)
    last = rows.pop("", None)
    lines = [*rows.items(), *([("", last)] if last else [])]
    return Table([corner, *(titles.get(key, key) for key in columns)],
                 [[titles.get(key, key) if key else "", *("\n".join(cells.get(column, ())) for column in columns)]
                  for key, cells in lines],
                 [1.2, *(1.0 for _column in columns)], matrix=True, wide=len(columns) + 1 >= WIDE)
