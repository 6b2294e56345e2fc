"""Numbers changes: every changed card gets the next number of its stream, inside the transaction, under a lock.

SQLite has taken its one lock with BEGIN IMMEDIATE. On PostgreSQL a command that stays in its room locks the room, and shares
the workshop's own stream with those in other rooms; one that may cross rooms (somebody leaves one for another, a summary is
published) has the workshop's stream for itself. What was read before the lock could be old by the time it is written.
"""
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from workshop.store.fast.prepared import Question
from workshop.store.fast.statement import Compiled, Statement, cache
from workshop.store.models import Room, Stream
from workshop.store.transaction import Session, StreamChange

ROOM = Question(select(Room.id).where(Room.id == bindparam("room")))


class TooNarrow(Exception):
    """Reports a change outside the room that the command has locked: it begins again, with its workshop locked."""


def lock(session: Session, workshops: Iterable[str], rooms: dict[str, str] | None = None) -> bool:
    """Locks whole workshops, and rooms {id: its workshop} of others, in the order of their ids, before anything of theirs is
    read.

    Tells whether something was locked that was not before: what was read until then may be old. Raises TooNarrow where a
    room of the workshop is locked already.
    """
    changes = session.changes
    wanted = set(workshops) - changes.locked
    if wanted & set(changes.rooms.values()):
        raise TooNarrow
    changes.locked |= wanted
    narrow = {room: of for room, of in (rooms or {}).items() if of not in changes.locked and room not in changes.rooms}
    if session.is_sqlite or not (wanted or narrow):
        return False
    settle(session)  # the rows are read again
    changes.rooms |= narrow
    session.memory.hold(Room, narrow)
    # FOR NO KEY UPDATE: rows that only refer to it (joins, tray) need not wait.
    locks: tuple[tuple[Any, set[str], bool], ...] = (
        (Stream, wanted, False), (Stream, set(narrow.values()), True), (Room, set(narrow), False))
    for table, keys, share in locks:
        if keys and (driver := session.driver):
            driver.put(_locking(table.__tablename__, "SHARE" if share else "NO KEY UPDATE"), [(sorted(keys),)])
        elif keys:
            session.scalars(select(table).where(table.id.in_(keys)).order_by(table.id).with_for_update(
                read=share, key_share=not share).execution_options(populate_existing=True)).all()
    return True


@cache
def _locking(table: str, how: str) -> Statement:
    return Statement(f"SELECT 1 FROM {table} WHERE id = ANY ($1) ORDER BY id FOR {how}", ("text[]",))  # noqa: S608


def locked(session: Session, workshop_id: str, room_id: str | None) -> bool:
    """Tells whether this session may number changes in the room, or (None) of the whole workshop; SQLite need not be asked.
    """
    changes = session.changes
    return workshop_id in changes.locked or room_id in changes.rooms


def touch(session: Session, row: Any, stream_id: str | None = None) -> int:
    """Gives `row` the next number of its stream; returns it. The caller has locked the workshop or the room, and calls
    `settle` before the transaction ends (`Store.write` does). Raises TooNarrow."""
    key = stream_id or row.stream_id
    touched = session.changes.streams
    change = touched.get(key)
    if change is None:
        if session.changes.rooms:
            _may(session, key)
        stream = _stream(session, key)
        change = touched[key] = StreamChange(stream.epoch, stream.seq, stream.seq)
    else:
        stream = _stream(session, key)
    row.seq = change.now = count_up(session, stream, "seq")
    change.rows[row.id] = row
    return change.now


def _may(session: Session, key: str) -> None:
    """Checks the lock: where rooms are locked, only their streams and those of their circles may be changed."""
    changes = session.changes
    if key in changes.rooms or key in changes.locked:
        return
    if key in changes.rooms.values() or ROOM.rows(session, room=key):
        raise TooNarrow


def _stream(session: Session, stream_id: str) -> Stream:
    stream: Stream | None = session.memory.row(session, Stream, stream_id)
    if stream is None:
        raise LookupError(f"no stream {stream_id}")
    return stream


def count_up(session: Session, row: Any, name: str) -> int:
    """Raises the whole number `row.name` by one; `settle` writes it. Returns it."""
    value: int = getattr(row, name) + 1
    set_committed_value(row, name, value)
    session.changes.numbers[row, name] = value
    return value


def settle(session: Session) -> None:
    """Writes the numbers that went up."""
    changes = session.changes
    numbers, changes.numbers = changes.numbers, {}
    for (row, name), value in numbers.items():
        session.memory.wrote(row)
        if (driver := session.driver) is None:
            session.connection().execute(_count(type(row), name), {"value": value, "row": row.id})
        else:
            compiled = _counting(type(row), name, driver.kind)
            driver.put(compiled.statement, [compiled.row({"value": value, "row": row.id})])


@cache
def _count(table: type[Any], name: str) -> Update:
    rows = table.__table__
    return update(rows).where(rows.c.id == bindparam("row")).values({name: bindparam("value")})


@cache
def _counting(table: type[Any], name: str, kind: str) -> Compiled:
    return Compiled(_count(table, name), kind)
