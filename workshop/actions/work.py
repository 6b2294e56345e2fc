"""The work in hand: one command, who gives it, and the rows it stands on."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.domain import roles
from workshop.domain.errors import Refusal
from workshop.store import sync
from workshop.store.identity import Who
from workshop.store.models import Activity, Contribution, History, Room, RoomSeat, Seat, Workshop


@dataclass
class Work:
    """What a verb gets: the session, the time, the person, and the place resolved from the payload."""

    session: Session
    now: datetime
    who: Who
    verb: str
    age_ms: int = 0
    admitted: bool = False  # a facilitator lets it in although its time is over
    seat: Seat | None = None
    role: str | None = None
    workshop: Workshop | None = None
    room: Room | None = None
    activity: Activity | None = None
    target: Contribution | None = None

    def touch(self, row, stream_id: str | None = None) -> None:
        """The row changed: it gets the next number of its stream."""
        sync.touch(self.session, row, stream_id)

    def remember(self, target_id: str, before: dict | None, after: dict | None, stream_id: str | None = None) -> None:
        """Append to the history."""
        self.session.add(History(
            stream_id=stream_id or self.room.stream_id, verb=self.verb, seat_id=self.seat and self.seat.id,
            account_id=None if self.seat else self.who.device.account_id, target_id=target_id, before=before,
            after=after, at=self.now))

    def actor(self) -> str | None:
        """The id to write into ..._by columns."""
        return self.seat.id if self.seat else self.who.device.account_id


def place(work: Work, payload) -> None:
    """Find the rows that the payload names; what is unknown and what is foreign give the same refusal."""
    session = work.session
    if getattr(payload, "id", None) and work.verb not in ("contribution.add", "summary.item"):
        work.target = session.get(Contribution, payload.id)
        if work.target is None:
            raise Refusal("not_here")
    activity_id = work.target.activity_id if work.target else getattr(payload, "activity", None)
    if activity_id:
        work.activity = session.get(Activity, activity_id)
        if work.activity is None:
            raise Refusal("not_here")
    room_id = work.activity.room_id if work.activity else getattr(payload, "room", None)
    if room_id:
        work.room = session.get(Room, room_id)
        if work.room is None:
            raise Refusal("not_here")
    workshop_id = work.room.workshop_id if work.room else getattr(payload, "workshop", None)
    work.workshop = session.get(Workshop, workshop_id) if workshop_id else None
    if work.workshop is None:
        raise Refusal("not_here")


def allow(work: Work, seat_id: str | None) -> None:
    """Settle seat and role, or refuse: `not_here` for strangers, `forbidden` for those who may not do this."""
    if seat_id is not None:
        work.seat = work.who.seats.get(seat_id)
        if work.seat is None or work.seat.workshop_id != work.workshop.id:
            raise Refusal("not_your_seat")
        work.role = roles.PARTICIPANT
        if work.room and work.room.kind == "group" and work.verb != "seat.enter" and not _inside(work):
            raise Refusal("not_here")
    else:
        work.role = work.who.role_in(work.workshop.id, work.room and work.room.id)
        if work.role is None:
            raise Refusal("not_here")
    if not roles.may(work.verb, work.role):
        raise Refusal("forbidden")


def _inside(work: Work) -> bool:
    return work.session.scalar(select(RoomSeat.id).where(
        RoomSeat.room_id == work.room.id, RoomSeat.seat_id == work.seat.id, RoomSeat.left_at.is_(None))) is not None
