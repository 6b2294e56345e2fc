"""Numbering: every changed card gets the next number of its stream, inside the transaction, under a lock.

SQLite has taken its one lock with BEGIN IMMEDIATE.  On PostgreSQL a command that stays in its room holds the room, and
shares the workshop's own stream with those in other rooms; one that may cross rooms (somebody leaves one for another, a
summary is published) has the workshop's stream for itself.  What was read before the lock could be old by the time it is
written.
"""
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workshop.store.changes import StreamChange, changes_of
from workshop.store.fast import fast_insert
from workshop.store.fast.driver import driver_of
from workshop.store.fast.memo import kept_of
from workshop.store.fast.prepared import Question
from workshop.store.fast.statement import Statement
from workshop.store.models import Room, Stream

ROOM = Question(select(Room.id).where(Room.id == bindparam("room")))


class TooNarrow(Exception):
    """What a command changes is not of the room that it has locked: it begins anew, with its workshop locked."""


def lock(session: Session, workshops: Iterable[str], rooms: dict[str, str] | None = None) -> bool:
    """Take whole workshops, and rooms {id: its workshop} of others, in the order of their ids, before anything of theirs is
    read.  Whether something was locked that was not before: what was read until then may be old.  Raises TooNarrow where a
    room of the workshop is held already."""
    changes = changes_of(session)
    wanted = set(workshops) - changes.locked
    if wanted & set(changes.rooms.values()):
        raise TooNarrow
    changes.locked |= wanted
    narrow = {room: of for room, of in (rooms or {}).items() if of not in changes.locked and room not in changes.rooms}
    if session.get_bind().dialect.name == "sqlite" or not (wanted or narrow):
        return False
    fast_insert.settle(session)  # the rows are read anew
    changes.rooms |= narrow
    if memory := kept_of(session).memory:
        memory.hold(Room, narrow)
    # FOR NO KEY UPDATE: rows that only refer to it (joins, tray) need not wait.
    locks: tuple[tuple[Any, set[str], bool], ...] = (
        (Stream, wanted, False), (Stream, set(narrow.values()), True), (Room, set(narrow), False))
    for table, keys, share in locks:
        if keys and (driver := driver_of(session)):
            driver.put(_locking(table.__tablename__, "SHARE" if share else "NO KEY UPDATE"), [(sorted(keys),)])
        elif keys:
            session.scalars(select(table).where(table.id.in_(keys)).order_by(table.id).with_for_update(
                read=share, key_share=not share).execution_options(populate_existing=True)).all()
    return True


@cache
def _locking(table: str, how: str) -> Statement:
    return Statement(f"SELECT 1 FROM {table} WHERE id = ANY ($1) ORDER BY id FOR {how}", ("text[]",))  # noqa: S608


def locked(session: Session, workshop_id: str, room_id: str | None) -> bool:
    """Whether this session may number changes in the room, or (None) of the whole workshop."""
    changes = changes_of(session)
    return (session.get_bind().dialect.name == "sqlite" or workshop_id in changes.locked
            or room_id in changes.rooms)


def touch(session: Session, row: Any, stream_id: str | None = None) -> int:
    """Give `row` the next number of its stream; returns it.  The caller has locked the workshop or the room, and calls
    `fast_insert.settle` before the transaction ends (`Store.write` does).  Raises TooNarrow."""
    key = stream_id or row.stream_id
    touched = changes_of(session).streams
    change = touched.get(key)
    if change is None:
        _may(session, key)
        stream = _stream(session, key)
        change = touched[key] = StreamChange(stream.epoch, stream.seq, stream.seq)
    else:
        stream = _stream(session, key)
    row.seq = change.now = fast_insert.count_up(session, stream, "seq")
    change.rows[row.id] = row
    return change.now


def _may(session: Session, key: str) -> None:
    """Where rooms are locked, other streams than theirs and those of the few in them are not to be touched."""
    changes = changes_of(session)
    if not changes.rooms or key in changes.rooms or key in changes.locked:
        return
    if key in changes.rooms.values() or ROOM.rows(session, room=key):
        raise TooNarrow


def _stream(session: Session, stream_id: str) -> Stream:
    memory = kept_of(session).memory
    stream: Stream | None = memory.row(session, Stream, stream_id) if memory else session.get(Stream, stream_id)
    if stream is None:
        raise LookupError(f"no stream {stream_id}")
    return stream
