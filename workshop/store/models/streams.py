"""Models streams of changes, remembered answers, history."""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.store.models.base import ONE_TREE, Base, key


class Stream(Base):
    """Stores one ordered stream of changes. `epoch` changes when the database is restored from a copy."""

    __tablename__ = "stream"
    id: Mapped[str] = key()
    epoch: Mapped[str] = mapped_column(String(40), default=new_id)
    seq: Mapped[int] = mapped_column(default=0)


class Answer(Base):
    """Stores the answer given to command `n` of outbox `client`: asked again, it is given again."""

    __tablename__ = "answer"
    __table_args__ = ONE_TREE
    client: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    device_id: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(32))
    answer: Mapped[Json]
    at: Mapped[datetime]


class History(Base):
    """Stores who did what to what, with the state before and after; never shown to participants. `program`: the name of the
    program that did it for the account."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True)
    stream_id: Mapped[str] = mapped_column(String(40), index=True)
    verb: Mapped[str] = mapped_column(String(40))
    seat_id: Mapped[str | None] = mapped_column(String(40))
    account_id: Mapped[str | None] = mapped_column(String(40))
    program: Mapped[str | None] = mapped_column(String(80))
    target_id: Mapped[str | None] = mapped_column(String(40), index=True)
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    at: Mapped[datetime]
