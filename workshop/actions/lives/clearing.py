"""Clears what a trial run left in a workshop, and brings it back for a day.

What was removed is kept as rows beside the workshop (`Cleared`), with what was set back on rooms, votes and programme;
photos and voice notes stay where they are until the day is over. Bringing it back clears what has come since, which is kept
in turn: so the two can be exchanged, and nothing is lost by either. Every stream begins a new epoch, so that screens begin
afresh.
"""
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import Column, Table, delete, insert, or_, select, update

from workshop.actions.core import record
from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.lives.belonging import SHARED, Ids, chunks, count_on, leading, lines_in, owned_by, target_of
from workshop.actions.lives.copying import FRESH
from workshop.actions.lives.removing import devices_in, files_of, forget_answers, ids_in
from workshop.actions.programme.waiting import settle
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.media.folder import Folder
from workshop.store.counts import holdings
from workshop.store.models import (
    Activity,
    Base,
    Block,
    Cleared,
    Device,
    ExpectedPerson,
    Floor,
    History,
    Membership,
    Room,
    Stream,
    Wall,
    Workshop,
)
from workshop.store.models.base import Moment
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.words import _, count

KEPT = timedelta(days=1)
ACTIVITY: Table = Base.metadata.tables["activity"]  # of which a trial run leaves the votes that were opened by themselves
# Tables of what a trial run leaves; of the history only what tells of these rows.
EMPTIED = frozenset({"seat", "device_seat", "barred_device", "room_seat", "sitting", "attended", "contribution",
                     "attachment", "ballot", "hand_count", "opinion_groups", "proxy", "link", "late_tray", "departure",
                     "history", "draw", "presence", "notice", "notice_read", "speech", "question", "support"})
SET_BACK: dict[type[Any], Json] = {
    Room: FRESH["room"] | {"sitting": None, "turn": None, "prepared": False},
    Activity: FRESH["activity"] | {"seal": None},
    Block: FRESH["block"], ExpectedPerson: {"seat_id": None, "taken_at": None},
    Wall: {"shown": None, "before": None, "shown_by": None, "shown_at": None}}


class Clear(Shape):
    """Names the workshop whose trial run is cleared, or brought back."""

    workshop: str = Field(max_length=40)


@verb("workshop.clear", Clear)
def clear(work: InWorkshop, payload: Clear) -> None:
    """Removes people, cards, votes, attendance and what came late, and sets rooms and programme back to their beginning.
    What was set up stays: programme, rooms, questions, steps, team. For a day it can be brought back."""
    session, workshop = work.session, work.workshop
    held = holdings.of_workshop(session, workshop.id)
    # It is written first: its number is above those of the acts that go, so that theirs are never given again.
    record.keep(session, work.now, workshop.id, work.actor(), "workshop.clear", workshop.id, work.who.program,
                people=held.people, ideas=held.ideas, ballots=held.ballots)
    session.flush()
    kept = _take(work)
    known = session.get(Cleared, workshop.id) or Cleared(workshop_id=workshop.id)
    known.at, known.by, known.rows, known.states = work.now, work.actor(), kept["rows"], kept["states"]
    session.add(known)
    _begin_afresh(work)


@tells("workshop.clear", team="room")
def _cleared(act: Act) -> Sentence:
    return Sentence(team=_("cleared the trial run: {people}, {ideas}, {ballots}.",
                           people=count("{n} person", "{n} people", act.after.get("people", 0)),
                           ideas=count("{n} idea", "{n} ideas", act.after.get("ideas", 0)),
                           ballots=count("{n} ballot", "{n} ballots", act.after.get("ballots", 0))))


@verb("workshop.recover", Clear)
def recover(work: InWorkshop, payload: Clear) -> None:
    """Brings back what was cleared; what has come since is cleared in its place. Refusal `nothing_cleared`."""
    session, workshop = work.session, work.workshop
    known = session.get(Cleared, workshop.id)
    if known is None or known.at <= work.now - KEPT:
        raise Refusal("nothing_cleared")
    record.keep(session, work.now, workshop.id, work.actor(), "workshop.recover", workshop.id, work.who.program)
    session.flush()
    before = {"rows": known.rows, "states": known.states}
    kept = _take(work)
    known.at, known.by, known.rows, known.states = work.now, work.actor(), kept["rows"], kept["states"]
    _put_back(session, before)
    _begin_afresh(work)


@tells("workshop.recover", team="room")
def _recovered(act: Act) -> Sentence:
    return Sentence(team=_("brought back what had been cleared."))


def forget(store: Store, now: datetime, media: Folder, breathe: Callable[[], object] = lambda: None) -> int:
    """Removes for good what was cleared more than a day ago, with its files; returns of how many workshops."""
    with store.read() as session:
        due = list(session.scalars(select(Cleared.workshop_id).where(Cleared.at <= now - KEPT)))
    for key in due:
        with store.write() as session:
            numbering.lock(session, {key})
            kept = session.get(Cleared, key)
            if kept and kept.at <= now - KEPT:
                _forget(session, kept, media)
        breathe()
    return len(due)


def _forget(session: Session, kept: Cleared, media: Folder) -> None:
    key, rows = kept.workshop_id, kept.rows
    for file, digest in files_of(rows):
        media.drop(file, digest)
    team = set(session.scalars(select(Device.id).join(Membership, Membership.account_id == Device.account_id).where(
        Membership.workshop_id == key)))
    forget_answers(session, session.get_one(Workshop, key).created_at, ids_in(rows), devices_in(rows) | team)
    session.delete(kept)
    session.flush()
    unused = lines_in(rows) - owned_by(session, key)["stream"]
    count_on(session, unused)
    for some in chunks(unused):
        session.execute(delete(Stream).where(Stream.id.in_(some)))


def _take(work: InWorkshop) -> dict[str, Json]:
    """Removes what the trial run left and sets back the rest; returns {rows, states} of it, to be kept."""
    session, workshop = work.session, work.workshop
    owned = owned_by(session, workshop.id)
    tables = [table for table in reversed(Base.metadata.sorted_tables) if table.name in EMPTIED]
    rows = {table.name: _rows(session, table, owned, workshop.id) for table in tables}
    rows["activity"] = [row for row in _rows(session, ACTIVITY, owned, workshop.id) if row["opened_at"]]
    states = {table.__tablename__: {
        row.id: {name: _said(getattr(row, name)) for name in fresh}
        for row in session.scalars(select(table).where(table.id.in_(owned[table.__tablename__])))}
        for table, fresh in SET_BACK.items()}
    for model, fresh in SET_BACK.items():
        session.execute(update(model).where(model.id.in_(owned[model.__tablename__])).values(fresh))
    for table in tables:
        for held in rows[table.name]:
            session.execute(delete(table).where(*(column == held[column.name] for column in table.primary_key)))
    for some in chunks({row["id"] for row in rows["activity"]}):
        session.execute(delete(ACTIVITY).where(ACTIVITY.c.id.in_(some)))
    session.execute(update(Room).where(Room.workshop_id == workshop.id, Room.kind == "plenary").values(opened_at=work.now))
    settle(session, workshop.id)
    session.changes.seats_out |= owned["seat"]
    return {"rows": rows, "states": states}


def _rows(session: Session, table: Table, owned: Ids, workshop_id: str) -> list[Json]:
    found: dict[tuple[Any, ...], Json] = {}
    for column in leading(table, owned):
        for some in chunks(owned[target_of(column) or ""]):
            query = select(table).where(column.in_(some))
            if table.name == "history":
                people = [History.target_id.in_(few) for few in chunks(owned["seat"])]
                query = query.where(or_(
                    History.stream_id != workshop_id, History.seat_id.is_not(None), *people,
                    *(History.target_id.in_(few) for few in chunks(owned["contribution"]))))
            for row in session.execute(query):
                held = {name: _said(value) for name, value in row._mapping.items()}
                found[tuple(held[one.name] for one in table.primary_key)] = held
    return list(found.values())


def _put_back(session: Session, kept: dict[str, Json]) -> None:
    """Writes kept rows and states back. What they lead to may be gone meanwhile: then they lead nowhere, or stay away."""
    there: Ids = {}
    if votes := [fit for row in kept["rows"].get("activity", ()) if (fit := _fitting(session, ACTIVITY, row, there))]:
        session.execute(insert(ACTIVITY), [{name: _read(ACTIVITY.c[name], value) for name, value in row.items()}
                                           for row in votes])
        there.clear()  # they are known from now on
    for table in Base.metadata.sorted_tables:
        if table.name not in EMPTIED:
            continue
        rows = [fit for row in kept["rows"].get(table.name, ()) if (fit := _fitting(session, table, row, there))]
        if rows:
            session.execute(insert(table), [{name: _read(table.c[name], value) for name, value in row.items()}
                                            for row in rows])
        if "id" in table.c:
            there[table.name] = {row["id"] for row in rows}
    for model, _fresh in SET_BACK.items():
        columns = model.__table__.c
        for key, state in kept["states"].get(model.__tablename__, {}).items():
            session.execute(update(model).where(model.id == key).values(
                {name: _read(columns[name], value) for name, value in state.items()}))


def _fitting(session: Session, table: Table, row: Json, there: Ids) -> Json | None:
    for column in table.columns:
        key = next(iter(column.foreign_keys), None)
        if key is None or row[column.name] is None:
            continue
        of = key.column.table
        known = there.setdefault(of.name, set(session.scalars(select(of.c.id)))) if of.name in SHARED | {"stream"} else (
            there.get(of.name))
        if known is None:
            known = there[of.name] = set(session.scalars(select(of.c.id)))
        if row[column.name] not in known:
            if not column.nullable:
                return None
            row = row | {column.name: None}
    return row


def _begin_afresh(work: InWorkshop) -> None:
    """Gives every stream of the workshop a new epoch, and numbers what was set back."""
    session, workshop = work.session, work.workshop
    session.flush()
    lines = owned_by(session, workshop.id)["stream"]
    session.memory.forget()
    session.expire_all()
    for some in chunks(lines):
        for stream in session.scalars(select(Stream).where(Stream.id.in_(some))):
            stream.epoch = new_id()
    session.flush()
    for room in session.scalars(select(Room).where(Room.workshop_id == workshop.id)).all():
        work.touch(room, workshop.id)
        for activity in session.scalars(select(Activity).where(Activity.room_id == room.id)).all():
            work.touch(activity)
        session.changes.circles.add(room.id)
    for floor in session.scalars(select(Floor).where(Floor.workshop_id == workshop.id)):
        work.touch(floor)


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(column: Column[Any], value: Any) -> Any:
    return datetime.fromisoformat(value) if value is not None and isinstance(column.type, Moment) else value
