"""Circles: those who share cards that are not the room's yet.

While a step is private, what a seat writes travels on a line of its own (or of its pair, its four, of the facilitators'
inbox), which only they may follow.  The room's line says nothing of it, not even that its number went up.  At the reveal the
cards change over to the room's line and get their numbers there.
"""
from sqlalchemy import or_, select

from workshop.domain import steps
from workshop.store.models import Room, RoomSeat

LINES = {steps.OWN: RoomSeat.alone, steps.PAIR: RoomSeat.pair, steps.FOUR: RoomSeat.four}
SOME = or_(*(column.is_not(None) for column in LINES.values()))


def members(session, line: str) -> dict[str, str]:
    """{seat id: room id} of those who are in the circle of `line`; empty when it is none."""
    rows = session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).where(
        or_(*(column == line for column in LINES.values())), RoomSeat.left_at.is_(None)))
    return dict(rows.all())


def inbox_of(session, line: str) -> Room | None:
    """The room whose inbox this line is."""
    return session.scalar(select(Room).where(Room.inbox == line))


def lines(session, *, rooms=None, seats=None) -> dict[str, dict[str, set[str]]]:
    """{room id: {seat id: lines that it follows}} of these rooms, or of these seats; rooms without circles are missing."""
    asked = select(RoomSeat.room_id, RoomSeat.seat_id, *LINES.values()).where(RoomSeat.left_at.is_(None), SOME)
    asked = asked.where(RoomSeat.room_id.in_(rooms)) if rooms is not None else asked
    asked = asked.where(RoomSeat.seat_id.in_(seats)) if seats is not None else asked
    found: dict[str, dict[str, set[str]]] = {}
    for room, seat, *held in session.execute(asked):
        found.setdefault(room, {})[seat] = set(held) - {None}
    return found


def line_of(session, room: Room, seat_id: str | None) -> str:
    """The line on which a card travels that the seat writes now."""
    see = steps.sees(room)
    if see != steps.ROOM and seat_id is not None:
        line = session.scalar(select(LINES[see]).where(RoomSeat.room_id == room.id, RoomSeat.seat_id == seat_id))
        if line is not None:
            return line
    if room.inbox and seat_id is not None:
        return room.inbox
    return room.stream_id


def readable(session, room: Room, seat_id: str | None) -> set[str]:
    """The lines of the room whose cards the seat has before it."""
    mine = lines(session, rooms=[room.id], seats=[seat_id]).get(room.id, {}).get(seat_id, set()) if seat_id else set()
    return mine | {room.stream_id}
