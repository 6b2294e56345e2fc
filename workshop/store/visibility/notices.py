"""Decides who sees messages, calls to a place and asked help, and renders them as cards."""
from collections.abc import Iterable

from sqlalchemy import select

from workshop.domain.roles import SCREEN
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer, author, moment
from workshop.store.models import Notice, NoticeRead
from workshop.store.models.notices import HELP, MESSAGE, NUDGE, SUMMONS
from workshop.store.transaction import Session


def is_for(viewer: Viewer, row: Notice) -> bool:
    """Tells whether it is said to the viewer: the team sees all but hints, nobody else what is said to other rooms. Before
    the wall nothing is said to anybody."""
    if row.kind == NUDGE or viewer.role == SCREEN:
        return False
    return (viewer.is_staff or row.kind == HELP or row.rooms is None or not viewer.rooms.isdisjoint(row.rooms)
            or not viewer.seats.isdisjoint(row.seats or ()))


def was_for(viewer: Viewer, row: Notice) -> bool:
    """Tells whether it is over and may still stand on the viewer's screen: whoever was moved took it along, and an audience
    knows of no single seat. So that it is over is told to people in every room, without what it said."""
    return row.over_at is not None and row.kind in (MESSAGE, SUMMONS) and viewer.role != SCREEN


def card(viewer: Viewer, row: Notice, seat: Json | None) -> Json | None:
    """Renders it for the viewer; None where it is over, or not for them. `seat`: what a card may say of who asks for help.
    """
    if row.over_at or not is_for(viewer, row):
        return None
    if row.kind == HELP:
        shown: Json = {"kind": HELP, "room": row.room_id, "at": moment(viewer, row.at)}
        if row.seen_at:
            shown["seen"] = {"by": row.seen_by, "at": moment(viewer, row.seen_at)}
        if viewer.is_staff:
            shown |= {"text": row.text} | (author(viewer, seat) if seat else {})
        return shown
    told: Json = {"kind": row.kind, "by": row.by, "at": row.at.isoformat(), "text": row.text}
    if row.rooms is not None:  # to whom else it is said, is the team's
        told["rooms"] = row.rooms if viewer.is_staff else sorted(viewer.rooms & set(row.rooms))
    if row.kind == MESSAGE:
        mine = sorted(viewer.seats & set(row.seats or ()))
        return told | ({"seats": mine} if mine else {})
    return told | ({"room": row.room_id} if row.room_id else {}) | ({"card": row.of_card} if row.of_card else {})


def hint(viewer: Viewer, row: Notice) -> Json:
    """Renders a hint for the one seat to which it is given: it travels to the devices of that seat, and in no stream."""
    return {"id": row.id, "seq": 0, "kind": NUDGE, "room": row.room_id, "at": moment(viewer, row.at)}


def read_by(session: Session, seats: Iterable[str], notices: Iterable[str]) -> set[str]:
    """Finds which of the notices all of these seats have read."""
    seats = set(seats)
    rows = session.execute(select(NoticeRead.notice_id, NoticeRead.seat_id).where(
        NoticeRead.notice_id.in_(list(notices)), NoticeRead.seat_id.in_(list(seats))))
    found: dict[str, set[str]] = {}
    for notice, seat in rows:
        found.setdefault(notice, set()).add(seat)
    return {notice for notice, by in found.items() if by == seats}
