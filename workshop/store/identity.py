"""Who somebody is, read from the store for every command; never from the memory of a socket."""
import hashlib
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.domain import roles
from workshop.store.models import Device, DeviceSeat, Membership, Seat


def hashed(secret: str) -> str:
    """The form in which a cookie's secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass
class Who:
    """Somebody as the store knows them now."""

    device: Device
    seats: dict[str, Seat] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)

    def role_in(self, workshop_id: str, room_id: str | None = None) -> str | None:
        """The strongest staff role for the workshop (a rapporteur of one room counts in that room only)."""
        held = {m.role for m in self.memberships if m.workshop_id == workshop_id and m.room_id in (None, room_id)}
        return next((role for role in (roles.OWNER, roles.FACILITATOR, roles.RAPPORTEUR) if role in held), None)


def identify(session: Session, secret: str | None) -> Who | None:
    """Who holds the cookie `secret`; None when unknown or revoked."""
    if not secret:
        return None
    device = session.scalar(select(Device).where(Device.secret_hash == hashed(secret), Device.revoked_at.is_(None)))
    if device is None:
        return None
    seats = session.scalars(select(Seat).join(DeviceSeat, DeviceSeat.seat_id == Seat.id)
                            .where(DeviceSeat.device_id == device.id, Seat.revoked_at.is_(None)).order_by(DeviceSeat.at))
    who = Who(device, {seat.id: seat for seat in seats})
    if device.account_id:
        who.memberships = list(session.scalars(select(Membership).where(Membership.account_id == device.account_id)))
    return who
