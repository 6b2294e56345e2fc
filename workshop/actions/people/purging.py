"""Purges rows that nobody can use any more: devices, and links that were handed over.

A cookie lives sixty days and is never prolonged without a new secret, so a device that was not seen for longer cannot come
back. What a device sent stays: answers (store/models/streams.py) are found by their outbox, and keep the device's id, which
is nobody's again.
"""
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select

from workshop.store.models import Device, DeviceSeat, Invitation, PasswordLink, ProgramToken, Seat
from workshop.store.rows_changed import rows_changed
from workshop.store.session import Store

COOKIE_LIFE = timedelta(days=60)
SETTLED = timedelta(days=1)  # a device that has just ended or come may still be asked for: its form may be sent again
LINKS_KEPT = timedelta(days=30)  # after they ended
AT_ONCE = 200  # rows of a transaction: nobody waits for long


def purge(store: Store, now: datetime, breathe: Callable[[], object] = lambda: None) -> dict[str, int]:
    """Removes what has ended; returns {"devices": n, "links": n}. `breathe` is called between two transactions. Raises
    RetryLater."""
    return {"devices": _devices(store, now, breathe), "links": _links(store, now)}


def _devices(store: Store, now: datetime, breathe: Callable[[], object]) -> int:
    removed = 0
    while True:
        with store.write() as session:
            ids = list(session.scalars(select(Device.id).where(_ended(now)).limit(AT_ONCE)))
            session.execute(delete(DeviceSeat).where(DeviceSeat.device_id.in_(ids)))
            session.execute(delete(Device).where(Device.id.in_(ids)))
        removed += len(ids)
        if len(ids) < AT_ONCE:
            return removed
        breathe()


def _ended(now: datetime) -> ColumnElement[bool]:
    """Selects devices that are revoked; not signed in and with nobody on them; or signed in, with nobody on them, and not
    seen for as long as a cookie lives."""
    seated = exists().where(DeviceSeat.device_id == Device.id, Seat.id == DeviceSeat.seat_id, Seat.revoked_at.is_(None))
    last = func.coalesce(Device.seen_at, Device.signed_in_at, Device.created_at)
    return or_(Device.revoked_at < now - SETTLED,
               and_(Device.revoked_at.is_(None), Device.created_at < now - SETTLED, ~seated,
                    or_(Device.account_id.is_(None), last < now - COOKIE_LIFE)))


def _links(store: Store, now: datetime) -> int:
    """Removes links for passwords, invitations that were used, taken back or never accepted, and tokens of programs that
    ended."""
    with store.write() as session:
        before = now - LINKS_KEPT
        return sum(rows_changed(session, ended) for ended in (
            delete(PasswordLink).where(PasswordLink.expires_at < before),
            delete(Invitation).where(Invitation.expires_at < before, Invitation.created_at < before),
            delete(ProgramToken).where(or_(ProgramToken.revoked_at < before, ProgramToken.expires_at < before))))
