"""Models the walls: pages that show a hall what the desk sends."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import Base, Numbered, key, to


class Wall(Base, Numbered):
    """Stores one wall of a workshop and what stands on it. Its card travels in the workshop's stream.

    The first wall has the workshop's id and its `screen_key`, and no row until somebody sends it something. `shown`: None
    until then, else {blocks: [{kind, size?, …}]} or {blank: true}; `before`: the same of what stood there before it. `rev`
    counts what was sent, so that two who send at once learn of each other.
    """

    __tablename__ = "wall"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    key: Mapped[str | None] = mapped_column(String(60), unique=True)  # in its address; None: the workshop's
    theme: Mapped[str] = mapped_column(String(10), default="", server_default="")
    far: Mapped[int] = mapped_column(default=60, server_default="60")  # the last row, in tenths of the picture's height
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    shown: Mapped[Json | None]
    before: Mapped[Json | None]
    rev: Mapped[int] = mapped_column(default=0, server_default="0")
    shown_by: Mapped[str | None] = mapped_column(String(40))
    shown_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
