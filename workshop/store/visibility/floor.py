"""Finds what the speakers' list is: who speaks, in which order the hands stand, what each delegation has spoken."""
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.domain.speaking import order as speaking
from workshop.store.models import Floor, Speech
from workshop.store.transaction import Session


def speeches(session: Session, workshop_id: str) -> Sequence[Speech]:
    """Lists all hands that went up, but those that were lowered, in the order in which they came."""
    return session.scalars(select(Speech).where(
        Speech.workshop_id == workshop_id, Speech.lowered_at.is_(None)).order_by(Speech.number)).all()


def minutes(floor: Floor | None) -> dict[str, int]:
    """Returns how long each kind of speech may take."""
    return speaking.MINUTES | (floor.minutes if floor else {})


def seconds(row: Speech) -> int:
    """Returns how long somebody has spoken."""
    return round((row.ended_at - row.started_at).total_seconds()) if row.started_at and row.ended_at else 0


def in_order(floor: Floor | None, rows: Iterable[Speech]) -> list[tuple[str, str]]:
    """Returns [(id, why)] of those who wait, in the order in which they will speak."""
    every = list(rows)
    waiting = [speaking.Hand(**_said(one), pin=one.pin) for one in every if one.started_at is None]
    spoken = [speaking.Spoken(**_said(one), seconds=seconds(one), by_hand=one.pin is not None)
              for one in sorted((one for one in every if one.started_at), key=lambda one: (one.started_at, one.number))]
    return speaking.order(floor.rule if floor else speaking.ARRIVAL, waiting, spoken, minutes(floor))


def card_of(session: Session, floor: Floor) -> Json:
    """Builds what the list's card says: {order, spent, n}: [[id, why]], {delegation: seconds of turns}, how many have spoken.
    """
    rows = speeches(session, floor.workshop_id)
    spent: dict[str, int] = {}
    for one in rows:
        if one.ended_at and one.kind == speaking.TURN and one.delegation_id:
            spent[one.delegation_id] = spent.get(one.delegation_id, 0) + seconds(one)
    return {"order": [list(one) for one in in_order(floor, rows)], "spent": spent,
            "n": sum(one.ended_at is not None for one in rows)}


def _said(one: Speech) -> dict[str, Any]:
    return {"id": one.id, "seat": one.seat_id, "group": one.delegation_id or "", "far": one.channel not in HALL,
            "kind": one.kind, "at": one.number}
