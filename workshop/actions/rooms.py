"""Rooms: create, open, close, go to a step."""
from datetime import timedelta

from pydantic import Field

from workshop.actions.ballots import tally
from workshop.actions.registry import Shape, verb
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.limits import clean_name, clean_text
from workshop.domain.steps import DEFAULT
from workshop.store import sync
from workshop.store.models import Activity, Axis, Room, Stream, Workshop


class Create(Shape):
    """A new working group; `columns` are the titles of its board, none for a single column."""

    workshop: str = Field(max_length=40)
    title: str = Field(max_length=200)
    question: str = Field(default="", max_length=2000)
    axis: str | None = Field(default=None, max_length=40)
    columns: list[str] = Field(default=[], max_length=12)
    votes: list[str] = Field(default=["dots"], max_length=4)


class Which(Shape):
    """A room."""

    room: str = Field(max_length=40)


class Go(Shape):
    """The step to go to, and for how many minutes (None: as the step says, 0: no deadline)."""

    room: str = Field(max_length=40)
    step: int = Field(ge=0, lt=100)
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)


class Extend(Shape):
    """More minutes for the step that runs."""

    room: str = Field(max_length=40)
    minutes: int = Field(ge=1, le=24 * 60)


@verb("room.create", Create)
def create(work, payload: Create) -> Room:
    """Open a working group with its board, its votes and its summary."""
    if payload.axis and getattr(work.session.get(Axis, payload.axis), "workshop_id", None) != work.workshop.id:
        raise Refusal("not_here")
    work.room = build_room(
        work.session, work.workshop, clean_name(payload.title) or "?", question=clean_text(payload.question),
        axis_id=payload.axis, columns=[clean_name(c) for c in payload.columns], votes=payload.votes)
    work.remember(work.room.id, None, {"title": work.room.title}, work.workshop.id)
    return work.room


@verb("room.open", Which)
def open_room(work, payload: Which) -> Room:
    """Let people in and take their input."""
    room = work.room
    if room.opened_at and not room.closed_at:
        return room
    room.opened_at, room.opened_by = work.now, work.actor()
    room.closed_at = room.closed_by = None
    _start(work, room.step, 0)
    work.remember(room.id, None, {"open": True}, work.workshop.id)
    return room


@verb("room.close", Which)
def close_room(work, payload: Which) -> Room:
    """Stop input; the board stays readable and hidden votes are shown."""
    room = work.room
    if room.closed_at is None:
        room.closed_at, room.closed_by = work.now, work.actor()
        _reveal(work)
        work.touch(room, work.workshop.id)
        work.remember(room.id, {"open": True}, {"open": False}, work.workshop.id)
    return room


@verb("step.go", Go)
def go(work, payload: Go) -> Room:
    """Move the room to a step; votes that the step ends are shown."""
    if payload.step >= len(work.room.steps):
        raise Refusal("no_such_step")
    before = work.room.step
    _start(work, payload.step, payload.minutes)
    _reveal(work)
    work.remember(work.room.id, {"step": before}, {"step": payload.step}, work.workshop.id)
    return work.room


@verb("step.extend", Extend)
def extend(work, payload: Extend) -> Room:
    """Give the step more time, counted from its deadline or, when that is over, from now."""
    room, before = work.room, work.room.deadline
    room.deadline = max(before or work.now, work.now) + timedelta(minutes=payload.minutes)
    work.touch(room, work.workshop.id)
    work.remember(room.id, {"deadline": before and before.isoformat()}, {"deadline": room.deadline.isoformat()},
                  work.workshop.id)
    return room


def _start(work, step: int, minutes: int | None) -> None:
    room = work.room
    room.step, room.step_at = step, work.now
    minutes = room.steps[step].get("minutes") if minutes is None else minutes
    room.deadline = work.now + timedelta(minutes=minutes) if minutes else None
    work.touch(room, work.workshop.id)


def _reveal(work) -> None:
    """Votes hidden until they close are counted when their step is over; live ones whose ballots wait are counted now."""
    opened = [] if work.room.closed_at else work.room.steps[work.room.step]["opens"]
    for activity in work.session.query(Activity).filter_by(room_id=work.room.id):
        ended = activity.settings.get("reveal") == "close" and activity.kind not in opened
        if kinds()[activity.kind].votes and (ended or activity.uncounted_since):
            tally(work.session, activity)
            work.touch(activity)


def build_room(session, workshop: Workshop, title: str, *, kind: str = "group", question: str = "", axis_id=None,
               columns=(), votes=("dots",), steps=None) -> Room:
    """A room with its stream and activities; used by the verb, the set-up of a workshop, demo and replay."""
    if set(votes) - {name for name, k in kinds().items() if k.votes}:
        raise Refusal("no_such_kind")
    room = Room(id=new_id(), workshop_id=workshop.id, kind=kind, title=title, question=question, axis_id=axis_id,
                steps=[dict(step) for step in (steps or DEFAULT)], step=0, next_number=1)
    room.number, room.stream_id = (0, workshop.id) if kind == "plenary" else (workshop.next_room, room.id)
    if kind == "group":
        workshop.next_room += 1
        session.add(Stream(id=room.id))
        session.flush()
    session.add(room)
    sync.touch(session, room, workshop.id)
    session.flush()
    board = add_activity(session, room, "ideas", 0, {"columns": [
        {"key": f"c{i + 1}", "title": column} for i, column in enumerate(columns)]})
    for position, name in enumerate(votes, 1):
        add_activity(session, room, name, position, {"source": board.id})
    if kind == "group":
        add_activity(session, room, "summary", 9, {"source": board.id})
    return room


def add_activity(session, room: Room, name: str, position: int, settings: dict, title: str = "") -> Activity:
    """An activity of a kind with its default settings under `settings`."""
    kind = kinds()[name]
    row = Activity(id=new_id(), room_id=room.id, kind=name, title=title, settings=kind.settings | settings,
                   stream_id=room.workshop_id if kind.stream == "workshop" else room.stream_id, position=position)
    session.add(row)
    sync.touch(session, row)
    session.flush()
    return row
