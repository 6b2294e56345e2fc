"""Reads JSON as a table: our own memoria, lists of texts, lists of objects or of rows, one object a line; bounded in depth.
"""
import json
import re
from typing import Any

from workshop.domain.limits import clean_text
from workshop.domain.shapes import Json, Settings
from workshop.intake.table import COLUMNS, KEPT, Fault, Table, joined, too_wide

OURS = "tinkuy/"  # how the format of our own files begins (exports/everything.py)
DEPTH = 4  # of objects within an object of a list
LEAVES = 300  # values of one object
# Headings of our own cards, which the tables of headings know, and which no field is called by accident.
HEAD = ("Número", "Sala", "Columna", "Fila", "Carril", "Fecha", "Título", "Texto", "Autor", "Junto con")


BEGINS = re.compile(r"\s*(?:\{\s*\"|\[\s*[\[{\"])")  # what no list of ideas begins with, but for JSON that is broken


def read(text: str, called_so: bool = False) -> Table | None:
    """Returns the table of a JSON text; None where it is none. An object without lists is a row. What begins as only JSON
    does, or is `called_so`, is a fault with the place where it is broken."""
    if text.lstrip()[:1] not in ("[", "{"):
        return Table(faults=[Fault(0, "json_broken", {"at": 1, "character": 1})]) if called_so else None
    try:
        whole = _decoded(text)
    except json.JSONDecodeError as broken:
        if not (called_so or BEGINS.match(text)):
            return None
        return Table(faults=[Fault(0, "json_broken", {"at": broken.lineno, "character": broken.colno})])
    except (ValueError, RecursionError):
        return Table(faults=[Fault(0, "file_damaged", {})]) if called_so else None
    if isinstance(whole, dict) and str(whole.get("format", "")).startswith(OURS):
        try:
            return _table(_cards(whole["tables"]))
        except (KeyError, TypeError, AttributeError, ValueError):
            return Table(faults=[Fault(0, "file_damaged", {})])
    items = _items(whole)
    return _table(_rows(items if items is not None else [whole] if isinstance(whole, dict) else []))


def _decoded(text: str) -> Any:
    """Returns what the text says, with numbers as they are written; one object a line is a list."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as problem:
        lines = text.split("\n")
        if problem.msg != "Extra data" or not all(line.lstrip().startswith("{") for line in lines if line.strip()):
            raise
        return [_line(decoder, lines, at) for at, line in enumerate(lines) if line.strip()]


def _line(decoder: json.JSONDecoder, lines: list[str], at: int) -> Any:
    """Returns what a line says; a fault in it has its place in the whole text."""
    try:
        return decoder.decode(lines[at])
    except json.JSONDecodeError as broken:
        before = sum(len(line) + 1 for line in lines[:at])
        raise json.JSONDecodeError(broken.msg, "\n".join(lines), before + broken.pos) from None


def _items(whole: Any, depth: int = 2) -> list[Any] | None:
    """Returns the longest list of objects, else of texts or rows: the whole, or within an object; None where there is none.
    """
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict) or not depth:
        return None
    found = [items for value in whole.values() if (items := _items(value, depth - 1))]
    lists = [items for items in found if any(isinstance(one, dict) for one in items)] or found
    return max(lists, key=len, default=None)


def _rows(items: list[Any]) -> list[list[str]]:
    """Returns the rows of a list: a heading of all names of its objects, then what each says."""
    if not any(isinstance(one, dict) for one in items[:KEPT]):
        return [[_said(cell) for cell in one] if isinstance(one, list) else [_said(one)] for one in items[:KEPT]]
    flat = [_flat(one) if isinstance(one, dict) else {"texto": _said(one)} for one in items[:KEPT]]
    names = list(dict.fromkeys(name for one in flat for name in one))
    return [names, *([one.get(name, "") for name in names] for one in flat)]


def _flat(item: Json, before: str = "", depth: int = DEPTH) -> dict[str, str]:
    """Returns {name: what stands there} of an object; names of what is within it are parted by strokes, as in portals'
    tables."""
    found: dict[str, str] = {}
    for name, value in list(item.items())[:LEAVES]:
        key = f"{before}/{name}" if before else str(name)
        if isinstance(value, dict) and depth:
            found |= _flat(value, key, depth - 1)
        else:
            found[key] = _said(value)
        if len(found) > LEAVES:
            break
    return found


def _said(value: Any, depth: int = DEPTH) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth:
        return "\n".join(filter(None, (_said(one, depth - 1) for one in value)))
    if isinstance(value, dict) and depth:
        return "\n".join(filter(None, (_said(one, depth - 1) for one in value.values())))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else "…"


def _table(rows: list[list[str]]) -> Table:
    """Returns the table of rows of text, without columns in which nothing stands."""
    cleaned = [[clean_text(cell) for cell in row] for row in rows]
    width = max((len(row) for row in cleaned), default=0)
    used = [at for at in range(width) if any(at < len(row) and row[at] for row in cleaned[len(cleaned) > 1:])]
    table = Table()
    for line, row in enumerate(cleaned, 1):
        cells = [row[at] if at < len(row) else "" for at in used]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS:
            table.faults.append(too_wide(line, cells, COLUMNS))
        elif joined(cells):
            table.rows.append((line, cells))
        if len(table.rows) == KEPT:
            break
    return table


def _cards(tables: Json) -> list[list[str]]:
    """Returns the cards of a memoria that we have written, with the words of their places, in the order of rooms and
    numbers."""
    rooms = {room["id"]: int(room["number"]) for room in tables["room"]}
    seats = {seat["id"]: seat.get("name") or "" for seat in tables.get("seat", ())}
    boards = {one["id"]: one for one in tables["activity"] if one["kind"] == "ideas"}
    shown = [card for card in tables["contribution"] if card["kind"] == "idea" and card["activity_id"] in boards
             and not card.get("hidden_at") and not card.get("withdrawn_at")]
    called = {card["id"]: f"R{int(card['home'] or rooms.get(boards[card['activity_id']]['room_id'], 0))}-"
              f"{int(card['number'] or 0):03d}" for card in shown}
    found: list[Any] = []
    extra: Json = {}
    for card in shown:
        board = boards[card["activity_id"]]
        room, number, settings = rooms.get(board["room_id"], 0), int(card["number"] or 0), board["settings"]
        place = {part: _title(settings, names, card["place"].get(part)) for part, names in (
            ("column", "columns"), ("row", "rows"), ("lane", "lanes"))}
        home, into = int(card["home"] or room), called.get(card.get("merged_into"), "")
        cells = [f"R{home}-{number:03d}", str(room), *place.values(), card["place"].get("at") or "",
                 card["body"].get("title") or "", card["body"]["text"], seats.get(card["seat_id"], ""), into]
        fields = {_title(settings, "fields", key): value for key, value in (card["body"].get("fields") or {}).items()}
        extra |= dict.fromkeys(fields)
        found.append(((room, home, number), cells, fields))
    found.sort(key=lambda one: one[0])
    return [[*HEAD, *extra], *([*cells, *(fields.get(name, "") for name in extra)] for _at, cells, fields in found)]


def _title(settings: Settings, part: str, key: str | None) -> str:
    """Returns the words for what is named by its key; the key where there are none."""
    title = next((one["title"] for one in settings.get(part) or () if one["key"] == key), key) or ""
    return title if isinstance(title, str) else title.get("es") or next(iter(title.values()), "")
