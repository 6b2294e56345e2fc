"""Keeps ideas that came after their step or room had closed in the late tray; none is dropped."""
from datetime import datetime
from typing import Any, Protocol

from workshop.domain.ids import new_id
from workshop.domain.limits import clean_text
from workshop.domain.shapes import Body, Json
from workshop.store.models import Activity, Contribution, LateTray, Room, Seat
from workshop.store.transaction import Session
from workshop.store.visibility import circles

LATE = frozenset({"room_closed", "step_closed", "time_over", "room_paused", "withdrawn", "left_room",
                  "column_closed", "not_now"})


class Work(Protocol):
    """Describes what the tray asks of a command's context; commands are above the store."""

    session: Session
    now: datetime
    verb: str
    age_ms: int
    seat: Seat | None
    @property
    def room(self) -> Room: ...
    @property
    def activity(self) -> Activity: ...
    @property
    def target(self) -> Contribution: ...

    def touch(self, row: Any, stream_id: str | None = None) -> None: ...


def keep(work: Work, payload: Json, reason: str) -> str | None:
    """Stores the payload in the tray of the room; returns the tray id, None when there is nothing to keep."""
    body = payload.get("body") or {}
    text = _said(body)
    if not text:
        return None
    # Late or not: private until the reveal, but who has left the room has no circle there any more.  The inbox is for what
    # is in time.
    seat = work.seat.id if work.seat else None
    circle = None if reason == "left_room" else circles.circle_of(work.session, work.room, seat)
    line = circle or work.room.stream_id
    if work.verb == "contribution.edit":
        payload = {"activity": work.activity.id, "id": payload["id"], "place": work.target.place,
                   "parent": work.target.parent_id}
    payload = payload | {"body": body | {"text": text}}
    row = LateTray(id=new_id(), stream_id=line, room_id=work.room.id, activity_id=work.activity.id,
                   seat_id=seat, verb=work.verb, payload=payload, reason=reason,
                   age_ms=work.age_ms, at=work.now)
    work.session.add(row)
    work.touch(row)
    return row.id


def _said(body: Body) -> str:
    """Returns the text of a card; where it has only fields, the first that is filled."""
    fields = body.get("fields")
    values = [body.get("text"), *(fields.values() if isinstance(fields, dict) else ())]
    return next((text for value in values if isinstance(value, str) and (text := clean_text(value))), "")
