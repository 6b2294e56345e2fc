"""Models draws of people over rooms."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import Base, key, to


class Draw(Base):
    """Stores a draw: what was asked, {seat: room} that came of it, and how even that is (domain/draws).

    It is a proposal until `applied_at`, and only facilitators see it. `rules`: {pins, together, apart}. Where people were is
    told by RoomSeat and Attended, not by this.
    """

    __tablename__ = "draw"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    block_id: Mapped[str | None] = mapped_column(String(40))  # which may be gone
    way: Mapped[str] = mapped_column(String(20))
    seed: Mapped[str] = mapped_column(String(40))
    rooms: Mapped[list[str]]
    rules: Mapped[Json]
    result: Mapped[Json]
    certificate: Mapped[Json]
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(String(40))
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[str | None] = mapped_column(String(40))
