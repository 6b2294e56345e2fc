"""Invites those who have been silent for long to write: each for themselves, once in a step; nobody else learns of it."""
from datetime import timedelta

from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.visibility import Viewer
from workshop.store.counts.nudges import last_words
from workshop.store.models import Notice, RoomSeat
from workshop.store.models.notices import NUDGE
from workshop.store.visibility.notices import hint
from workshop.words import _, count

LONG = timedelta(minutes=3)  # in the room and in the step without a word


class Nudge(Shape):
    """Names the room in which those who are silent are invited."""

    room: str = Field(max_length=40)


@verb("room.nudge", Nudge)
def nudge(work: InRoom, payload: Nudge) -> None:
    """Invites those who have not written in this step, gently and once; the answer says how many in `nudged`. Refusal
    `not_now`: nobody can write now, or what is written is private, so that who is silent is nobody's to know."""
    room = work.room
    step = steps.now(room)
    if steps.state(room) != "open" or room.paused_at or "ideas" not in step["opens"] or steps.sees(room) != steps.ROOM:
        raise Refusal("not_now")
    began = room.step_at or work.now
    inside = [row.seat_id for row in work.session.scalars(select(RoomSeat).where(
        RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None))) if work.now - max(row.at, began) >= LONG]
    wrote = last_words(work.session, [room.id], inside)
    asked = set(work.session.scalars(select(Notice.seat_id).where(
        Notice.room_id == room.id, Notice.kind == NUDGE, Notice.at >= began)))
    silent = [seat for seat in inside if seat not in asked and wrote.get((room.id, seat), began - LONG) < began]
    for seat in silent:
        row = Notice(id=new_id(), stream_id=room.stream_id, workshop_id=work.workshop.id, kind=NUDGE, room_id=room.id,
                     seat_id=seat, at=work.now)
        work.session.add(row)
        eyes = Viewer(work.workshop.id, work.workshop.privacy, "participant", frozenset({seat}))
        work.session.changes.waiting.append((seat, room.stream_id, hint(eyes, row)))
    work.session.flush()
    work.beside["nudged"] = len(silent)
    if silent:
        work.remember(room.id, None, {"nudged": len(silent)}, work.workshop.id)


@tells("room.nudge", team="room")
def _nudged(act: Act) -> Sentence:
    n = count("{n} person", "{n} people", int(act.after.get("nudged") or 0))
    return Sentence(_("{who} invited {people} to write.", **act.names | {"people": n}),
                    _("invited {people} in room {room} to write.", **act.names | {"people": n}))
