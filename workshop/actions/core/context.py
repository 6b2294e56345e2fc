"""Builds the context of a command: who gives it, and the rows it depends on."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlalchemy import bindparam, select

from workshop.domain import roles, steps
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.shapes import Json
from workshop.store.fast.prepared import Question
from workshop.store.identity import Who, seat_of
from workshop.store.models import Activity, Contribution, Room, RoomSeat, Seat, Workshop
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.store.trial_runs import took_part

ROOM = select(Room.workshop_id, Room.id.label("room_id"))
IN_ROOM = select(Room.workshop_id, Activity.room_id).join(Activity, Activity.room_id == Room.id)
PLACES: dict[type[Any], Question] = {
    Room: Question(ROOM.where(Room.id == bindparam("key"))),
    Activity: Question(IN_ROOM.where(Activity.id == bindparam("key"))),
    Contribution: Question(IN_ROOM.join(Contribution, Contribution.activity_id == Activity.id)
                           .where(Contribution.id == bindparam("key")))}
R = TypeVar("R")
S = TypeVar("S")
# table -> what follows when one of its rows changes
TOUCHED: dict[type[Any], Callable[[Session, Any, datetime], object]] = {}


def on_touch(table: type[R]
             ) -> Callable[[Callable[[Session, R, datetime], S]], Callable[[Session, R, datetime], S]]:
    """Registers the function `follow(session, row, now)` for the rows of the table that a command changes."""
    def register(follow: Callable[[Session, R, datetime], S]) -> Callable[[Session, R, datetime], S]:
        TOUCHED[table] = follow
        return follow
    return register


@dataclass
class CommandContext:
    """Holds what a verb gets: the session, the time, the person, and the rows found from the payload."""

    session: Session
    now: datetime
    who: Who
    verb: str
    age_ms: int = 0
    origin: str | None = None  # the socket that gets the answer
    careful: bool = False  # the second attempt, alone and with a savepoint, because something went wrong in the first
    admitted: bool = False  # a facilitator lets it in although its time is over
    seat: Seat | None = None
    role: str | None = None
    workshop: Workshop | None = None
    room: Room | None = None
    activity: Activity | None = None
    target: Contribution | None = None
    may_create: str = ""  # who may make workshops (the setting of the same name)
    beside: Json = field(default_factory=dict)  # what the answer says beside the card

    def touch(self, row: Any, stream_id: str | None = None) -> None:
        """Gives the row that changed the next number of its stream."""
        if follow := TOUCHED.get(type(row)):
            follow(self.session, row, self.now)
        numbering.touch(self.session, row, stream_id)

    def remember(self, target_id: str, before: Json | None, after: Json | None, stream_id: str | None = None) -> None:
        """Appends to the history; it is written at the end of the transaction."""
        self.session.changes.history.append({
            "stream_id": stream_id or self._line(), "verb": self.verb, "seat_id": self.seat.id if self.seat else None,
            "account_id": None if self.seat else self.who.device.account_id, "program": self.who.program or None,
            "target_id": target_id, "before": before, "after": after, "at": self.now})

    def actor(self) -> str | None:
        """Returns the id to write into ..._by columns."""
        return self.seat.id if self.seat else self.who.device.account_id

    def _line(self) -> str:
        assert self.room  # without a room the stream is named
        return self.room.stream_id


# What a verb may count on.  These are names for readers and for the checking of types: at run time every context is a
# CommandContext, whose rows `place` has found in the payload.  That a verb asks for no more than its payload names is
# checked when the program starts (registry.check_table).

class InWorkshop(CommandContext):
    """Types a command whose payload leads to a workshop."""

    workshop: Workshop


class InRoom(InWorkshop):
    """Types a command whose payload leads to a room."""

    room: Room


class OnBoard(InRoom):
    """Types a command whose payload leads to an activity."""

    activity: Activity


class OnCard(OnBoard):
    """Types a command whose payload leads to a card."""

    target: Contribution


class SeatInRoom(InRoom):
    """Types a command on a room that only seats give."""

    seat: Seat


class SeatOnBoard(OnBoard):
    """Types a command on an activity that only seats give."""

    seat: Seat


# What a payload may name, the deepest row first: it leads to those above.  Of these verbs `id` is the new card's.
NAMES = (("id", Contribution), ("activity", Activity), ("room", Room), ("workshop", Workshop))
# What rapporteurs of a room do in the plenary for the people of theirs; the verb asks for which.
OF_TABLES = ("vote.count", "vote.uncount")
MAKES_ITS_ID = ("contribution.add", "summary.item")


def place_of(session: Session, verb: str, payload: object) -> tuple[str | None, str | None]:
    """Finds the (workshop, room) in which the payload's rows stand. It is asked before the lock, so nothing is remembered
    but what no row ever changes: in which room an activity is, and in which workshop a room."""
    table, key = _first(verb, payload)
    if table is None or table is Workshop:
        return key, None
    assert key
    known = session.memory.places
    found = known.get((table, key))
    if found is None:
        for row in PLACES[table].rows(session, key=key):
            found = row.workshop_id, row.room_id
            if table is not Contribution:
                known[table, key] = found
    return found or (None, None)


def names(verb: str, payload: object) -> list[tuple[type, str]]:
    """Lists the rows (class, id) that the payload names, as far as they are remembered."""
    table, key = _first(verb, payload)
    return [] if table is None or key is None or table is Contribution else [(table, key)]


def place(work: CommandContext, payload: object) -> None:
    """Finds the rows that the payload names; what is unknown and what is foreign give the same refusal."""
    table, key = _first(work.verb, payload)
    session, known = work.session, work.session.memory
    if table is None or key is None:
        raise Refusal("not_here")
    row: Any = session.get(table, key) if table is Contribution else known.row(session, table, key)
    if row is None:
        raise Refusal("not_here")
    if isinstance(row, Contribution):
        work.target, row = row, known.row(session, Activity, row.activity_id)
    if isinstance(row, Activity):
        work.activity, row = row, known.row(session, Room, row.room_id)
    if isinstance(row, Room):
        work.room, row = row, known.row(session, Workshop, row.workshop_id)
    work.workshop = row
    if not (session.is_sqlite or numbering.locked(session, row.id, work.room.id if work.room else None)):
        raise RetryLater(0.1)  # the row was created after the lock was taken


def _first(verb: str, payload: object) -> tuple[type[Any] | None, str | None]:
    """Finds the row that leads to all others: the card, else the activity, the room, the workshop."""
    for name, table in NAMES:
        key = getattr(payload, name, None)
        if key and not (name == "id" and verb in MAKES_ITS_ID):
            return table, key
    return None, None


def _in_plenary(work: CommandContext) -> bool:
    """Tells whether the verb is about a vote of the plenary, or who votes there for whom: its votes stand by themselves, no
    step opens them."""
    return work.verb == "vote.open" or work.verb.startswith("proxy.") or (
        work.verb.startswith(("vote.", "ballot.")) and work.activity is not None and work.activity.opened_at is not None)


def stands_on(verb: str, shape: type[BaseModel]) -> type[Any] | None:
    """Finds the row that every payload of this shape leads to, and with it to those above; None where it may name none."""
    return next((table for name, table in NAMES if (part := shape.model_fields.get(name)) and part.is_required()
                 and not (name == "id" and verb in MAKES_ITS_ID)), None)


def allow(work: CommandContext, seat_id: str | None) -> None:
    """Decides seat and role, or refuses: `not_here` for strangers, `forbidden` for those who may not do this,
    `workshop_closed`; in the plenary `not_for_this`."""
    workshop, room = work.workshop, work.room
    assert workshop  # `place` has found it
    if seat_id is not None:
        work.seat = seat_of(work.session, work.who, seat_id)
        if work.seat is None or work.seat.workshop_id != workshop.id:
            raise Refusal("trial_cleared" if took_part(work.session, workshop.id, seat_id) else "not_your_seat")
        work.role = roles.PARTICIPANT
        if room and room.kind == "group" and work.verb != "seat.enter" and not _inside(work, room, work.seat):
            _check_was_inside(work, room, work.seat)
    else:
        work.role = work.who.role_in(workshop.id, room.id if room else None)
        if work.role is None and room and room.kind != "group" and work.verb in OF_TABLES:
            work.role = roles.RAPPORTEUR if work.who.rapporteur_of(workshop.id) else None
        if work.role is None:
            raise Refusal("not_here")
    if work.role not in roles.MAY[work.verb]:
        raise Refusal("forbidden")
    if workshop.deleted_at and work.verb != roles.WHEN_DELETED:
        raise Refusal("workshop_deleted")
    if workshop.closed_at and work.verb not in roles.WHEN_OVER and not (work.seat and room):
        raise Refusal("workshop_closed")  # participants meet a closed room, which keeps what comes late
    if room and room.archived_at and not work.seat and work.verb not in roles.WHEN_ASIDE:
        raise Refusal("room_put_aside")
    if room and room.kind != "group" and not _in_plenary(work):
        raise Refusal("not_for_this")  # the plenary has no board: what is saved there nobody would see


def hold(work: CommandContext) -> None:
    """Refuses changes in a room that is paused or closed, except by its facilitators: refusal `room_paused`, `room_closed`.
    """
    by_itself = work.activity is not None and work.activity.opened_at is not None  # a vote that runs whatever the room does
    if work.room and not by_itself and work.role not in roles.LEADS and (refused := steps.still(work.room)):
        raise Refusal(refused)


def _inside(work: CommandContext, room: Room, seat: Seat) -> bool:
    return room.id in work.who.inside(work.session, [seat.id])


def _check_was_inside(work: CommandContext, room: Room, seat: Seat) -> None:
    """Passes what the seat wrote in the room before it left: it had no line, and stands where it was written. Refusals:
    `left_room`, for what is written afterwards and in steps that show each only their own; `not_here`."""
    left = work.session.scalar(select(RoomSeat.left_at).where(
        RoomSeat.room_id == room.id, RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_not(None)))
    if left is None:
        raise Refusal("not_here")
    written = work.now - timedelta(milliseconds=work.age_ms)
    if work.verb != "contribution.add" or written >= left or steps.now(room).get("see", "room") != "room":
        raise Refusal("left_room")

