"""Models what is said to people beside their boards: messages, calls to a place, and help that is asked for."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.store.models.base import ONE_TREE, Base, Numbered, key, to

MESSAGE, SUMMONS, HELP, NUDGE = "message", "summons", "help", "nudge"


class Notice(Base, Numbered):
    """Stores a message of the team, a call of it to a place, a group that asks for help, or a hint for one person.

    `rooms`: whom it is for, by the rooms in which they are (None: everybody); `seats`: who was there when a message was
    said, and gets it also where they go before they have read it; `room_id`: of help where it is asked, of a
    call where people are to go (None: to the plenary), with `of_card` to one of its cards; `seat_id`: who asks, or to whom
    alone it is said; `by`: the name of whoever said it, as it was then. Messages and calls travel in the workshop's
    stream, help in its room's; a hint travels in none. `over_at`: on no screen any more.
    """

    __tablename__ = "notice"
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    workshop_id: Mapped[str] = to("workshop", index=True)
    kind: Mapped[str] = mapped_column(String(10))
    rooms: Mapped[list[str] | None]
    seats: Mapped[list[str] | None]
    room_id: Mapped[str | None] = to("room")
    of_card: Mapped[str | None] = mapped_column(String(40))
    seat_id: Mapped[str | None] = to("seat")
    text: Mapped[str] = mapped_column(String(400), default="", server_default="")
    by: Mapped[str] = mapped_column(String(80), default="", server_default="")
    at: Mapped[datetime]
    seen_by: Mapped[str | None] = mapped_column(String(80))
    seen_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]


class NoticeRead(Base):
    """Stores that a seat has read a notice."""

    __tablename__ = "notice_read"
    __table_args__ = ONE_TREE
    notice_id: Mapped[str] = to("notice", primary_key=True)
    seat_id: Mapped[str] = to("seat", primary_key=True, index=True)
    at: Mapped[datetime]
