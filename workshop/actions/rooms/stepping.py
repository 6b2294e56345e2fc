"""Runs a room's steps: goes from one to the next, gives more time, pauses."""
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from sqlalchemy import select

from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms import attendance, private_work, stepping_back
from workshop.actions.votes import parts, results, voters
from workshop.actions.votes.counting import recount
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import NAME, ROUGH, WORDS, clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Room
from workshop.store.secrecy.ballots import is_over
from workshop.store.transaction import Session
from workshop.store.visibility import newly_visible
from workshop.words import _, spoken

MOST = 20  # steps of a room
AT_ONCE = timedelta(seconds=30)  # clocks of two facilitators who pressed the same button
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = dict[Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")],
             Annotated[str, Field(max_length=WORDS), AfterValidator(clean_text)]]
Who = Literal["nobody", "own", "all", "staff"]


class Go(Shape):
    """Names the step to go to, and for how many minutes (None: as the step says, 0: no deadline); `saw`: the step that ran
    when the button was pressed."""

    room: str = Field(max_length=40)
    step: int = Field(ge=0, lt=100)
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)
    saw: int | None = Field(default=None, ge=0, lt=100)


class Back(Shape):
    """Names a room whose last change of step is undone."""

    room: str = Field(max_length=40)


class Extend(Shape):
    """Gives more minutes to the step that runs, or (below 0) takes them off; `saw`: the deadline when the button was
    pressed, "" without one."""

    room: str = Field(max_length=40)
    minutes: int = Field(ge=-24 * 60, le=24 * 60)
    saw: str | None = Field(default=None, max_length=40)


class Clock(Shape):
    """Sets the minutes from now on (None: as the step says, 0: no clock); `saw` as in Extend."""

    room: str = Field(max_length=40)
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)
    saw: str | None = Field(default=None, max_length=40)


class Step(Shape):
    """Shapes a step as domain/steps.py has it."""

    key: Key
    minutes: int = Field(ge=0, le=480)
    opens: list[Key] = Field(max_length=12)
    title: Words | None = None
    instruction: Words | None = None
    columns: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=20)
    may: dict[Literal["add", "edit", "move", "group", "comment", "react", "vote", "attach"], Who] = {}
    see: Literal["own", "pair", "four", "room"] = "room"
    limit: int | None = Field(default=None, ge=1, le=50)
    closes: bool = True
    grace: int = Field(default=0, ge=0, le=300)
    waits: bool = False


class Steps(Shape):
    """Lists the steps of a room, all of them; `base`: their `edition` when the facilitator began to change them."""

    model_config = ConfigDict(extra="forbid", strict=True)
    room: str = Field(max_length=40)
    steps: list[Step] = Field(min_length=1, max_length=MOST)
    base: str = Field(max_length=40)


class Pause(Shape):
    """Pauses a room: nobody can write or vote until it is resumed. `reason`: for whom it waits, a place or a delegation."""

    room: str = Field(max_length=40)
    on: bool = True
    reason: str = Field(default="", max_length=ROUGH * NAME)


class PauseAll(Shape):
    """Pauses every room of the workshop that is open; `reason` as in Pause."""

    workshop: str = Field(max_length=40)
    on: bool = True
    reason: str = Field(default="", max_length=ROUGH * NAME)


@verb("step.go", Go)
def go(work: InRoom, payload: Go) -> Room:
    """Moves the room to a step; votes that the step ends are shown, cards are sent to those who may see them now. Where
    another facilitator has gone there meanwhile, nothing is done, and recorded, twice; elsewhere: Refusal `stale`."""
    room = work.room
    if payload.saw not in (None, room.step):
        if payload.step == room.step:
            return room
        raise Refusal("stale")
    if payload.step >= len(room.steps):
        raise Refusal("no_such_step")
    _check_sites(work, room.steps[payload.step])
    before = room.step
    # What has been seen cannot be unseen: then there is no way back, and the pages ask before.
    shown = newly_visible.shown(work.session, room, room.steps[payload.step])
    stepping_back.note(work, room, "step", back=not any(shown.values()))
    start(work, payload.step, payload.minutes)
    reveal_votes(work)
    work.remember(room.id, {"step": before}, {"step": payload.step}, work.workshop.id)
    return room


def _check_sites(work: InRoom, step: Json) -> None:
    """Refuses to end a vote that by its rules stays open until somebody of each place has voted: `sites_wait`."""
    running = steps.now(work.room)
    for vote in work.session.scalars(select(Activity).where(Activity.room_id == work.room.id)):
        if steps.opens(running, vote) and not steps.opens(step, vote) and (
                waits := voters.waits_for(work.session, work.room, vote)):
            raise Refusal("sites_wait", sites=", ".join(waits))


@tells("step.go", team="room")
def tell_went(act: Act) -> Sentence:
    """Words the record of a room that went to another step."""
    names = act.names | {"step": step_called(act.room, act.after.get("step"))}
    return Sentence(_("{who} went on to the step «{step}».", **names),
                    _("led room {room} on to the step «{step}».", **names))


@verb("step.undo", Back)
def undo(work: InRoom, payload: Back) -> Room:
    """Undoes the last `step.go`."""
    room, turn = work.room, stepping_back.last(work)
    before = room.step
    start(work, turn["from"], 0)
    stepping_back.wind(work, turn)
    attendance.take_back(work.session, room, stepping_back.since(turn), work.now)
    stepping_back.note(work, room, "undone")
    reveal_votes(work)
    work.remember(room.id, {"step": before}, {"step": room.step}, work.workshop.id)
    return room


@tells("step.undo", team="room")
def _went_back(act: Act) -> Sentence:
    names = act.names | {"step": step_called(act.room, act.after.get("step"))}
    return Sentence(_("{who} went back to the step «{step}».", **names),
                    _("took room {room} back to the step «{step}».", **names))


@verb("step.extend", Extend)
def extend(work: InRoom, payload: Extend) -> Room:
    """Gives the step more time, counted from its deadline or, when that is over, from now; or less, but not less than none.
    """
    if _other_clock(work, payload.saw):
        raise Refusal("stale")
    room, now = work.room, steps.standing(work.room, work.now)
    return _set_clock(work, max(now, max(room.deadline or now, now) + timedelta(minutes=payload.minutes)))


@tells("step.extend", team="room")
def _extended(act: Act) -> Sentence:
    before, after = act.before.get("deadline") or "", act.after.get("deadline") or ""
    text = _("{who} gave less time.", **act.names) if after < before else _("{who} gave more time.", **act.names)
    return Sentence(text, _("set the clock of room {room}.", **act.names))


@verb("step.clock", Clock)
def clock(work: InRoom, payload: Clock) -> Room:
    """Starts the clock of the step that runs, sets it to other minutes, or takes it away."""
    room = work.room
    if room.opened_at is None:
        raise Refusal("room_not_open")
    if room.closed_at:
        raise Refusal("room_closed")
    minutes = steps.now(room)["minutes"] if payload.minutes is None else payload.minutes
    deadline = steps.standing(room, work.now) + timedelta(minutes=minutes) if minutes else None
    if _other_clock(work, payload.saw):
        if deadline == room.deadline or (deadline and room.deadline and abs(deadline - room.deadline) < AT_ONCE):
            return room  # another facilitator has done the same
        raise Refusal("stale")
    return _set_clock(work, deadline)


@tells("step.clock", team="room")
def tell_clock(act: Act) -> Sentence:
    """Words the record of a clock that was set or taken away."""
    return Sentence(_("{who} set the clock.", **act.names) if act.after.get("deadline")
                    else _("{who} took the clock away.", **act.names), _("set the clock of room {room}.", **act.names))


@verb("steps.set", Steps)
def set_steps(work: InRoom, payload: Steps) -> Room:
    """Changes, adds, reorders or repeats steps while the room works; the one that runs stays the one that runs.

    Refusals: `stale_steps` when somebody else changed them meanwhile, `step_repeated`, `step_runs` when the running one is
    missing.
    """
    room, keys = work.room, [step.key for step in payload.steps]
    if payload.base != steps.edition(room.steps):
        raise Refusal("stale_steps")
    if len(set(keys)) < len(keys):
        raise Refusal("step_repeated")
    running = steps.now(room)["key"]
    if running not in keys:
        raise Refusal("step_runs")
    before = room.steps
    room.steps = [step.model_dump(exclude_defaults=True) | {"minutes": step.minutes, "opens": step.opens}
                  for step in payload.steps]
    room.step, room.turn = keys.index(running), None
    if room.opened_at:
        private_work.enter(work.session, room)
    reveal_votes(work)
    work.touch(room, work.workshop.id)
    work.remember(room.id, {"steps": before}, {"steps": room.steps}, work.workshop.id)
    return room


@tells("steps.set", team="room")
def _steps_changed(act: Act) -> Sentence:
    return Sentence(_("{who} changed the steps.", **act.names), _("changed the steps of room {room}.", **act.names))


@verb("room.pause", Pause)
def pause(work: InRoom, payload: Pause) -> Room:
    """Pauses the room, or resumes it; the time of the pause is given back."""
    _freeze(work, work.room, payload.on, typed_name(payload.reason))
    return work.room


@tells("room.pause", team="room")
def _paused(act: Act) -> Sentence:
    if reason := act.after.get("for"):
        names = act.names | {"reason": reason}
        return Sentence(_("{who} let the room wait for {reason}.", **names),
                        _("let room {room} wait for {reason}.", **names))
    if act.after.get("paused"):
        return Sentence(_("{who} paused the room.", **act.names), _("paused room {room}.", **act.names))
    return Sentence(_("{who} let the room go on.", **act.names), _("let room {room} go on.", **act.names))


@verb("rooms.pause", PauseAll)
def pause_all(work: InWorkshop, payload: PauseAll) -> None:
    """Pauses every open group, or resumes all."""
    for room in work.session.scalars(select(Room).where(
            Room.workshop_id == work.workshop.id, Room.kind == "group", Room.opened_at.is_not(None),
            Room.closed_at.is_(None))).all():
        _freeze(work, room, payload.on, typed_name(payload.reason))


@tells("rooms.pause", team="room")
def _all_paused(act: Act) -> Sentence:
    if reason := act.after.get("for"):
        return Sentence(_paused(act).text, _("let all rooms wait for {reason}.", reason=reason))
    team = _("paused all rooms.") if act.after.get("paused", True) else _("let all rooms go on.")
    return Sentence(_paused(act).text, team)


def _other_clock(work: InRoom, saw: str | None) -> bool:
    """Whether the clock is another than it was when the button was pressed."""
    deadline = work.room.deadline
    return saw is not None and saw != (deadline.isoformat() if deadline else "")


def _freeze(work: InWorkshop, room: Room, on: bool, reason: str = "") -> None:
    if on == (room.paused_at is not None) and not (on and reason and reason != room.paused_for):
        return  # another facilitator has done the same
    if on:
        room.paused_at, room.paused_for = room.paused_at or work.now, reason or None
    elif room.paused_at:
        if room.deadline and room.deadline > room.paused_at:
            room.deadline += work.now - room.paused_at
        room.paused_at = room.paused_for = None
    stepping_back.tell(work, room, "pause" if on else "on")
    work.touch(room, work.workshop.id)
    work.remember(room.id, None, {"paused": on} | ({"for": room.paused_for} if room.paused_for else {}), work.workshop.id)


def _set_clock(work: InRoom, deadline: datetime | None) -> Room:
    room, before = work.room, work.room.deadline
    room.deadline = deadline
    stepping_back.tell(work, room, "clock")
    work.touch(room, work.workshop.id)
    work.remember(room.id, {"deadline": before and before.isoformat()}, {"deadline": deadline and deadline.isoformat()},
                  work.workshop.id)
    return room


def step_called(room: Room | None, number: int | None) -> str:
    """Returns what a step is called in the language being spoken, as far as it is still there."""
    if room is None or number is None or number >= len(room.steps):
        return "…"
    step = room.steps[number]
    key: str = step["key"]
    usual = {"ideas": _("Ideas"), "vote": _("Vote"), "summary": _("Summary")}
    return spoken(step.get("title")) or usual.get(key, key)


def start(work: InWorkshop, step: int, minutes: int | None = None, room: Room | None = None) -> None:
    """Starts the step now, and its clock with it, unless that waits to be started."""
    room = room or work.room
    assert room  # without a room of its own the command names one
    room.step, room.step_at, room.paused_at, room.paused_for = step, work.now, None, None
    if minutes is None:
        minutes = 0 if room.steps[step].get("waits") else room.steps[step].get("minutes")
    room.deadline = work.now + timedelta(minutes=minutes) if minutes else None
    private_work.enter(work.session, room)
    work.touch(room, work.workshop.id)


def _is_over(room: Room, step: Json, vote: Activity) -> bool:
    """Tells whether a vote takes no ballots any more, as far as the step says; one that stands by itself has its own end."""
    return not steps.opens(step, vote) or (room.closed_at is not None and vote.opened_at is None)


def reveal_votes(work: InWorkshop, room: Room | None = None) -> None:
    """Counts votes that were hidden until they close when their last step is over, and not before; others are counted again,
    because ballots wait or cards have come before the room."""
    room = room or work.room
    assert room  # without a room of its own the command names one
    step, told = steps.now(room), False
    for activity in work.session.query(Activity).filter_by(room_id=room.id):
        hidden = voting.hidden(activity.settings)
        if not kinds()[activity.kind].votes or (activity.closed_at is not None and activity.tally is not None):
            continue
        ended = hidden and _is_over(room, step, activity)
        if hidden and not ended and not is_over(activity):  # it goes on, or begins again: until its end nothing is seen
            moved, activity.tally = activity.tally is not None, None
        else:
            moved = recount(work.session, activity, bool(ended), work.now)
        _keep_parts(work.session, activity, bool(room.closed_at) or not steps.opens(step, activity), moved)
        if moved:
            work.touch(activity)
        told |= kinds()[activity.kind].decides and (moved or (not hidden and activity.tally is not None))
    if told:
        results.tell(work.session, room.id)


def _keep_parts(session: Session, activity: Activity, over: bool, moved: bool) -> None:
    """Keeps a vote's result by group when it is over, and forgets it when it begins again."""
    if not kinds()[activity.kind].decides or activity.opened_at is not None:
        return  # reactions, and what is opened and closed by itself
    if over and activity.tally is not None and (moved or not activity.parts) and activity.tally["ballots"]:
        parts.keep(session, activity)
    elif not over and activity.parts:
        activity.parts = {}
