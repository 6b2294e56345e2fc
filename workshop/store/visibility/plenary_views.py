"""Renders the cards of the plenary: the speakers' list, its hands, the questions to all.

A speaker is heard by name: in workshops with names (or aliases) the list says it. Where nobody is to see who wrote, a hand
is a number, unless somebody says for that turn how they want to be called; nobody, of the team neither, is told whose it is.
"""
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.domain.speaking import order as speaking
from workshop.domain.visibility import Viewer, author, moment
from workshop.store.models import Floor, Question, Speech
from workshop.store.transaction import Session
from workshop.words.bidi import isolate


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


def order_of(session: Session, floor: Floor) -> Json:
    """Builds what the list's card says: {order: [[id, why]], spent: {delegation: seconds of turns}, n: how many spoke}."""
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


def floor(row: Floor, order: Json) -> Json:
    """Renders the rules of the plenary, with the order of the hands."""
    return {"kind": "speaking", "open": row.open, "rule": row.rule, "minutes": minutes(row), "asking": row.asking,
            "queue": row.queue, "nameless": row.nameless} | order


def speech(viewer: Viewer, row: Speech, seat: Json) -> Json | None:
    """Renders a hand that is up, or who speaks; nothing when they have spoken."""
    if row.lowered_at or row.ended_at:
        return None
    card = author(viewer, seat) | {"kind": "speech", "number": row.number, "as": row.kind, "for": row.delegation_id,
                                   "channel": row.channel}
    if viewer.privacy == "anonymous":
        card |= {"name": isolate(row.called)} if row.called else {}
    elif viewer.is_staff:
        card["seat"] = row.seat_id
    if row.entered_by and viewer.is_staff:
        card["entered"] = True
    if row.started_at:
        card |= {"since": row.started_at.isoformat(), "seconds": row.seconds}
    return card


def question(viewer: Viewer, row: Question, seat: Json) -> Json | None:
    """Renders a question; one that waits only for the team and who asked."""
    mine = {"mine": row.seat_id} if row.seat_id in viewer.seats else {}
    if row.dropped_at or (row.let_out_at is None and not (viewer.is_staff or mine)):
        return None
    card = {"kind": "question", "number": row.number, "text": row.text, "supports": row.supports,
            "at": moment(viewer, row.asked_at)} | (mine if row.nameless else author(viewer, seat))
    if row.nameless:
        card["nameless"] = True
    if row.answered_at:
        card["answered"] = True
    return card | ({} if row.let_out_at else {"waits": True})
