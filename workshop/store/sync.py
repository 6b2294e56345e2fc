"""Numbering: every changed card gets the next number of its stream, inside the transaction."""
from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.store.models import Stream


def lock(session: Session, ids) -> None:
    """Take the streams in id order, so that two processes never wait for each other (SQLite is locked already)."""
    if session.get_bind().dialect.name != "sqlite":
        session.scalars(select(Stream).where(Stream.id.in_(sorted(ids))).order_by(Stream.id)
                        .with_for_update().execution_options(populate_existing=True)).all()


def touch(session: Session, row, stream_id: str | None = None) -> int:
    """Give `row` the next number of its stream; returns it."""
    stream = session.get(Stream, stream_id or row.stream_id)
    stream.seq += 1
    row.seq = stream.seq
    session.info.setdefault("touched", set()).add(stream.id)
    return stream.seq
