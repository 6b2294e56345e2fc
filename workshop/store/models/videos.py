"""Models the videos of blocks; the bytes are in the data folder (workshop/media)."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.store.models.base import Base, key, to


class Video(Base):
    """Stores a video that was put on a block. A block shows the newest that is not removed.

    `file`: the id under which the bytes stand; a copy of the workshop has rows of its own, and the same file. `block_id` is
    missing once its block was deleted: then it only waits until its file is removed (actions/programme/videos.py).
    """

    __tablename__ = "video"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    block_id: Mapped[str | None] = to("block", index=True)
    file: Mapped[str] = mapped_column(String(40), index=True)
    type: Mapped[str] = mapped_column(String(40))  # video/mp4, video/webm
    size: Mapped[int]  # bytes
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[int | None]
    still: Mapped[bool]  # whether there is a picture of it
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was sent
    account_id: Mapped[str | None] = to("account")  # who put it there
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None] = mapped_column(String(40))
