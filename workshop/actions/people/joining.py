"""Joins two seats that are one person: what the one has goes to the other, in one transaction."""
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import delete, select, update

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.corrections import told_anew
from workshop.actions.people.removal import seats_of
from workshop.actions.people.seats import leave, put
from workshop.actions.rooms.private_work import change_over
from workshop.actions.speaking.authors import hand_over
from workshop.actions.votes.ballots import wait
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.store.models import (
    Activity,
    Attachment,
    Attended,
    Ballot,
    Contribution,
    DeviceSeat,
    ExpectedPerson,
    LateTray,
    Notice,
    Presence,
    Room,
    RoomSeat,
    Seat,
    Sitting,
)
from workshop.store.secrecy.ballots import opened
from workshop.store.transaction import Session
from workshop.words import _, count


class Join(Shape):
    """Names the seat that goes, and the one of the same person into which it goes. `keep`: whose ballot stands in votes that
    are open and in which both have voted."""

    workshop: str = Field(max_length=40)
    seat: str = Field(max_length=40)
    into: str = Field(max_length=40)
    keep: Literal["into", "seat"] = "into"


@verb("seat.join", Join)
def join(work: InWorkshop, payload: Join) -> None:
    """Joins two seats: cards, comments, attendance, room, devices and the re-entry code of the one lead to the other. Of
    votes that are open one ballot stands; in votes that are over both stay counted (`both` in the answer says in how many).
    Refusals: `not_here`, `same_seat`."""
    if payload.seat == payload.into:
        raise Refusal("same_seat")
    seat, into = seats_of(work, [payload.seat, payload.into])
    if into.revoked_at is not None:
        raise Refusal("not_here")
    session = work.session
    over = _ballots(work, seat, into, payload.keep)
    _rooms(work, seat, into)
    _written(session, seat, into)
    hand_over(work, seat, into)
    _attended(session, seat, into, over)
    _days(session, seat, into)
    _devices(session, seat, into)
    for person in session.scalars(select(ExpectedPerson).where(ExpectedPerson.seat_id == seat.id)):
        person.seat_id = into.id
    if seat.declared:
        into.declared = seat.declared | (into.declared or {})
    for before in session.scalars(select(Seat).where(Seat.joined_id == seat.id)):
        before.joined_id = into.id
    seat.joined_id, seat.revoked_at, seat.revoked_by = into.id, seat.revoked_at or work.now, work.actor()
    told_anew(work, into)
    session.changes.seats_out |= {seat.id, into.id}  # both screens come again, as one person
    session.changes.arrived = True
    work.beside["both"] = len(over)
    both = {"both": len(over)} if over else {}
    work.remember(into.id, {"name": seat.name}, {"name": into.name} | both, work.workshop.id)


@tells("seat.join", team="person")
def _joined(act: Act) -> Sentence:
    names = {"name": act.before.get("name", "…"), "other": act.after.get("name", "…")}
    if both := act.after.get("both"):
        return Sentence(team=count("joined {name} and {other}, who are one person; in {n} vote that was over both ballots "
                                   "stay counted.", "joined {name} and {other}, who are one person; in {n} votes that were "
                                   "over both ballots stay counted.", int(both), **names))
    return Sentence(team=_("joined {name} and {other}, who are one person.", **names))


def is_open(room: Room, vote: Activity, now: datetime) -> bool:
    """Tells whether ballots of the vote can still be changed; a pause ends nothing."""
    refused = steps.takes(room, vote, now)
    return refused is None or (refused == "room_paused" and steps.opens(steps.now(room), vote))


def both_voted(session: Session, now: datetime, seat: str, into: str) -> tuple[list[Activity], list[Activity]]:
    """Lists the votes to which both seats gave a ballot: (those that are open, those that are over)."""
    mine = select(Ballot.activity_id).where(Ballot.seat_id == seat)
    votes: tuple[list[Activity], list[Activity]] = ([], [])
    for vote, room in session.execute(select(Activity, Room).join(Room, Room.id == Activity.room_id).join(
            Ballot, Ballot.activity_id == Activity.id).where(Ballot.seat_id == into, Activity.id.in_(mine))
            .order_by(Room.number, Activity.position)):
        votes[0 if is_open(room, vote, now) else 1].append(vote)
    return votes


def _ballots(work: InWorkshop, seat: Seat, into: Seat, keep: str) -> set[str]:
    """Moves the ballots; returns the votes that are over in which both stay."""
    session = work.session
    over = {vote.id for vote in both_voted(session, work.now, seat.id, into.id)[1]}
    for held in session.scalars(select(Ballot).where(Ballot.seat_id == seat.id, Ballot.activity_id.not_in(over))).all():
        vote = session.get_one(Activity, held.activity_id)
        stands = session.get(Ballot, (vote.id, into.id))
        if stands is None:
            stands = Ballot(activity_id=vote.id, seat_id=into.id, choices=held.choices, rev=held.rev,
                            delegation_id=held.delegation_id)
            session.add(stands)
        elif keep == "seat":
            stands.choices, stands.rev = held.choices, max(held.rev, stands.rev) + 1
        session.delete(held)
        session.flush()
        if vote.closed_at is None and (vote.tally is not None or vote.settings.get("reveal") == "live"):
            wait(session, vote, work.now)
        session.changes.ballots.append((into.id, {
            "activity": vote.id, "seat": into.id, "choices": opened(session, vote.id, stands.choices),
            "rev": stands.rev}))
    return over


def _rooms(work: InWorkshop, seat: Seat, into: Seat) -> None:
    """Takes the seat out of its room, and puts the other there if it is nowhere. What nobody else has been shown goes
    along."""
    session = work.session
    there = session.execute(select(RoomSeat, Room).join(Room, Room.id == RoomSeat.room_id).where(
        RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_(None))).first()
    if there:
        held = session.scalar(select(RoomSeat.id).where(RoomSeat.seat_id == into.id, RoomSeat.left_at.is_(None)))
        if held is None and there.Room.opened_at and not there.Room.closed_at and there.Room.kind == "group":
            put(session, work.touch, there.Room, into, work.now)
        leave(session, work.touch, there.RoomSeat, work.now)
        session.flush()
    for row in session.scalars(select(RoomSeat).where(RoomSeat.seat_id == seat.id)).all():
        own = session.scalar(select(RoomSeat).where(RoomSeat.seat_id == into.id, RoomSeat.room_id == row.room_id))
        if own is None:
            row.seat_id = into.id
            work.touch(row)
        elif row.alone and own.alone:
            change_over(session, row.alone, own.alone)
            row.alone = None
        elif row.alone:
            own.alone, row.alone = row.alone, None
            session.changes.circles.add(row.room_id)
    session.flush()


def _written(session: Session, seat: Seat, into: Seat) -> None:
    """Gives cards, comments, photos and what came late to the other seat."""
    for table in (Contribution, Attachment, LateTray, Notice):
        rows: Iterable[Any] = session.scalars(select(table).where(table.seat_id == seat.id))
        for row in rows:
            row.seat_id = into.id
    for column in (Contribution.withdrawn_by, Contribution.hidden_by):
        session.execute(update(Contribution).where(column == seat.id).values({column: into.id}))
    session.flush()


def _attended(session: Session, seat: Seat, into: Seat, over: set[str]) -> None:
    """Counts the person once in each step in which both were; twice only where both ballots stay."""
    there = set(session.scalars(select(Attended.sitting_id).where(Attended.seat_id == into.id)))
    sittings = session.scalars(select(Sitting).join(Attended, Attended.sitting_id == Sitting.id).where(
        Attended.seat_id == seat.id)).all()
    for sitting in sittings:
        mine = (Attended.sitting_id == sitting.id, Attended.seat_id == seat.id)
        if sitting.id not in there:
            session.execute(update(Attended).where(*mine).values(
                seat_id=into.id, delegation_id=into.delegation_id).execution_options(synchronize_session=False))
        elif over.isdisjoint(sitting.opens):
            session.execute(delete(Attended).where(*mine).execution_options(synchronize_session=False))


def _days(session: Session, seat: Seat, into: Seat) -> None:
    """Counts the person once on each day, from the first to the last that was heard of either."""
    for row in session.scalars(select(Presence).where(Presence.seat_id == seat.id)).all():
        own = session.get(Presence, (into.id, row.day))
        if own is None:
            session.add(Presence(seat_id=into.id, day=row.day, arrived_at=row.arrived_at, last_at=row.last_at,
                                 channel=row.channel))
        else:
            own.arrived_at, own.last_at = min(own.arrived_at, row.arrived_at), max(own.last_at, row.last_at)
        session.delete(row)
    session.flush()


def _devices(session: Session, seat: Seat, into: Seat) -> None:
    """Lets the seat's devices carry the other one."""
    for row in session.scalars(select(DeviceSeat).where(DeviceSeat.seat_id == seat.id)).all():
        if session.get(DeviceSeat, (row.device_id, into.id)) is None:
            session.add(DeviceSeat(device_id=row.device_id, seat_id=into.id, at=row.at))
        session.delete(row)
    session.flush()
