"""Writes the memoria as JSON: everything, so that `workshop import` makes an equal workshop of it.

Whoever administers the server gets all rows; a download from a page does not tell more of votes than the pages do.
"""
import json
from collections.abc import Sequence

from workshop.domain.shapes import Json
from workshop.exports.chapters import outline
from workshop.exports.model import RoomPart
from workshop.exports.votes import plain
from workshop.store.files import dump
from workshop.store.transaction import Session

FORMAT = "tinkuy/1"


def everything(session: Session, workshop_id: str, shown: bool = False) -> Json:
    """Collects {format, chapters, tables: {name: [row]}}; `chapters` says which room stands where in the memoria.

    No password, e-mail, cookie, re-entry code or screen key is in it; `shown`: nor who voted what, nor what a hidden vote
    has so far.
    """
    tables = dump.rows(session, workshop_id, shown)
    return {"format": FORMAT, "chapters": outline(tables["room"]), "tables": tables}


def write(session: Session, workshop_id: str, shown: bool = False, rooms: Sequence[RoomPart] = ()) -> bytes:
    """Writes the same as a file, with one row a line so that two of them can be compared. `rooms` of the report: what was
    told of their steps and votes stands there in words too, which no import reads."""
    found = everything(session, workshop_id, shown)
    tables = ",\n".join(f"{json.dumps(name)}: {_lines(rows)}" for name, rows in found["tables"].items())
    results = [{"room": room.number, "title": room.title, "votes": plain(room.votes), "steps": [
        {"step": one.title, "people": one.people, "hall": one.hall} for one in room.steps]} for room in rooms]
    return (f'{{"format": {json.dumps(FORMAT)}, "chapters": {json.dumps(found["chapters"])}, "results": {_lines(results)}, '
            f'"tables": {{\n{tables}\n}}}}\n').encode(errors="backslashreplace")  # half a pair is written as JSON escapes it


def _lines(rows: list[Json]) -> str:
    """Orders columns by name; what people filled in keeps its order (fields of a card come as the board has them)."""
    return "[" + ",".join("\n" + json.dumps(dict(sorted(row.items())), ensure_ascii=False) for row in rows) + "]"
