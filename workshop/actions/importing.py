"""Imports a JSON memoria as an equal workshop: all of it or nothing."""
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import FlushError

from workshop.actions import imported
from workshop.actions.imported_checks import FAULTS, ID
from workshop.domain.errors import Refusal
from workshop.domain.ids import REENTRY, new_code, new_id, new_token
from workshop.domain.people.names import clean_name
from workshop.domain.shapes import Json
from workshop.store.files import dump
from workshop.store.models import Account, Activity, ExpectedPerson, Membership, Room, Seat, Stream, Wall, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility.copies import CARRIES

FORMAT = "tinkuy/1"
OWN = {(Account, "name"), (Seat, "name")}  # of people: what of it cannot stand is left out, and the rest is theirs
# In these, words of people stand: nothing in them is an identifier, whatever it looks like.
WORDS = frozenset({"body", "text", "title", "name", "question", "columns", "label", "who", "when", "steps"})


def import_workshop(session: Session, now: datetime, content: Json, owner: Account | None = None, ours: bool = False
                    ) -> Workshop:
    """Imports the workshop of `content` ({format, tables}). Refusal `bad_file` names the place that is wrong.

    Where it is already here, every identifier is made anew and the copy knows whose copy it is; a code that is taken is
    replaced. Streams get a new epoch, so that screens of the old one begin afresh. `ours`: the rows come out of this store,
    and their values stand as they are.
    """
    tables = tables_of(content)
    origin = tables["workshop"][0].get("id")
    for name, rows in tables.items():
        for i, row in enumerate(rows):
            if name != "history" and "id" in row and not (isinstance(row["id"], str) and ID.fullmatch(row["id"])):
                raise Refusal("bad_file", where=f"{name}[{i}].id")
    if not origin:
        raise Refusal("bad_file", where="workshop[0].id")
    if session.get(Workshop, origin) or session.scalar(select(Stream.id).where(Stream.id == origin)):
        tables = renamed(tables)
    workshop: Workshop | None = None
    activities: dict[str, Json] = {}
    try:
        for table in dump.TABLES:
            for i, values in enumerate(tables[table.__tablename__]):
                row = _row(session, now, table, values, f"{table.__tablename__}[{i}]",
                           None if ours else activities)
                if isinstance(row, Workshop):
                    workshop = row
                    row.imported_from = origin
            session.flush()
    except (IntegrityError, StatementError, FlushError):
        raise Refusal("bad_file", where=table.__tablename__) from None
    assert workshop  # tables_of has seen that there is one
    if owner:
        session.add(Membership(workshop_id=workshop.id, account_id=owner.id, role="owner"))
        session.flush()
    return workshop


def tables_of(content: object) -> dict[str, list[Json]]:
    """Returns the rows of a file ({table: [row]}), of an older one with the columns that it lacks. Refusal `bad_file`."""
    if not isinstance(content, dict) or content.get("format") != FORMAT or not isinstance(content.get("tables"), dict):
        raise Refusal("no_workshop_file")
    tables: dict[str, list[Json]] = {name: [] for name in dump.LATER} | content["tables"]
    for table in dump.TABLES:
        found = tables.get(table.__tablename__)
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise Refusal("bad_file", where=table.__tablename__)
    if len(tables["workshop"]) != 1 or len(tables) != len(dump.TABLES):
        raise Refusal("bad_file", where="workshop")
    if not all("copy_of" in row for row in tables["contribution"]):
        tables["contribution"] = _copies(tables)
    for name, columns in dump.NEWER.items():
        tables[name] = [columns | row for row in tables[name]]
    for position, block in enumerate(tables["block"]):
        if block["day"] == "" and isinstance(block.get("starts_at"), str):  # of an older file
            block |= {"day": block["starts_at"][:10], "position": position}
    for room in tables["room"]:
        if not room["position"]:  # of an older file; the plenary has none
            room["position"] = room.get("number")
    return tables


def _copies(tables: dict[str, list[Json]]) -> list[Json]:
    """Finds the copied cards of an older file, in which only links tell which were copied from another board."""
    before = {row["source_id"]: row.get("target_id") for row in tables["link"]
              if row.get("kind") == CARRIES and isinstance(row.get("source_id"), str)}

    def original(card: Any) -> Any:
        seen: set[str] = set()
        # It was a copy itself; a damaged file may go round.
        while isinstance(card, str) and card in before and card not in seen:
            seen.add(card)
            card = before[card]
        return card
    return [row | {"copy_of": original(row.get("id")) if str(row.get("id")) in before else None}
            for row in tables["contribution"]]


def _row(session: Session, now: datetime, table: type[Any], values: Json, where: str,
         activities: dict[str, Json] | None) -> Any:
    """Makes the row of these values; `activities`: those read before, by their id; None: nothing is checked."""
    wanted = {column.key: column for column in dump.columns(table)}
    if set(values) != set(wanted):
        raise Refusal("bad_file", where=where)
    read = {}
    for key, column in wanted.items():
        try:
            given = dump.read_value(column, values[key])
            stands = given is None or (table, key) in OWN or activities is None
            read[key] = given if stands else imported.value(table, key, given)
        except FAULTS:
            raise Refusal("bad_file", where=f"{where}.{key}") from None
    try:
        read |= imported.together(table, read, activities) if activities is not None else {}
    except imported.Wrong as column:
        raise Refusal("bad_file", where=f"{where}.{column}") from None
    if table is Activity and activities is not None:
        activities[read["id"]] = read
    if table is Account:
        if session.get(Account, read["id"]):
            return None
        read |= {"email": f"{read['id']}@imported.invalid", "name": read["name"] and (clean_name(read["name"]) or "?"),
                 "password_hash": "", "created_at": now, "disabled_at": now}
    elif table is Workshop:
        taken = session.scalar(select(Workshop.id).where(Workshop.code == read["code"]))
        read |= {"screen_key": new_token()} | ({"code": new_code()} if taken else {})
    elif table is Seat:
        # In a file that does not tell who wrote, seats have no names.
        read |= {"reentry_code": new_code(REENTRY), "name": read["name"] and (clean_name(read["name"]) or "?")}
    elif table is ExpectedPerson:
        read |= {"code": new_code(REENTRY)}
    elif table is Wall and read["id"] != read["workshop_id"]:
        read |= {"key": new_token()}
    elif table is Room and not (0 <= read["step"] < len(read["steps"])):
        raise Refusal("bad_file", where=f"{where}.step")
    row = table(**read)
    session.add(row)
    return row


def renamed(tables: Json, strangers: bool = False) -> Json:
    """Returns the same rows under new identifiers, consistently; accounts keep theirs, they are people of this server, if
    they are not to be `strangers`."""
    accounts = set() if strangers else {row.get("id") for row in tables["account"]}
    new = {row["id"]: new_id() for name, rows in tables.items() for row in rows
           if isinstance(row.get("id"), str) and row["id"] not in accounts}

    def rename(value: Any) -> Any:
        if isinstance(value, str):
            return new.get(value, value)
        if isinstance(value, list):
            return [rename(one) for one in value]
        if isinstance(value, dict):
            return {new.get(key, key): one if _is_words(key, one) else rename(one) for key, one in value.items()}
        return value
    return {name: [rename(row) for row in rows] for name, rows in tables.items()}


def _is_words(key: str, value: Any) -> bool:
    """Tells whether people have written what stands under this key; who may vote in a vote they have not."""
    return key in WORDS and not (key == "who" and isinstance(value, dict))
