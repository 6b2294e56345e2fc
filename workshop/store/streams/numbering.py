"""Numbering: every changed card gets the next number of its stream, inside the transaction."""
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.store.changes import StreamChange, changes_of
from workshop.store.fast import fast_insert
from workshop.store.fast.memo import kept_of
from workshop.store.models import Stream


def lock(session: Session, workshops: Collection[str]) -> None:
    """Take the lines of whole workshops, in id order, before anything of theirs is read.

    The workshop's own line stands for those of its rooms: a command may cross them (somebody leaves one room for another,
    a summary is published) and which ones is known only after reading.  What was read before the lock could be old by
    the time it is written.  SQLite has taken its one lock with BEGIN IMMEDIATE.
    """
    held = changes_of(session).locked
    held.update(wanted := set(workshops) - held)
    if wanted and session.get_bind().dialect.name != "sqlite":
        fast_insert.settle(session)  # the rows are read anew
        # FOR NO KEY UPDATE: rows that only refer to the line (joins, tray) need not wait.
        session.scalars(select(Stream).where(Stream.id.in_(wanted)).order_by(Stream.id).with_for_update(key_share=True)
                        .execution_options(populate_existing=True)).all()


def locked(session: Session, workshop_id: str) -> bool:
    """Whether this session may number changes of the workshop."""
    return session.get_bind().dialect.name == "sqlite" or workshop_id in changes_of(session).locked


def touch(session: Session, row: Any, stream_id: str | None = None) -> int:
    """Give `row` the next number of its stream; returns it.  The caller has locked the workshop, and calls
    `fast_insert.settle` before the transaction ends (`Store.write` does)."""
    key = stream_id or row.stream_id
    stream = _stream(session, key)
    touched = changes_of(session).streams
    change = touched.get(key)
    if change is None:
        change = touched[key] = StreamChange(stream.epoch, stream.seq, stream.seq)
    row.seq = change.now = fast_insert.count_up(session, stream, "seq")
    change.rows[row.id] = row
    return change.now


def _stream(session: Session, stream_id: str) -> Stream:
    memory = kept_of(session).memory
    stream: Stream | None = memory.row(session, Stream, stream_id) if memory else session.get(Stream, stream_id)
    if stream is None:
        raise LookupError(f"no stream {stream_id}")
    return stream
