"""Moves seats into rooms; admits ideas from the late tray."""
from datetime import datetime
from typing import Any, Protocol, cast

from pydantic import Field
from sqlalchemy import or_, select

from workshop.actions.cards.contributions import Add, add
from workshop.actions.cards.uploads import admitted as bring_files
from workshop.actions.core.context import InRoom, OnBoard, SeatInRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, silent, tells
from workshop.actions.rooms import attendance
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import SEATS_PER_DEVICE
from workshop.store.counts import places
from workshop.store.fast import fast_insert
from workshop.store.models import Activity, Contribution, LateTray, Room, RoomSeat, Seat
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.store.visibility import card_views, circles
from workshop.words import _


class Enter(Shape):
    """Names the room to be in, and further seats of the same device that go with it."""

    room: str = Field(max_length=40)
    along: list[str] = Field(default=[], max_length=SEATS_PER_DEVICE)


class Admit(Shape):
    """Names a row of the late tray to put on the board."""

    room: str = Field(max_length=40)
    tray: str = Field(max_length=40)


@verb("seat.enter", Enter)
def enter(work: SeatInRoom, payload: Enter) -> RoomSeat:
    """Enters a group room, leaving the one before, with the other seats that go too: all of them or none. Refusals
    `no_place` where it does not hold them, `no_place_left` where no other open room does either."""
    if work.room.kind != "group":
        raise Refusal("not_for_this")
    if work.room.archived_at:
        raise Refusal("not_here")
    if work.room.opened_at is None:
        raise Refusal("room_not_open")
    along = dict.fromkeys(payload.along)
    others = [work.who.seats[seat] for seat in along if seat in work.who.seats]
    if len(others) < len(along) or any(seat.workshop_id != work.workshop.id for seat in others):
        raise Refusal("not_your_seat")
    _hold(work, {work.seat.id, *(seat.id for seat in others)})
    for seat in others:
        put(work.session, work.touch, work.room, seat, work.now)
    return put(work.session, work.touch, work.room, work.seat, work.now)


def _hold(work: SeatInRoom, coming: set[str]) -> None:
    """Refuses more people than the room holds, whoever is inside already not counted as coming."""
    if work.room.capacity is None:
        return
    inside = set(work.session.scalars(select(RoomSeat.seat_id).where(
        RoomSeat.room_id == work.room.id, RoomSeat.left_at.is_(None))))
    if not coming <= inside and len(inside | coming) > work.room.capacity:
        others = _with_places(work, len(coming))
        raise Refusal("no_place" if others else "no_place_left", limit=work.room.capacity,
                      **{"others": ", ".join(map(str, others))} if others else {})


def _with_places(work: SeatInRoom, coming: int) -> list[int]:
    """Lists the numbers of the open rooms in which so many find a place."""
    rooms = [room for room in work.session.scalars(select(Room).where(
        Room.workshop_id == work.workshop.id, Room.kind == "group", Room.opened_at.is_not(None), Room.closed_at.is_(None),
        Room.archived_at.is_(None)).order_by(Room.position, Room.number)) if room.id != work.room.id]
    people = places.inside(work.session, rooms)
    return [room.number for room in rooms if room.capacity is None or people[room.id] + coming <= room.capacity]


@verb("tray.admit", Admit)
def admit(work: InRoom, payload: Admit) -> Contribution:
    """Puts a late idea on the board, a late comment under its idea (`no_such_card`: it is gone), in its author's name."""
    late = work.session.get(LateTray, payload.tray)
    if late is None or late.room_id != work.room.id or late.admitted_at or late.stream_id != work.room.stream_id:
        raise Refusal("not_here")
    late.admitted_at, late.admitted_by = work.now, work.actor()
    work.touch(late)
    work.activity = work.session.get(Activity, late.activity_id)
    said = {name: value for name, value in late.payload.items() if name != "notes"}
    work.admitted = True
    author = work.session.get(Seat, late.seat_id) if late.seat_id else None
    row = add(cast(OnBoard, work), Add(**(said | {"id": new_id()})), author, late.payload.get("notes", {}))
    bring_files(work.session, late, row)
    return row


@tells("tray.admit")
def _admitted(act: Act) -> Sentence:
    return Sentence(_("{who} put {card} on the board, which had come late.", **act.names))


class Touch(Protocol):
    """Gives a row that changed the next number of its stream."""

    def __call__(self, row: Any, stream_id: str | None = None) -> object: ...


def put(session: Session, touch: Touch, room: Room, seat: Seat, now: datetime) -> RoomSeat:
    """Puts the seat in `room`, and in no other group."""
    row = None
    for there in session.scalars(select(RoomSeat).where(
            RoomSeat.seat_id == seat.id, or_(RoomSeat.left_at.is_(None), RoomSeat.room_id == room.id))):
        if there.room_id == room.id:
            row = there
        else:
            leave(session, touch, there, now)
    if row is None:
        row = RoomSeat(id=new_id(), stream_id=room.stream_id, room_id=room.id, seat_id=seat.id, at=now)
        circles.join(session, room, row)
        session.add(row)
    elif row.left_at is None:
        return row
    else:
        circles.join(session, room, row)
    row.at, row.left_at = now, None
    touch(row)
    session.flush()
    session.changes.seats_out.add(seat.id)  # its sockets reconnect with another view
    attendance.came(session, room, seat, now)
    return row


def leave(session: Session, touch: Touch, row: RoomSeat, now: datetime) -> None:
    """Takes a seat out of its room."""
    row.left_at, row.hand_at = now, None
    circles.meet(session, row)
    touch(row)


def sit(session: Session, room: Room, seat: Seat, now: datetime) -> None:
    """Puts a new seat in `room`, where all can know it from here."""
    row = fast_insert.born(RoomSeat, id=new_id(), stream_id=room.stream_id, room_id=room.id, seat_id=seat.id, at=now)
    circles.join(session, room, row)
    numbering.touch(session, row)
    fast_insert.add(session, row)
    attendance.came(session, room, seat, now, new=True)
    session.changes.authors[seat.id] = card_views.known(seat)


silent("seat.enter")
