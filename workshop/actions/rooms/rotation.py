"""Rotates groups: everybody in a room goes on to the next one, the boards stay where they are (world café, carousel)."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.seats import put
from workshop.actions.rooms import stepping_back
from workshop.domain.errors import Refusal
from workshop.store.models import Room, RoomSeat, Seat
from workshop.words import _


class Rotate(Shape):
    """Lists the rooms in the order in which groups go through them; seats in `stay` (the hosts) do not go."""

    workshop: str = Field(max_length=40)
    rooms: list[str] = Field(min_length=2, max_length=60)
    stay: list[str] = Field(default=[], max_length=60)


@verb("rooms.rotate", Rotate)
def rotate(work: InWorkshop, payload: Rotate) -> None:
    """Moves the people of each room to the next of the list, from the last to the first. Refusal `room_not_open` if one is
    not."""
    found = {room.id: room for room in work.session.scalars(select(Room).where(
        Room.id.in_(payload.rooms), Room.workshop_id == work.workshop.id, Room.kind == "group"))}
    asked = dict.fromkeys(payload.rooms)
    ring = [found[key] for key in asked if key in found]
    if len(ring) < len(asked) or len(ring) < 2:
        raise Refusal("not_here")
    if any(room.opened_at is None or room.closed_at for room in ring):
        raise Refusal("room_not_open")
    going = []
    for room, following in zip(ring, [*ring[1:], ring[0]], strict=True):
        seats = work.session.scalars(select(Seat).join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
            RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None), Seat.id.not_in(payload.stay)))
        going += [(following, seat) for seat in seats]
    for room, seat in going:  # all are found before the first one goes
        put(work.session, work.touch, room, seat, work.now)
    for room in ring:
        stepping_back.note(work, room, "rotate", n=len(going))
        work.touch(room, work.workshop.id)
    work.remember(work.workshop.id, None, {"rooms": payload.rooms, "stay": payload.stay, "seats": len(going)},
                  work.workshop.id)


@tells("rooms.rotate", team="room")
def _rotated(act: Act) -> Sentence:
    return Sentence(team=_("sent the groups round the rooms."))
