"""Counts the people in rooms, and the places that are left where a room holds only so many."""
from collections.abc import Collection

from sqlalchemy import func, select

from workshop.store.models import Room, RoomSeat
from workshop.store.transaction import Session

FEW, FROM = 0.5, 2  # of what open rooms have on average, once that is so many: then fewer are told to those who choose


def inside(session: Session, rooms: Collection[Room]) -> dict[str, int]:
    """Returns {room: people who are in it}."""
    found = session.execute(select(RoomSeat.room_id, func.count()).where(
        RoomSeat.room_id.in_([room.id for room in rooms]), RoomSeat.left_at.is_(None)).group_by(RoomSeat.room_id))
    return dict.fromkeys((room.id for room in rooms), 0) | {row[0]: row[1] for row in found}


def holds(session: Session, room: Room, coming: int) -> bool:
    """Tells whether so many more people find a place."""
    return room.capacity is None or inside(session, [room])[room.id] + coming <= room.capacity


def left(rooms: Collection[Room], people: dict[str, int]) -> dict[str, int]:
    """Returns {room: places} of those that hold only so many; facilitators may have brought in more."""
    return {room.id: max(0, room.capacity - people[room.id]) for room in rooms if room.capacity is not None}


def few(rooms: Collection[Room], people: dict[str, int]) -> set[str]:
    """Lists the open rooms that have few people, beside the others."""
    open_rooms = [room for room in rooms if room.opened_at and not room.closed_at]
    mean = sum(people[room.id] for room in open_rooms) / max(1, len(open_rooms))
    return {room.id for room in open_rooms if people[room.id] < FEW * mean and mean >= FROM}
