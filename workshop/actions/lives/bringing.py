"""Brings in a workshop from a file that somebody with an account has sent: one that leads to nothing but itself.

Whoever administers the server imports files that may name people of it (`workshop import`). Of a file from a page nothing
may lead outside of it: not a card onto another workshop's board, not an act into another's record, not a sentence under a
real person's account. So every identifier is made anew, people's too, and what then leads elsewhere is left out where it may
be, and refused where not.
"""
import json

from workshop.actions.importing import FORMAT, renamed, tables_of
from workshop.actions.lives.belonging import target_of
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.store.files import dump
from workshop.store.models.base import Base

MOST = 2 * 1024 * 1024  # bytes; larger ones are imported at the command line
NAMING = ("_id", "_by")  # ends of columns that name a row
ALSO = frozenset({"copy_of", "merged_into"})


def read(file: bytes) -> Json:
    """Returns the content of the file as `import_workshop` takes it, leading to nothing outside. Raises Refusal `bad_file`,
    `file_too_big`."""
    if len(file) > MOST:
        raise Refusal("file_too_big", limit=MOST // 1024 ** 2)
    try:
        return {"format": FORMAT, "tables": _closed(renamed(tables_of(json.loads(file)), strangers=True))}
    except (ValueError, RecursionError):
        raise Refusal("no_workshop_file") from None
    except (TypeError, AttributeError, KeyError):
        raise Refusal("bad_file", where="tables") from None


def _closed(tables: dict[str, list[Json]]) -> dict[str, list[Json]]:
    ids = {name: {row["id"] for row in rows if isinstance(row.get("id"), str)} for name, rows in tables.items()}
    every = set().union(*ids.values())
    return {table.__tablename__: [kept for i, row in enumerate(tables[table.__tablename__])
                                  if (kept := _row(table, row, ids, every, f"{table.__tablename__}[{i}]"))]
            for table in dump.TABLES}


def _row(table: type[Base], row: Json, ids: dict[str, set[str]], every: set[str], where: str) -> Json | None:
    """Returns the row, leading to rows of the file only; None where a link would lead outside."""
    for column in dump.columns(table):
        value = row.get(column.key)
        target = target_of(column)
        if value is None or not (target or column.key.endswith(NAMING) or column.key in ALSO):
            continue
        if not isinstance(value, str):
            raise Refusal("bad_file", where=f"{where}.{column.key}")
        within = every if target is None or table.__tablename__ == "history" else ids.get(target, set())
        if value in within or (value in every and not column.foreign_keys):
            continue
        if table.__tablename__ == "link":
            return None
        if not column.nullable:
            raise Refusal("bad_file", where=f"{where}.{column.key}")
        row = row | {column.key: None}
    source = row["settings"].get("source") if isinstance(row.get("settings"), dict) else None
    if source is not None and source not in ids["activity"]:
        raise Refusal("bad_file", where=f"{where}.settings")
    if isinstance(row.get("payload"), dict):  # of what came late: it goes onto the board on which it stands
        row = row | {"payload": row["payload"] | {"activity": row.get("activity_id")}}
    return row
