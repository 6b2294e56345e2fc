"""Raises and lowers hands."""
from datetime import datetime

from pydantic import Field
from sqlalchemy import bindparam, select

from workshop.actions.core.context import InRoom, SeatInRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import silent
from workshop.domain.errors import Refusal
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Question
from workshop.store.models import RoomSeat

PLACE = Question(select(*RoomSeat.__table__.columns).where(
    RoomSeat.room_id == bindparam("room"), RoomSeat.seat_id == bindparam("seat"), RoomSeat.left_at.is_(None)))


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
    found = next(iter(PLACE.rows(work.session, room=work.room.id, seat=seat_id)), None) if seat_id else None
    if found is None:
        raise Refusal("not_here")
    # A hall raises its hands at once, and a hand changes nothing of what anybody may: nobody need be identified anew for it.
    row: RoomSeat = fast_insert.born(RoomSeat, **found._asdict())
    row.hand_at, row.raised_at = at, at or row.raised_at
    work.touch(row)
    fast_insert.change(work.session, row, "hand_at", "raised_at", "seq")
    return row


silent("hand.raise", "hand.lower")
