"""Moves participants between rooms, as facilitators say."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.removal import seats_of
from workshop.actions.people.seats import leave, put
from workshop.domain.errors import Refusal
from workshop.domain.limits import SEATS_REMOVED
from workshop.store.models import Room, RoomSeat, Seat
from workshop.words import _


class Move(Shape):
    """Names the seats and the room where they are to be; None: in none, which is the lobby."""

    workshop: str = Field(max_length=40)
    seats: list[str] = Field(min_length=1, max_length=SEATS_REMOVED)
    to: str | None = Field(default=None, max_length=40)


@verb("seat.move", Move)
def move(work: InWorkshop, payload: Move) -> None:
    """Moves participants, all of them or none; their screens follow within a second. What they have not sent yet lands where
    they wrote it. Refusals: `not_here`, `room_not_open`, `room_closed`."""
    seats = seats_of(work, payload.seats)
    if any(seat.revoked_at for seat in seats):
        raise Refusal("not_here")
    room = _room(work, payload.to) if payload.to else None
    for seat in seats:
        there = work.session.execute(select(RoomSeat, Room).join(Room, Room.id == RoomSeat.room_id).where(
            RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_(None))).first()
        if (there.Room.id if there else None) == (room.id if room else None):
            continue
        if room:
            put(work.session, work.touch, room, seat, work.now)
        else:
            _out(work, seat, there.RoomSeat if there else None)
        work.remember(seat.id, {"room": _called(there.Room if there else None)}, {"room": _called(room)}, work.workshop.id)


@tells("seat.move", team="person")
def _moved(act: Act) -> Sentence:
    there = act.after.get("room")
    return Sentence(team=_("moved {name} to room {room}.", name=act.name, room=there) if there
                    else _("moved {name} to the lobby.", name=act.name))


def _room(work: InWorkshop, key: str) -> Room:
    room = work.session.get(Room, key)
    if room is None or room.workshop_id != work.workshop.id or room.kind != "group":
        raise Refusal("not_here")
    if room.opened_at is None:
        raise Refusal("room_not_open")
    if room.closed_at:
        raise Refusal("room_closed")
    return room


def _out(work: InWorkshop, seat: Seat, there: RoomSeat | None) -> None:
    if there:
        leave(work.session, work.touch, there, work.now)
        work.session.changes.seats_out.add(seat.id)


def _called(room: Room | None) -> str | None:
    return f"{room.number} · {room.title}" if room else None
