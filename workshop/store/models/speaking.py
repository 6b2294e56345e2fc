"""Models the plenary: the speakers' list, the questions to all."""
from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import ONE_TREE, Base, Numbered, key, to


class Floor(Base, Numbered):
    """Stores by which rules the plenary of a workshop speaks and asks. `open`: hands can be raised; `rule`, `minutes`:
    domain/speaking/order.py, `minutes` where they are not the usual ones; `asking`: questions can be asked; `queue`: they
    wait until somebody lets them out; `nameless`: one may ask without one's name."""

    __tablename__ = "floor"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", unique=True)
    stream_id: Mapped[str] = to("stream", index=True)
    open: Mapped[bool] = mapped_column(default=True, server_default=true())
    rule: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[Json]
    asking: Mapped[bool] = mapped_column(default=True, server_default=true())
    queue: Mapped[bool]
    nameless: Mapped[bool]


class Speech(Base, Numbered):
    """Stores that somebody asked for the word, and spoke. `number`: counted in the workshop; `delegation_id`: for whom they
    speak, None for themselves; `called`: how they want to be called where names are not shown; `entered_by`: the account
    that raised the hand for them; `pin`: the place to which it was moved by hand; `seconds`: how many it may take."""

    __tablename__ = "speech"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop")
    stream_id: Mapped[str] = to("stream", index=True)
    number: Mapped[int]
    seat_id: Mapped[str] = to("seat", index=True)
    delegation_id: Mapped[str | None] = to("delegation")
    kind: Mapped[str] = mapped_column(String(10))
    called: Mapped[str] = mapped_column(String(80), default="", server_default="")
    channel: Mapped[str] = mapped_column(String(10))
    entered_by: Mapped[str | None] = mapped_column(String(40))
    raised_at: Mapped[datetime]
    pin: Mapped[int | None]
    seconds: Mapped[int | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lowered_at: Mapped[datetime | None]


class Question(Base, Numbered):
    """Stores a question to all. `nameless`: nobody is told who asked; `supports`: how many want it answered."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop")
    stream_id: Mapped[str] = to("stream", index=True)
    number: Mapped[int]
    seat_id: Mapped[str] = to("seat", index=True)
    entered_by: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    nameless: Mapped[bool]
    supports: Mapped[int] = mapped_column(default=0, server_default="0")
    asked_at: Mapped[datetime]
    let_out_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class Support(Base):
    """Stores that a seat wants a question answered; `given` false: no more. Never a card, as a ballot is none."""

    __tablename__ = "support"
    __table_args__ = ONE_TREE
    question_id: Mapped[str] = to("question", primary_key=True)
    seat_id: Mapped[str] = to("seat", primary_key=True, index=True)
    given: Mapped[bool]
    rev: Mapped[int]
