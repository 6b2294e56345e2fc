"""Puts rooms aside and brings them back; gives them their order."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.seats import leave
from workshop.actions.rooms.rooms import shut, tell_closed
from workshop.domain.errors import Refusal
from workshop.store.models import Activity, Contribution, Room, RoomSeat
from workshop.words import _, count

MOST = 500  # rooms of an order


class Archive(Shape):
    """Says whether a room is put aside."""

    room: str = Field(max_length=40)
    on: bool = True


class Order(Shape):
    """Lists the rooms of a workshop in their order; those that are not named follow in theirs."""

    workshop: str = Field(max_length=40)
    rooms: list[str] = Field(min_length=1, max_length=MOST)


@verb("room.archive", Archive)
def archive(work: InRoom, payload: Archive) -> Room:
    """Puts a room aside: it is closed, its people are in the lobby, and it stands on no list; what was put in stays. Or
    brings it back, closed as it is."""
    room = work.room
    if (room.archived_at is not None) == payload.on:
        return room
    people = 0
    if payload.on:
        if room.opened_at and room.closed_at is None:
            shut(work, room)
        people = _send_out(work, room)
    room.archived_at = work.now if payload.on else None
    work.session.flush()
    for row in (room, *_of_summary(work, room)):
        work.touch(row, work.workshop.id)
    work.remember(room.id, {"aside": not payload.on}, {"aside": payload.on, "people": people}, work.workshop.id)
    return room


@tells("room.archive", team="room")
def _archived(act: Act) -> Sentence:
    if "open" in act.after:
        return Sentence(tell_closed(act).text)
    if not act.after.get("aside"):
        return Sentence(_("{who} brought the room back.", **act.names), _("brought room {room} back.", **act.names))
    people = act.after.get("people")
    inside = count("{n} person was in it.", "{n} people were in it.", people) if people else ""
    return Sentence(_("{who} put the room aside.", **act.names),
                    " ".join(filter(None, (_("put room {room} aside.", **act.names), inside))))


@verb("rooms.order", Order)
def order(work: InWorkshop, payload: Order) -> None:
    """Gives the rooms their order on all lists. Refusal `not_here`: one of them is no group room of the workshop."""
    rooms = {room.id: room for room in work.session.scalars(select(Room).where(
        Room.workshop_id == work.workshop.id, Room.kind == "group").order_by(Room.position, Room.number))}
    asked = list(dict.fromkeys(payload.rooms))
    if not set(asked) <= rooms.keys():
        raise Refusal("not_here")
    before = [room.number for room in rooms.values()]
    wanted = [rooms[key] for key in (*asked, *(key for key in rooms if key not in asked))]
    for position, room in enumerate(wanted, 1):
        if room.position != position:
            room.position = position
            work.touch(room, work.workshop.id)
    if (after := [room.number for room in wanted]) != before:
        work.remember(work.workshop.id, {"rooms": before}, {"rooms": after}, work.workshop.id)


@tells("rooms.order", team="room")
def _ordered(act: Act) -> Sentence:
    rooms = ", ".join(str(number) for number in act.after.get("rooms") or ())
    return Sentence(team=_("put the rooms in another order: {rooms}", rooms=rooms))


def _send_out(work: InRoom, room: Room) -> int:
    """Takes everybody in the room to the lobby, as `seat.move` does; returns how many."""
    inside = work.session.scalars(select(RoomSeat).where(RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None))).all()
    for row in inside:
        leave(work.session, work.touch, row, work.now)
        work.session.changes.seats_out.add(row.seat_id)
    return len(inside)


def _of_summary(work: InRoom, room: Room) -> list[Activity | Contribution]:
    """Lists what of the room travels in the workshop's stream beside its card: its summary and the sentences in it."""
    summaries = work.session.scalars(select(Activity).where(
        Activity.room_id == room.id, Activity.stream_id == work.workshop.id)).all()
    items = work.session.scalars(select(Contribution).where(
        Contribution.activity_id.in_([one.id for one in summaries]), Contribution.stream_id == work.workshop.id)).all()
    return [*summaries, *items]
