"""Models private methods of facilitators; those of the library are files (workshop/methods)."""
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.store.models.base import Base, key, to


class Method(Base):
    """Stores a method that only its account sees.

    `text` is its YAML, which passed domain/methods/checking.check when it was saved; `key` is the one inside the text;
    `revision` counts the saves.
    """

    __tablename__ = "method"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    id: Mapped[str] = key()
    account_id: Mapped[str] = to("account")
    key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
