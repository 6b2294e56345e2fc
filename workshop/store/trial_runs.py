"""Tells who took part in a trial run that was cleared, so that their devices are told why they are in no more."""
from sqlalchemy import select

from workshop.store.models import Cleared
from workshop.store.transaction import Session


def took_part(session: Session, workshop_id: str, seat: str | None = None, device: str | None = None) -> bool:
    """Tells whether a seat, or a device with its seats, was cleared from the workshop lately."""
    rows = session.scalar(select(Cleared.rows).where(Cleared.workshop_id == workshop_id))
    if rows is None:
        return False
    return any(row["id"] == seat for row in rows.get("seat", ())) or any(
        row["device_id"] == device for row in rows.get("device_seat", ()))
