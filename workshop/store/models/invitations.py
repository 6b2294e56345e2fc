"""Models links that are handed over: invitations to a role in a workshop, links for setting a password.

Only the hash of each link is stored; whoever holds the link counts as the person it was handed to.
"""
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.store.models.base import Base, key, to


class Invitation(Base):
    """Stores a role in a workshop that waits until somebody accepts it.

    `name` and `email` are what the inviter wrote, to recognise the entry and to fill in a form; they prove nothing.
    `account_id`: the one account that may accept it; without it whoever has the link may, once. `revoked_at`: taken back, or
    declined.
    """

    __tablename__ = "invitation"
    id: Mapped[str] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    workshop_id: Mapped[str] = to("workshop", index=True)
    role: Mapped[str] = mapped_column(String(20))
    room_id: Mapped[str | None] = to("room")
    name: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    account_id: Mapped[str | None] = to("account", index=True)
    made_by: Mapped[str] = to("account")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str | None] = to("account")
    revoked_at: Mapped[datetime | None]


class PasswordLink(Base):
    """Stores a link with which the owner of an account sets its password, once."""

    __tablename__ = "password_link"
    id: Mapped[str] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = to("account", index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
