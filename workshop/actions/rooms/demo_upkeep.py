"""Keeps the demo going for hours: where its time is over, some is added, so that visitors can still write and vote."""
from datetime import datetime, timedelta

from sqlalchemy import select

from workshop.actions.performer import Performer
from workshop.store.models import Room, Workshop
from workshop.store.streams import numbering
from workshop.store.transaction import Session

AFTER = timedelta(seconds=30)  # one may see what a room is like when its time is over
MORE = timedelta(minutes=10)


def has_sample(session: Session) -> bool:
    """Tells whether a demo stands in this store."""
    return session.scalar(select(Workshop.id).where(Workshop.sample_at.is_not(None)).limit(1)) is not None


def over(session: Session, now: datetime) -> list[str]:
    """Lists the ids of the demo's rooms whose time has been over for a while."""
    return list(session.scalars(select(Room.id).join(Workshop, Workshop.id == Room.workshop_id).where(
        Workshop.sample_at.is_not(None), Room.opened_at.is_not(None), Room.closed_at.is_(None), Room.paused_at.is_(None),
        Room.deadline < now - AFTER)))


def keep_going(performer: Performer) -> int:
    """Gives them more time; returns to how many. Raises RetryLater."""
    with performer.store.read() as session:
        if not over(session, performer.clock()):
            return 0

    def more(session: Session, now: datetime) -> int:
        rooms = session.scalars(select(Room).where(Room.id.in_(over(session, now)))).all()
        numbering.lock(session, {room.workshop_id for room in rooms})
        for room in rooms:
            room.deadline = now + MORE
            numbering.touch(session, room, room.workshop_id)
        return len(rooms)
    return performer.by_itself(more)
