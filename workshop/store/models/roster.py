"""Models who is expected, and who was there on which day."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.store.models.base import ONE_TREE, Base, key, to, where_said


class ExpectedPerson(Base):
    """Stores somebody who is expected, from before they come. `code`: a short code of their own, by which they find
    themselves at the door; `channel`: from where they will take part, "" where nobody has said; `seat_id`: the seat that
    they have taken."""

    __tablename__ = "expected_person"
    __table_args__ = where_said(__tablename__, "seat_id")
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    name: Mapped[str] = mapped_column(String(80))
    delegation_id: Mapped[str | None] = to("delegation")
    channel: Mapped[str] = mapped_column(String(10), default="", server_default="")
    code: Mapped[str] = mapped_column(String(12), unique=True)
    created_at: Mapped[datetime]
    seat_id: Mapped[str | None] = to("seat")
    taken_at: Mapped[datetime | None]


class Presence(Base):
    """Stores that a seat was there on a day (ISO, in the workshop's first zone): heard for the first time at `arrived_at`,
    and in the five minutes after `last_at`. Where nobody is to see who wrote, both are quarters of an hour, which tell of no
    card whose it is."""

    __tablename__ = "presence"
    __table_args__ = ONE_TREE
    seat_id: Mapped[str] = to("seat", primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    arrived_at: Mapped[datetime]
    last_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(10))
