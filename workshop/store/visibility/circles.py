"""Keeps circles: those who share cards that are not yet shown to the room.

While a step is private, what a seat writes travels in a stream of its own (or of its pair, its four, of the facilitators'
inbox), called a line here, which only they may follow. The room's stream says nothing of it, not even that its number went
up. At the reveal the cards move to the room's stream and get their numbers there.
"""
from collections.abc import Collection

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Question
from workshop.store.models import Room, RoomSeat, Stream
from workshop.store.transaction import Session

LINES: dict[str, InstrumentedAttribute[str | None]] = {
    steps.OWN: RoomSeat.alone, steps.PAIR: RoomSeat.pair, steps.FOUR: RoomSeat.four}
SOME = or_(*(column.is_not(None) for column in LINES.values()))
HELD = select(RoomSeat.room_id, RoomSeat.seat_id, *LINES.values()).where(RoomSeat.left_at.is_(None), SOME)
HELD_IN = Question(HELD.where(RoomSeat.room_id == bindparam("room")))
HELD_BY = Question(HELD.where(RoomSeat.room_id == bindparam("room"), RoomSeat.seat_id == bindparam("seat")))
NAMES = {see: column.key for see, column in LINES.items()}  # as columns, from the narrowest to the widest
MOST = {steps.OWN: 0, steps.PAIR: 3, steps.FOUR: 6}  # people in a circle before a latecomer gets one alone


def members(session: Session, line: str) -> dict[str, str]:
    """Lists {seat id: room id} of those who are in the circle of `line`; empty when it is none."""
    rows = session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).where(
        or_(*(column == line for column in LINES.values())), RoomSeat.left_at.is_(None)))
    return dict(rows.all())


def inbox_of(session: Session, line: str) -> Room | None:
    """Finds the room whose inbox this line is."""
    return session.scalar(select(Room).where(Room.inbox == line))


def lines(session: Session, *, rooms: Collection[str] | None = None,
          seats: Collection[str] | None = None) -> dict[str, dict[str, set[str]]]:
    """Lists {room id: {seat id: lines that it follows}} of these rooms, or of these seats; rooms without circles are
    missing."""
    asked = HELD if rooms is None else HELD.where(RoomSeat.room_id.in_(rooms))
    found: dict[str, dict[str, set[str]]] = {}
    for room, seat, *held in session.execute(asked if seats is None else asked.where(RoomSeat.seat_id.in_(seats))):
        found.setdefault(room, {})[seat] = set(held) - {None}
    return found


def lines_in(session: Session, room: str) -> dict[str, set[str]]:
    """Lists {seat id: lines that it follows} in one room."""
    return {seat: set(held) - {None} for _room, seat, *held in HELD_IN.rows(session, room=room)}


def line_of(session: Session, room: Room, seat_id: str | None) -> str:
    """Returns the stream of a card that the seat writes now: of its circle, of the inbox, of the room."""
    return circle_of(session, room, seat_id) or (room.inbox if seat_id is not None else None) or room.stream_id


def circle_of(session: Session, room: Room, seat_id: str | None) -> str | None:
    """Returns the line that the seat shares with few while the step is private; None when it is not.

    A seat that has none gets one: what is private never goes into the room's stream, however the room came to its step.
    Refusal `not_here` from outside.
    """
    see = steps.sees(room)
    if see == steps.ROOM or seat_id is None:
        return None
    mine = (RoomSeat.room_id == room.id, RoomSeat.seat_id == seat_id)
    line = session.scalar(select(LINES[see]).where(*mine))
    if line is None:
        row = session.scalar(select(RoomSeat).where(*mine))
        if row is None:
            raise Refusal("not_here")
        line = join(session, room, row)
        session.flush()
        session.changes.circles.add(room.id)
    return line


def join(session: Session, room: Room, row: RoomSeat) -> str | None:
    """Gives the seat a line as the step asks: one of its own, or that of the smallest circle with a place; returns it."""
    see = steps.sees(room)
    if see == steps.ROOM:
        return None
    line: str | None = getattr(row, NAMES[see])
    if line:
        meet(session, row)
        return line
    sizes: dict[str, int] = {}
    if MOST[see]:
        for other in session.scalars(select(LINES[see]).where(
                RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None), LINES[see].is_not(None))):
            if other:
                sizes[other] = sizes.get(other, 0) + 1
    line = min((one for one in sizes if sizes[one] < MOST[see]), key=sizes.__getitem__, default=None) or new_line(session)
    setattr(row, NAMES[see], line)
    meet(session, row)
    return line


def meet(session: Session, row: RoomSeat) -> None:
    """Notes that a seat came, went or changed its name: the others of its circle must be told (circle_members.py)."""
    if row.pair or row.four:
        session.changes.company.add(row.room_id)


def new_line(session: Session) -> str:
    """Makes a line that nobody follows yet."""
    stream: Stream = fast_insert.born(Stream, id=new_id(), epoch=new_id(), seq=0)
    fast_insert.add(session, stream)
    return stream.id


def readable(session: Session, room: Room, seat_id: str | None) -> set[str]:
    """Lists the lines of the room whose cards the seat can see."""
    mine = HELD_BY.rows(session, room=room.id, seat=seat_id) if seat_id else ()
    return {line for _room, _seat, *held in mine for line in held if line} | {room.stream_id}
