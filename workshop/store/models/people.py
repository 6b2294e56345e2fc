"""Models people: accounts, devices, seats."""
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import ONE_TREE, Base, Numbered, key, to, where_said


class Account(Base):
    """Stores a person with e-mail and password: facilitators, rapporteurs.

    The e-mail is a name to sign in with; nobody has checked whose it is. `password_hash` is empty until the owner has set
    one. `administrator`: may make workshops where not all may.
    """

    __tablename__ = "account"
    id: Mapped[str] = key()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="es")
    administrator: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Membership(Base):
    """Stores the role of an account in a workshop; a rapporteur's may be of one room."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("workshop_id", "account_id", "room_id"),)
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    account_id: Mapped[str] = to("account", index=True)
    role: Mapped[str] = mapped_column(String(20))
    room_id: Mapped[str | None] = to("room")


class ProgramToken(Base):
    """Stores the token of a program, which acts as the account in one workshop; of its secret only the hash is here.

    It has `role`, or less where the account itself has less there now. `name`: what the account calls the program;
    `used_at`: last used in the five minutes after that.
    """

    __tablename__ = "program_token"
    id: Mapped[str] = key()
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = to("account", index=True)
    workshop_id: Mapped[str] = to("workshop", index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Device(Base):
    """Stores one browser. The cookie holds a secret of which only the hash is here; revoking the row ends it at once.

    `former_hash`: of the secret before it. Until the device has shown that it got the new one, the former opens what it did
    before `renewed_at`. `account_id`: signed in to this account since `signed_in_at`, with `browser` ("Firefox · Android");
    its pages were last opened in the hour after `seen_at`.
    """

    __tablename__ = "device"
    __table_args__ = where_said(__tablename__, "former_hash", "account_id")
    id: Mapped[str] = key()
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    former_hash: Mapped[str | None] = mapped_column(String(64))
    renewed_at: Mapped[datetime | None]
    account_id: Mapped[str | None] = to("account")
    signed_in_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    browser: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Seat(Base):
    """Stores one participant: a person in a delegation, at a site or far away; not a socket, not a phone."""

    __tablename__ = "seat"
    __table_args__ = where_said(__tablename__, "came_from", "joined_id")
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    name: Mapped[str] = mapped_column(String(80))
    delegation_id: Mapped[str | None] = to("delegation")
    site_id: Mapped[str | None] = to("site")
    channel: Mapped[str] = mapped_column(String(10))
    reentry_code: Mapped[str] = mapped_column(String(12), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(40))
    # A hash of the address it came from (actions/people/address_limits.py), for the two hours in which somebody may want to
    # know.
    came_from: Mapped[str | None] = mapped_column(String(16))
    # What they said of themselves where they were asked (domain/people/declared.py): facilitators and draws alone read it.
    declared: Mapped[Json | None]
    # The seat of the same person into which it was joined: nobody sits here any more.
    joined_id: Mapped[str | None] = mapped_column(String(40))


class DeviceSeat(Base):
    """Links a device and a seat that it carries; one device may carry several, one seat may be on several devices."""

    __tablename__ = "device_seat"
    __table_args__ = ONE_TREE
    device_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seat_id: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)
    at: Mapped[datetime]


class BarredDevice(Base):
    """Bars a device from new seats in a workshop, since the seat `seat_id` that it carried was removed for good."""

    __tablename__ = "barred_device"
    __table_args__ = ONE_TREE
    workshop_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seat_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


class RoomSeat(Base, Numbered):
    """Stores that a seat is in a room since `at`; the latest is where it is now. The raised hand is a moment, not a flag;
    `raised_at` stays when it is down again."""

    __tablename__ = "room_seat"
    __table_args__ = (UniqueConstraint("room_id", "seat_id"), *where_said(__tablename__, "alone", "pair", "four"))
    id: Mapped[str] = key()
    stream_id: Mapped[str] = to("stream", index=True)
    room_id: Mapped[str] = to("room")
    seat_id: Mapped[str] = to("seat", index=True)
    at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    hand_at: Mapped[datetime | None]
    raised_at: Mapped[datetime | None]
    # Streams of cards not yet shown to the room (store/visibility/circles.py): this seat's own, its pair's, its four's.
    alone: Mapped[str | None] = mapped_column(String(40))
    pair: Mapped[str | None] = mapped_column(String(40))
    four: Mapped[str | None] = mapped_column(String(40))
