"""The late tray: ideas that came after their step or room had closed are kept, never dropped."""
from workshop.domain.ids import new_id
from workshop.domain.limits import clean_text
from workshop.store import circles
from workshop.store.models import LateTray

LATE = frozenset({"room_closed", "step_closed", "time_over", "room_paused", "withdrawn"})


def keep(work, payload: dict, reason: str) -> str | None:
    """Store the payload in the tray of the room; returns the tray id, None when there is nothing to keep."""
    if not clean_text(str(payload.get("body", {}).get("text", ""))):
        return None
    line = circles.line_of(work.session, work.room, work.seat and work.seat.id)  # late or not: private until the reveal
    if work.verb == "contribution.edit":
        payload = {"activity": work.activity.id, "id": payload["id"], "body": payload["body"], "place": work.target.place}
    row = LateTray(id=new_id(), stream_id=line, room_id=work.room.id, activity_id=work.activity.id,
                   seat_id=work.seat and work.seat.id, verb=work.verb, payload=payload, reason=reason,
                   age_ms=work.age_ms, at=work.now)
    work.session.add(row)
    work.touch(row)
    return row.id


