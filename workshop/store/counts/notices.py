"""Counts who has read what was said to them, for the team: never a list of persons in order, but who may not know it yet."""
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from workshop.domain.shapes import Json
from workshop.store.counts import numbers
from workshop.store.models import Notice, NoticeRead, Seat
from workshop.store.models.notices import MESSAGE, SUMMONS
from workshop.store.transaction import Session


def standing(session: Session, workshop_id: str) -> list[Notice]:
    """Lists the messages and calls that stand on screens, the latest first."""
    return list(session.scalars(select(Notice).where(
        Notice.stream_id == workshop_id, Notice.kind.in_((MESSAGE, SUMMONS)), Notice.over_at.is_(None))
        .order_by(Notice.at.desc(), Notice.id)))


def counts(session: Session, workshop_id: str) -> dict[str, int]:
    """Counts {message or call: how many have read it} of those that stand."""
    return dict(session.execute(
        select(NoticeRead.notice_id, func.count()).join(Notice, Notice.id == NoticeRead.notice_id)
        .where(Notice.stream_id == workshop_id, Notice.over_at.is_(None)).group_by(NoticeRead.notice_id)).all())


def readers(session: Session, workshop_id: str) -> list[Json]:
    """Describes each that stands: {id, kind, text, by, at, rooms, room, card, read, of, unread: {room ("" for
    none): names}}, of those for whom it is now and of who has read it."""
    told = standing(session, workshop_id)
    if not told:
        return []
    people, names = numbers.people(session, workshop_id), _names(session, workshop_id)
    read: dict[str, set[str]] = {}
    for row in session.execute(select(NoticeRead.notice_id, NoticeRead.seat_id).where(
            NoticeRead.notice_id.in_([one.id for one in told]))):
        read.setdefault(row.notice_id, set()).add(row.seat_id)
    return [_described(one, _whom(one, people), read.get(one.id, set()), names) for one in told]


def _names(session: Session, workshop_id: str) -> dict[str, str]:
    return dict(session.execute(select(Seat.id, Seat.name).where(Seat.workshop_id == workshop_id)).all())


def _whom(one: Notice, people: Iterable[Any]) -> list[Any]:
    return [seat for seat in people if one.rooms is None or seat.room_id in one.rooms or seat.id in (one.seats or ())]


def _described(one: Notice, whom: list[Any], read: set[str], names: dict[str, str]) -> Json:
    unread: dict[str, list[str]] = {}
    for seat in whom:
        if seat.id not in read:
            unread.setdefault(seat.room_id or "", []).append(names[seat.id])
    of = {seat.id for seat in whom} | read
    return {"id": one.id, "kind": one.kind, "text": one.text, "by": one.by, "at": one.at.isoformat(), "rooms": one.rooms,
            "room": one.room_id, "card": one.of_card, "read": len(read), "of": len(of),
            "unread": {room: sorted(who) for room, who in unread.items()}}
