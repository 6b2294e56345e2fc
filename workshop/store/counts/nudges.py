"""Tells what came of hints to people who had been silent for long: whose still stand, for their own devices; how many were
given, and how many of those people have written since, for the team. Never who."""
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from workshop.domain.roles import PARTICIPANT
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.counts.breakdown import FEW
from workshop.store.models import Activity, Contribution, Notice, Room, Seat, Workshop
from workshop.store.models.notices import NUDGE
from workshop.store.transaction import Session
from workshop.store.visibility.notices import hint

Hint = tuple[str, str, Json]


def of_rooms(session: Session, rooms: Collection[Room]) -> dict[str, list[int]]:
    """Counts {room: [hints in the step that runs, people among them who have written since]} where there were any."""
    since = {room.id: room.step_at for room in rooms if room.step_at}
    rows: list[tuple[str, str, datetime]] = [
        (room, seat, at) for room, seat, at in session.execute(select(Notice.room_id, Notice.seat_id, Notice.at).where(
            Notice.room_id.in_(list(since)), Notice.kind == NUDGE)) if room and seat and at >= since[room]]
    if not rows:
        return {}
    wrote = last_words(session, {room for room, _seat, _at in rows}, {seat for _room, seat, _at in rows})
    found: dict[str, list[int]] = {}
    for room, seat, at in rows:
        of = found.setdefault(room, [0, 0])
        of[0] += 1
        of[1] += wrote.get((room, seat), at) > at
    return found


def standing(session: Session, workshop_id: str) -> list[Hint]:
    """Lists the hints of the steps that run: (seat, stream, card for that seat), as long as it has not written since."""
    rows = session.execute(select(Notice, Workshop.privacy).join(Room, Room.id == Notice.room_id)
                           .join(Workshop, Workshop.id == Notice.workshop_id).where(
        Notice.workshop_id == workshop_id, Notice.kind == NUDGE, Room.opened_at.is_not(None), Room.closed_at.is_(None),
        Notice.at >= Room.step_at)).all()
    if not rows:
        return []
    given = [(row, privacy, row.room_id, row.seat_id) for row, privacy in rows if row.room_id and row.seat_id]
    wrote = last_words(session, {room for _, _, room, _ in given}, {seat for *_, seat in given})
    return [(seat, row.stream_id, hint(Viewer(workshop_id, privacy, PARTICIPANT, frozenset({seat})), row))
            for row, privacy, room, seat in given if wrote.get((room, seat), row.at) <= row.at]


def last_words(session: Session, rooms: Collection[str], seats: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Finds {(room, seat): when it wrote an idea or a comment there last}."""
    rows = session.execute(select(Activity.room_id, Contribution.seat_id, Contribution.created_at).join(
        Activity, Activity.id == Contribution.activity_id).where(
        Activity.room_id.in_(list(rooms)), Contribution.seat_id.in_(list(seats)),
        Contribution.kind.in_(("idea", "comment"))))
    last: dict[tuple[str, str], datetime] = {}
    for room, seat, at in rows:
        if seat is not None:
            last[room, seat] = max(at, last.get((room, seat), at))
    return last


def spoke_last(session: Session, workshop_id: str) -> dict[str, datetime | None]:
    """Finds {delegation of FEW people or more: when a card of one of them came before a whole room last}; None: never."""
    people = dict(session.execute(select(Seat.delegation_id, func.count()).where(
        Seat.workshop_id == workshop_id, Seat.revoked_at.is_(None), Seat.delegation_id.is_not(None))
        .group_by(Seat.delegation_id)).all())
    last = dict(session.execute(select(Seat.delegation_id, func.max(Contribution.created_at)).select_from(Contribution)
                .join(Seat, Seat.id == Contribution.seat_id).join(Activity, Activity.id == Contribution.activity_id)
                .join(Room, Room.id == Activity.room_id)
                .where(Room.workshop_id == workshop_id, Room.archived_at.is_(None), Contribution.kind == "idea",
                       Contribution.stream_id == Room.stream_id, Contribution.hidden_at.is_(None),
                       Contribution.withdrawn_at.is_(None)).group_by(Seat.delegation_id)).all())
    return {key: last.get(key) for key, n in people.items() if key and n >= FEW}
