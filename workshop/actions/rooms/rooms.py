"""Creates, opens and closes rooms, and gives several one set-up."""
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import delete, select

from workshop.actions.cards.arranging import depart
from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.own_methods import method_of
from workshop.actions.rooms import attendance, private_work, stepping_back
from workshop.actions.rooms.building import add_activity, build_room
from workshop.actions.rooms.stepping import reveal_votes, start
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.limits import COLUMNS, QUESTION, ROUGH, TITLE, clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json, Settings
from workshop.store.models import Activity, Axis, Ballot, Contribution, Room
from workshop.store.transaction import Session
from workshop.store.visibility.circles import new_line
from workshop.words import _, count


class Create(Shape):
    """Describes a new working group; `columns` are the titles of its board, none for a single column. A `method` (a key of
    the library or of one's own) brings board, votes and steps of its own, named in `language`: then neither is said here."""

    workshop: str = Field(max_length=40)
    title: str = Field(max_length=ROUGH * TITLE)
    question: str = Field(default="", max_length=ROUGH * QUESTION)
    axis: str | None = Field(default=None, max_length=40)
    columns: list[str] = Field(default=[], max_length=ROUGH * COLUMNS)
    votes: list[str] = Field(default=["dots"], max_length=4)
    method: str | None = Field(default=None, max_length=40)
    language: str = Field(default="es", pattern="^(es|fr|en)$")


class Which(Shape):
    """Names a room."""

    room: str = Field(max_length=40)


class Like(Shape):
    """Names rooms that are to work as `room` does."""

    room: str = Field(max_length=40)
    rooms: list[str] = Field(min_length=1, max_length=60)


class Moderate(Shape):
    """Says whether ideas wait for the facilitator before the others see them."""

    room: str = Field(max_length=40)
    on: bool = True


@verb("room.create", Create)
def create(work: InWorkshop, payload: Create) -> Room:
    """Creates a working group with its board, its votes and its summary."""
    if payload.axis and getattr(work.session.get(Axis, payload.axis), "workshop_id", None) != work.workshop.id:
        raise Refusal("not_here")
    method = method_of(work.session, work.who.device.account_id, payload.method) if payload.method else None
    if method and (payload.columns or "votes" in payload.model_fields_set):
        raise Refusal("method_has_board")
    if len(payload.columns) > COLUMNS:
        raise Refusal("too_many_columns", limit=COLUMNS)
    question = clean_text(payload.question)
    if len(question) > QUESTION:
        raise Refusal("too_long", limit=QUESTION, length=len(question))
    work.room = build_room(
        work.session, work.workshop, typed_name(payload.title, TITLE) or "?", question=question, axis_id=payload.axis,
        columns=[typed_name(column, TITLE) for column in payload.columns], votes=payload.votes, method=method,
        language=payload.language)
    work.remember(work.room.id, None, {"title": work.room.title}, work.workshop.id)
    return work.room


@tells("room.create", team="room")
def _created(act: Act) -> Sentence:
    return Sentence(team=_("made room {room}.", **act.names))


@verb("room.open", Which)
def open_room(work: InRoom, payload: Which) -> Room:
    """Opens the room to people and their input; the clock of the step starts with it."""
    let_in(work, work.room)
    return work.room


def let_in(work: InWorkshop, room: Room) -> bool:
    """Opens a room that is not open; tells whether it was not. Refusal `room_put_aside`."""
    if room.archived_at:  # it stands in a row of others, as the next part of a process
        raise Refusal("room_put_aside")
    if room.opened_at and not room.closed_at:
        return False
    left = room.closed_at and room.deadline and room.deadline - steps.standing(room, room.closed_at)
    again = room.closed_at is not None
    room.opened_at, room.opened_by = work.now, work.actor()
    room.closed_at = room.closed_by = None
    stepping_back.tell(work, room, "open")
    start(work, room.step, 0 if again else None, room)
    if left and left > timedelta(0):  # it goes on with the time that it had when it was closed
        room.deadline = work.now + left
    work.remember(room.id, None, {"open": True}, work.workshop.id)
    return True


@tells("room.open", team="room")
def tell_opened(act: Act) -> Sentence:
    """Words the record of a room that was opened."""
    return Sentence(_("{who} opened the room.", **act.names), _("opened room {room}.", **act.names))


@verb("room.close", Which)
def close_room(work: InRoom, payload: Which) -> Room:
    """Closes the room to input; the board stays readable, hidden votes and what was still private are shown. What waits in
    the inbox stays there."""
    if work.room.closed_at is None:
        shut(work, work.room)
    return work.room


def shut(work: InWorkshop, room: Room) -> None:
    """Closes a room that is not closed yet."""
    room.closed_at, room.closed_by = work.now, work.actor()
    stepping_back.tell(work, room, "close")
    if _by_mistake(room):
        attendance.closed_at_once(work.session, room)
    private_work.enter(work.session, room)
    reveal_votes(work, room)
    work.touch(room, work.workshop.id)
    work.remember(room.id, {"open": True}, {"open": False}, work.workshop.id)


@tells("room.close", team="room")
def tell_closed(act: Act) -> Sentence:
    """Words the record of a room that was closed."""
    return Sentence(_("{who} closed the room.", **act.names), _("closed room {room}.", **act.names))


def _by_mistake(room: Room) -> bool:
    """Tells whether the room is closed so soon after it was opened that it was open by mistake, with nothing put in."""
    if room.opened_at is None or room.closed_at is None:
        return False
    if room.closed_at - room.opened_at > timedelta(seconds=stepping_back.SECONDS):
        return False
    return room.active_at is None or room.active_at < room.opened_at.replace(second=0, microsecond=0)


@verb("room.alike", Like)
def alike(work: InRoom, payload: Like) -> Room:
    """Gives other rooms this room's steps, board and votes. A room that has cards keeps its board and takes the steps, if
    the boards are alike. The answer says in `took` {room: all | steps | nothing}."""
    session, model = work.session, work.room
    work.beside["took"] = took = {}
    for other in session.scalars(select(Room).where(Room.id.in_(payload.rooms), Room.workshop_id == work.workshop.id,
                                                    Room.kind == "group", Room.id != model.id,
                                                    Room.archived_at.is_(None))).all():
        took[other.id] = _take_set_up(work, model, other)
    return model


@tells("room.alike", team="room")
def _made_alike(act: Act) -> Sentence:
    return Sentence(_("{who} gave the room the board, the votes and the steps of another.", **act.names),
                    _("gave room {room} the board, the votes and the steps of another.", **act.names))


def _take_set_up(work: InRoom, model: Room, other: Room) -> str:
    """Gives a room the set-up of another, as far as its cards allow; returns what it took: "all", "steps" or "nothing"."""
    session = work.session
    mine, theirs = _activities(session, model), _activities(session, other)
    source, board = (next(a for a in of if a.kind == "ideas") for of in (mine, theirs))
    used = session.scalar(select(Contribution.id).where(Contribution.activity_id.in_([a.id for a in theirs])).limit(1))
    if used and not _alike(source.settings, board.settings):
        return "nothing"
    if not used:
        _clear(session, [a for a in theirs if a is not board])
        theirs, board.settings = [board], dict(source.settings)
        work.touch(board)
    there = {_called(a) for a in theirs}
    for one in mine:
        if _called(one) not in there:  # a step may open it
            add_activity(session, other, one.kind, one.position, one.settings | {"source": board.id}, one.title)
    running = steps.now(other)["key"] if used and other.opened_at else None
    other.steps, other.turn = [dict(step) for step in model.steps], None
    # Which part of a process a room is, stays its own.
    part = {name: value for name, value in (other.method or {}).items() if name == "process"}
    other.method = {name: value for name, value in (model.method or {}).items() if name != "process"} | part or None
    _go_on(work, other, running)
    work.touch(other, work.workshop.id)
    work.remember(other.id, None, {"alike": model.id}, work.workshop.id)
    return "steps" if used else "all"


def _clear(session: Session, votes: list[Activity]) -> None:
    """Removes votes from a room in which there is nothing yet."""
    for vote in votes:
        depart(session, vote)
        session.execute(delete(Ballot).where(Ballot.activity_id == vote.id))
        session.delete(vote)
    session.flush()
    session.memory.forget()


def _activities(session: Session, room: Room) -> Sequence[Activity]:
    return session.scalars(select(Activity).where(Activity.room_id == room.id, Activity.kind != "summary")
                           .order_by(Activity.position)).all()


def _called(activity: Activity) -> str:
    """Names it as steps do."""
    return activity.settings.get("key") or activity.kind


def _alike(one: Json, other: Json) -> bool:
    """Tells whether steps for one board can be worked through on the other."""
    def form(settings: Settings) -> tuple[object, ...]:
        parts = ({each["key"] for each in settings.get(name) or ()} for name in ("columns", "rows", "lanes", "fields"))
        return settings.get("layout") or "columns", *parts
    return form(one) == form(other)


def _go_on(work: InRoom, room: Room, running: str | None) -> None:
    """Continues after a change of the steps: at the step of this key, or with the first."""
    keys, paused = [step["key"] for step in room.steps], room.paused_at
    if running in keys:
        room.step = keys.index(running)
        private_work.enter(work.session, room)
    elif room.opened_at and not room.closed_at:
        start(work, 0, room=room)
        room.paused_at = paused and work.now
    else:
        room.step = 0
    reveal_votes(work, room)


@verb("room.moderate", Moderate)
def moderate(work: InRoom, payload: Moderate) -> Room:
    """Turns moderation on: ideas wait in an inbox from now on; or off: those that wait are let out."""
    room = work.room
    if payload.on and room.inbox is None:
        room.inbox = new_line(work.session)
    elif not payload.on and room.inbox is not None:
        if private_work.let_out(work.session, room):
            reveal_votes(work)
        room.inbox = None
    work.session.changes.circles.add(room.id)
    stepping_back.tell(work, room, "review" if payload.on else "through")
    work.touch(room, work.workshop.id)
    work.remember(room.id, None, {"moderated": payload.on}, work.workshop.id)
    return room


@tells("room.moderate", team="room")
def _moderated(act: Act) -> Sentence:
    names = act.names
    if act.after.get("moderated"):
        return Sentence(_("{who} lets the ideas wait.", **names), _("lets the ideas of room {room} wait.", **names))
    return Sentence(_("{who} lets the ideas through.", **names), _("lets the ideas of room {room} through.", **names))


class LetOut(Shape):
    """Names ideas of the inbox that everybody may see."""

    activity: str = Field(max_length=40)
    cards: list[Any] = Field(min_length=1, max_length=200)


@verb("inbox.let_out", LetOut)
def let_out(work: InRoom, payload: LetOut) -> Room:
    """Shows ideas that waited in the inbox, in the order in which they came."""
    if private_work.let_out(work.session, work.room, {str(card) for card in payload.cards}) == 0:
        raise Refusal("no_such_card")
    reveal_votes(work)  # their authors may have chosen them while nobody else saw them
    work.remember(work.room.id, None, {"let_out": payload.cards})
    return work.room


@tells("inbox.let_out")
def _let_out(act: Act) -> Sentence:
    n = count("{n} card", "{n} cards", len(act.after.get("let_out") or ()))
    return Sentence(_("{who} put on the board what was waiting: {n}.", **act.names | {"n": n}))
