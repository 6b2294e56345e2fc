"""Identifies people: read from the store for every command; never from the memory of a socket."""
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, and_, bindparam, select

from workshop.domain import roles
from workshop.domain.people.tokens import PREFIX, is_token
from workshop.store.fast.prepared import Question
from workshop.store.models import Account, Device, DeviceSeat, Membership, ProgramToken, RoomSeat, Seat
from workshop.store.transaction import Session


def hashed(secret: str) -> str:
    """Hashes the secret of a cookie, a link or a program, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Granted:
    """Describes what a program has of a membership of its account: the lower of the two roles, in the same room or in all
    (None)."""

    account_id: str
    workshop_id: str
    role: str
    room_id: str | None


@dataclass
class Who:
    """Describes somebody as the store knows them now.

    `rooms` (seat id -> rooms it is in) is None until somebody has asked; `former`: they came with the secret before the
    device's last one, and have the seats that it had then. `program`: what the program is called whose token this is, "" for
    a browser; its `device` is the token's row, and it ends at `until`.
    """

    device: Device | ProgramToken
    seats: dict[str, Seat] = field(default_factory=dict)
    memberships: list[Membership] | list[Granted] = field(default_factory=list)
    rooms: dict[str, set[str]] | None = None
    former: bool = False
    program: str = ""
    until: datetime | None = None

    @property
    def as_device(self) -> Device:
        """Returns the device, of anybody but a program."""
        return cast(Device, self.device)

    @property
    def as_token(self) -> ProgramToken:
        """Returns the token, of a program."""
        return cast(ProgramToken, self.device)

    def is_over(self, now: datetime) -> bool:
        """Tells whether a program's time is over."""
        return self.until is not None and self.until <= now

    def inside(self, session: Session, seats: Collection[str]) -> frozenset[str]:
        """Lists the rooms in which `seats` are."""
        if self.rooms is None:
            self.rooms = rooms_of(session, self.seats)
        return frozenset(room for seat in seats for room in self.rooms.get(seat, ()))

    @property
    def settles(self) -> bool:
        """Tells whether this proves that the device has got its new secret, while the former still opens."""
        return not (self.former or self.program) and self.device.former_hash is not None  # type: ignore[union-attr]  # no token

    def role_in(self, workshop_id: str, room_id: str | None = None) -> str | None:
        """Returns the strongest staff role for the workshop (a rapporteur of one room counts in that room only)."""
        held = {m.role for m in self.memberships if m.workshop_id == workshop_id and m.room_id in (None, room_id)}
        return next((role for role in (roles.OWNER, roles.FACILITATOR, roles.RAPPORTEUR) if role in held), None)

    def observes(self, workshop_id: str) -> bool:
        """Tells whether they observe the whole workshop."""
        return any(m.workshop_id == workshop_id and m.role == roles.OBSERVER and not m.room_id for m in self.memberships)

    def rapporteur_of(self, workshop_id: str) -> frozenset[str]:
        """Lists the rooms of the workshop of which they are the rapporteur, where they are not of all; of a program that
        only observes, those of its account."""
        return frozenset(m.room_id for m in self.memberships
                         if m.workshop_id == workshop_id and m.role in (roles.RAPPORTEUR, roles.OBSERVER) and m.room_id)


def seat_of(session: Session, who: Who, key: str) -> Seat | None:
    """Finds the seat of theirs that this is, or into which it was joined: what its page had not sent yet comes as theirs."""
    if seat := who.seats.get(key):
        return seat
    former = session.get(Seat, key, populate_existing=True)
    return who.seats.get(former.joined_id) if former and former.joined_id else None


def identify(session: Session, secret: str | None) -> Who | None:
    """Identifies the holder of `secret`, of a cookie or of a program; None when unknown or revoked."""
    if not secret:
        return None
    if secret.startswith(PREFIX) and is_token(secret):
        return _programs(session, [secret]).get(secret)
    held = hashed(secret)
    rows = session.execute(HOLDER, {"hash": held}).all()
    former = not rows
    rows = rows or session.execute(HOLDER_OF_FORMER, {"hash": held}).all()
    if not rows:
        return None
    rooms: dict[str, set[str]] = {}
    who = Who(rows[0][0], rooms=rooms, former=former)
    for _device, seat, room in rows:
        if seat:
            who.seats[seat.id] = seat
            rooms.setdefault(seat.id, set()).update({room} - {None})
    if who.device.account_id:
        who.memberships = list(session.scalars(_memberships([who.device.account_id])))
    return who


def _all_of(query: Select[*tuple[Any, ...]], column: Any, *of_seats: Any) -> Select[*tuple[Any, ...]]:
    """Finds the device that `column` leads to, with its seats in the order in which they were taken, and where each of them
    is."""
    return (query.select_from(Device).outerjoin(DeviceSeat, DeviceSeat.device_id == Device.id)
            .outerjoin(Seat, and_(Seat.id == DeviceSeat.seat_id, Seat.revoked_at.is_(None), *of_seats))
            .outerjoin(RoomSeat, and_(RoomSeat.seat_id == Seat.id, RoomSeat.left_at.is_(None)))
            .where(column == bindparam("hash"), Device.revoked_at.is_(None)).order_by(DeviceSeat.at))


def _programs(session: Session, secrets: list[str]) -> dict[str, Who]:
    """Identifies the programs that hold these tokens, by token. One question, in which a token that is unknown, one that was
    revoked and one whose account has lost its role look alike; that one is over, only a clock can tell (`Who.is_over`)."""
    by_hash = {hashed(secret): secret for secret in secrets}
    found: dict[str, Who] = {}
    for token, membership in session.execute(
            select(ProgramToken, Membership).join(Account, Account.id == ProgramToken.account_id)
            .join(Membership, and_(Membership.account_id == ProgramToken.account_id,
                                   Membership.workshop_id == ProgramToken.workshop_id))
            .where(ProgramToken.token_hash.in_(by_hash), ProgramToken.revoked_at.is_(None), Account.disabled_at.is_(None))
            .order_by(Membership.id)):
        who = found.setdefault(by_hash[token.token_hash], Who(token, rooms={}, program=token.name, until=token.expires_at))
        granted: list[Any] = who.memberships
        granted.append(Granted(token.account_id, token.workshop_id, roles.lower(token.role, membership.role),
                               membership.room_id))
    return found


BEFORE = DeviceSeat.at < Device.renewed_at
WHOLE = select(Device, Seat, RoomSeat.room_id)
HOLDER, HOLDER_OF_FORMER = _all_of(WHOLE, Device.secret_hash), _all_of(WHOLE, Device.former_hash, BEFORE)


EYES = select(Device.id, Device.account_id, Device.former_hash, Seat.id.label("seat"), Seat.workshop_id, Seat.delegation_id,
              RoomSeat.room_id)
LOOK_UP = Question(_all_of(EYES, Device.secret_hash))
LOOK_UP_FORMER = Question(_all_of(EYES, Device.former_hash, BEFORE))


@dataclass(frozen=True)
class Carried:
    """Holds what visibility needs of a seat."""

    id: str
    workshop_id: str
    delegation_id: str | None


def look_up(session: Session, secret: str | None) -> Who | None:
    """Identifies like `identify`, in one question and read-only: devices and seats have just the columns that visibility
    needs."""
    if not secret:
        return None
    if secret.startswith(PREFIX) and is_token(secret):
        return identify(session, secret)
    rows = LOOK_UP.rows(session, hash=hashed(secret))
    former = not rows
    if former:
        rows = LOOK_UP_FORMER.rows(session, hash=hashed(secret))
    if not rows:
        return None
    rooms: dict[str, set[str]] = {}
    who = Who(rows[0], rooms=rooms, former=former)
    for row in rows:
        if row.seat:
            carried: Any = Carried(row.seat, row.workshop_id, row.delegation_id)  # it has what visibility asks of a Seat
            who.seats[row.seat] = carried
            rooms.setdefault(row.seat, set()).update({row.room_id} - {None})
    if rows[0].account_id:
        who.memberships = list(session.scalars(_memberships([rows[0].account_id])))
    return who


def _memberships(accounts: Collection[str]) -> Select[Membership]:
    """Selects the memberships of the accounts; a disabled account has none any more."""
    return select(Membership).join(Account, Account.id == Membership.account_id).where(
        Membership.account_id.in_(accounts), Account.disabled_at.is_(None))


def identify_many(session: Session, secrets: Iterable[str]) -> dict[str, Who]:
    """Identifies the holder of each secret, in a few questions however many there are; unknown and revoked ones are missing.

    Devices and seats come as rows with the columns that visibility needs, not as objects to change.
    """
    tokens = [secret for secret in secrets if is_token(secret)]
    programs = _programs(session, tokens) if tokens else {}
    by_hash = {hashed(secret): secret for secret in secrets if not is_token(secret)}
    found: dict[str, Who] = {}  # by hash
    device: Any  # a row with the columns that visibility needs, as are the seats
    seat: Any
    for former, column in enumerate((Device.secret_hash, Device.former_hash)):
        if wanted := by_hash.keys() - found:
            for device in session.execute(
                    select(Device.id, Device.account_id, Device.renewed_at, column.label("hash"))
                    .where(column.in_(wanted), Device.revoked_at.is_(None))):
                found[device.hash] = Who(device, rooms={}, former=bool(former))
    of: dict[str, list[Who]] = {}
    for who in found.values():
        of.setdefault(who.device.id, []).append(who)
    for seat in session.execute(
            select(Seat.id, Seat.workshop_id, DeviceSeat.device_id, DeviceSeat.at)
            .join(DeviceSeat, DeviceSeat.seat_id == Seat.id)
            .where(DeviceSeat.device_id.in_(of), Seat.revoked_at.is_(None))):
        for who in of[seat.device_id]:
            if not who.former or seat.at < who.as_device.renewed_at:
                who.seats[seat.id] = seat
    accounts = {who.device.account_id for who in found.values() if who.device.account_id}
    memberships = session.scalars(_memberships(accounts)).all() if accounts else []
    rooms = rooms_of(session, {seat for who in found.values() for seat in who.seats})
    for who in found.values():
        who.memberships = [m for m in memberships if m.account_id == who.device.account_id]
        who.rooms = {seat: rooms[seat] for seat in who.seats if seat in rooms}
    return programs | {by_hash[held]: who for held, who in found.items()}


def rooms_of(session: Session, seats: Collection[str]) -> dict[str, set[str]]:
    """Lists {seat id: rooms it is in}."""
    found: dict[str, set[str]] = {}
    for seat, room in session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).where(
            RoomSeat.seat_id.in_(seats), RoomSeat.left_at.is_(None))):
        found.setdefault(seat, set()).add(room)
    return found
