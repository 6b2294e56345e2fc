"""Where a card stands: each layout knows its own kind of place.  Pure: whether a named card exists is not seen here."""
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.ids import ID
from workshop.domain.limits import clean_text
from workshop.domain.shapes import Card, Json, Option, Place, Settings

ROW = 80  # characters of a row that a group names itself
EXAMPLES = {"day": ("2021-10-12",), "month": ("2021-10", "2021-10-12"),  # what a scale takes, the coarsest first
            "year": ("2021", "2021-10", "2021-10-12")}
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def check(settings: Settings, place: Place) -> Json:
    """The place to keep, without what the layout does not use:

    columns   {column}: the first one unless said       matrix  {column?, row?}: a row is free text where rows are open
    timeline  {lane?, at?}: at is "2021", "2021-10" or "2021-10-12", not coarser than the scale
    tree      {column?, parent?}: the level, and the id of the card above       plane, list  {}

    Refusal `no_such_column`, `no_such_row`, `no_such_lane`, `bad_date`, `no_such_card`.
    """
    kept = LAYOUTS[settings.get("layout") or "columns"](settings, place)
    return {key: value for key, value in kept.items() if value is not None}


def _columns(settings: Settings, place: Place) -> Json:
    columns = settings.get("columns") or ()
    column = _column(settings, place)
    return {"column": columns[0]["key"] if columns and column is None else column}


def _matrix(settings: Settings, place: Place) -> Json:
    row = place.get("row")
    if settings.get("open_rows"):
        row = _line(row)
        for known in settings.get("rows") or ():
            called = known["title"]
            if row in (called.values() if isinstance(called, dict) else (called,)):
                row = known["key"]
    else:
        row = _one_of(settings.get("rows") or (), row, lambda: Refusal("no_such_row"))
    return {"column": _column(settings, place), "row": row}


def _timeline(settings: Settings, place: Place) -> Json:
    at = place.get("at") or None
    return {"lane": _one_of(settings.get("lanes") or (), place.get("lane"), lambda: Refusal("no_such_lane")),
            "at": at and moment(at, settings.get("scale"))}


def _tree(settings: Settings, place: Place) -> Json:
    parent = place.get("parent") or None
    if parent is not None and not (isinstance(parent, str) and ID.fullmatch(parent)):
        raise Refusal("no_such_card")
    return {"column": _column(settings, place), "parent": parent}


def _nowhere(settings: Settings, place: Place) -> Json:
    return {}


# What people may say of a card's place, by layout (a tree's card above is known by its id only).
SAID = {"columns": ("column",), "matrix": ("column", "row"), "timeline": ("lane", "at"), "tree": ("column",)}
NAMED = {"column": "columns", "row": "rows", "lane": "lanes"}  # where the settings name what can be said


def asked(settings: Settings) -> tuple[str, ...]:
    """The keys of a place that can be said of a card of this board."""
    return tuple(key for key in SAID.get(settings.get("layout") or "columns", ())
                 if key == "at" or settings.get(NAMED[key]) or (key == "row" and settings.get("open_rows")))


LAYOUTS = {"columns": _columns, "matrix": _matrix, "timeline": _timeline, "tree": _tree, "plane": _nowhere, "list": _nowhere}


# Whether a card has its place, in the layouts that know places; the same as PLACED in board-find.js.
PLACED: dict[str, Callable[[Place, bool], bool]] = {
    "matrix": lambda place, _drawn: bool(place.get("row") and place.get("column")),
    "timeline": lambda place, _drawn: bool(place.get("at")), "tree": lambda place, _drawn: bool(place.get("column")),
    "plane": lambda _place, drawn: drawn}


def unplaced(settings: Settings, card: Card, drawn: bool = False) -> bool:
    """Whether the card waits for a place; never where the layout has none.  `drawn`: it stands on the plane."""
    placed = PLACED.get(settings.get("layout") or "columns")
    return placed is not None and not placed(card.get("place") or {}, drawn)


def moment(at: object, scale: str | None = None) -> str:
    """A date as it is kept, or Refusal `bad_date`: a year, a month or a day that exists, not coarser than `scale`."""
    examples = EXAMPLES[scale or "year"]
    if not isinstance(at, str) or not DATE.fullmatch(at) or len(at) < len(examples[0]):
        raise Refusal("bad_date", example=" · ".join(examples))
    try:
        date.fromisoformat(at + "-01-01"[len(at) - 4:])
    except ValueError:
        raise Refusal("bad_date", example=" · ".join(examples)) from None
    return at


def _column(settings: Settings, place: Place) -> str | None:
    return _one_of(settings.get("columns") or (), place.get("column"), lambda: Refusal("no_such_column"))


def _one_of(choices: Iterable[Option], key: Any, otherwise: Callable[[], Refusal]) -> str | None:
    """The key, if one of the choices has it; None for nothing.  `otherwise()`: the refusal."""
    if not key:
        return None
    if not isinstance(key, str) or key not in [choice["key"] for choice in choices]:
        raise otherwise()
    return key


def _line(text: object) -> str | None:
    """What a group calls a row, on one line."""
    if text is None or text == "":
        return None
    line = " ".join(clean_text(text).split()) if isinstance(text, str) else ""
    if not line:
        raise Refusal("no_such_row")
    if len(line) > ROW:
        raise Refusal("too_long", limit=ROW, length=len(line))
    return line
