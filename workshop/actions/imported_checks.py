"""Checks values of an imported file one by one: numbers, moments, names, texts; each check returns the form that is stored,
or raises one of FAULTS."""
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NoReturn

from workshop.domain.errors import Refusal
from workshop.domain.limits import DEPTH, KEPT, clean_text, is_plain
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Axis, Room

NUMBER, FIGURE = 2**31 - 1, 1e9  # the largest of a column, of a figure within a JSON value
YEARS = range(1971, 2500)  # of moments; before and after, zones of the world lead out of the calendar
ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
NAMED = re.compile(r"[a-z][a-z_.]{0,39}")  # verbs, reasons, kinds of entries of the programme
POINTS = re.compile(r".*_(id|by)|id|by|step|copy_of|merged_into|into")  # columns that name something
FROM_ONE = {"number", "next_number", "next_room", "home", "rev"}


def number(value: int, key: str, table: Any) -> int:
    """Checks a number of a column: none is below nothing, and what is counted from one begins there."""
    least = 1 if key in FROM_ONE and not (key == "number" and table in (Room, Axis)) else 0
    return value if least <= value <= NUMBER else no()


def moment(value: datetime | date) -> datetime | date:
    """Checks a moment or day that every zone can show."""
    return value if value.year in YEARS else no()


def named(value: str) -> str:
    """Checks an identifier, or what has the form of one."""
    return value if ID.fullmatch(value) else no()


def line(most: int, empty: bool = False) -> Callable[[str], str]:
    """Checks a name on one line, as people type it."""
    def check(value: str) -> str:
        cleaned = typed_name(value, most)
        return cleaned if cleaned or (empty and not value) else no()
    return check


def text(most: int, empty: bool = True) -> Callable[[Any], str]:
    """Checks a text of several lines, as people write it."""
    def check(value: Any) -> str:
        cleaned = clean_text(value) if isinstance(value, str) else no()
        return cleaned if len(cleaned) <= most and (cleaned or empty) else no()
    return check


def one_of(*known: str) -> Callable[[Any], Any]:
    """Checks one of a few words."""
    return lambda value: value if isinstance(value, str) and value in known else no()


def looks(shape: re.Pattern[str]) -> Callable[[str], str]:
    """Checks a word of ours."""
    return lambda value: value if shape.fullmatch(value) else no()


def list_of(check: Callable[..., Any], least: int = 0, most: int = 1000) -> Callable[[Any], list[Any]]:
    """Checks a list of what `check` takes."""
    def every(value: object) -> list[Any]:
        return [check(one) for one in value] if isinstance(value, list) and least <= len(value) <= most else no()
    return every


def tidy(value: Any, depth: int = DEPTH) -> Any:
    """Cleans a JSON value: its texts and keys lose what no text keeps; no figure is larger than FIGURE."""
    if isinstance(value, str):
        return value.translate(KEPT)
    if isinstance(value, dict) and depth:
        return {tidy(key): tidy(one, depth - 1) for key, one in value.items()}
    if isinstance(value, list) and depth:
        return [tidy(one, depth - 1) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return value if isinstance(value, int | float) and is_plain(value) and abs(value) <= FIGURE else no()


def tidied(value: Json) -> Json:
    """Cleans an object."""
    tidied: Json = tidy(value)
    return tidied



# What checks raise of values that are not what they should be.
FAULTS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError, Refusal)


def no() -> NoReturn:
    raise ValueError("cannot be")
