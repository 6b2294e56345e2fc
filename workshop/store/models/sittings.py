"""Models attendance: each step as it was held in a room, and the seats that were in the room meanwhile."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import ONE_TREE, Base, key, to


class Sitting(Base):
    """Stores a step as it was held in a room, with the votes that it opened. It ends when the room goes on, closes, or opens
    other votes; steps may be changed and removed afterwards."""

    __tablename__ = "sitting"
    id: Mapped[str] = key()
    room_id: Mapped[str] = to("room", index=True)
    step: Mapped[str] = mapped_column(String(40))  # its key
    title: Mapped[Json | None]
    opens: Mapped[list[str]]  # ids of the votes
    at: Mapped[datetime]
    until: Mapped[datetime | None]  # when its time was over and nobody could vote any more; None: whoever came could
    ended_at: Mapped[datetime | None]


class Attended(Base):
    """Stores that a seat was in the room during a sitting, since `at` at the latest. It stays when the seat goes on, is
    removed, or is erased: then `seat_id` is nobody's, and the count is still right."""

    __tablename__ = "attended"
    __table_args__ = ONE_TREE
    sitting_id: Mapped[str] = to("sitting", primary_key=True)
    seat_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    delegation_id: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
