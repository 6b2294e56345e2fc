"""Raises and lowers hands."""
from datetime import datetime

from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InRoom, SeatInRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import silent
from workshop.domain.errors import Refusal
from workshop.store.models import RoomSeat


class Hand(Shape):
    """Names the hand: of the acting seat, or of `seat` when the facilitator gives the floor."""

    room: str = Field(max_length=40)
    seat: str | None = Field(default=None, max_length=40)


@verb("hand.raise", Hand, in_room=True)
def raise_hand(work: SeatInRoom, payload: Hand) -> RoomSeat:
    """Asks for the floor or for help."""
    return _set(work, work.seat.id, work.now)


@verb("hand.lower", Hand, in_room=True)
def lower_hand(work: InRoom, payload: Hand) -> RoomSeat:
    """Lowers the hand."""
    seat = work.seat.id if work.seat else payload.seat
    return _set(work, seat, None)


def _set(work: InRoom, seat_id: str | None, at: datetime | None) -> RoomSeat:
    row = work.session.scalar(select(RoomSeat).where(
        RoomSeat.room_id == work.room.id, RoomSeat.seat_id == seat_id, RoomSeat.left_at.is_(None)))
    if row is None:
        raise Refusal("not_here")
    row.hand_at, row.raised_at = at, at or row.raised_at
    work.touch(row)
    return row


silent("hand.raise", "hand.lower")
