"""Starts a step together with its clock."""
from pydantic import Field

from workshop.actions.core.context import InRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms.stepping import Clock, Go, clock, go, tell_clock, tell_went
from workshop.domain.errors import Refusal
from workshop.store.models import Room


class Start(Shape):
    """Names the step (None: the one that runs) and the minutes of its clock (None: as the step says)."""

    room: str = Field(max_length=40)
    step: int | None = Field(default=None, ge=0, lt=100)
    minutes: int | None = Field(default=None, ge=1, le=24 * 60)


@verb("step.start", Start)
def start(work: InRoom, payload: Start) -> Room:
    """Starts a step and its clock, also one that waits for the facilitator. Refusals: `room_not_open`, `room_closed`,
    `no_such_step`."""
    room = work.room
    if room.opened_at is None:
        raise Refusal("room_not_open")
    if room.closed_at:
        raise Refusal("room_closed")
    if payload.step in (None, room.step):
        return clock(work, Clock(room=room.id, minutes=payload.minutes))
    if payload.step is None or payload.step >= len(room.steps):
        raise Refusal("no_such_step")
    minutes = room.steps[payload.step]["minutes"] if payload.minutes is None else payload.minutes
    return go(work, Go(room=room.id, step=payload.step, minutes=minutes))


@tells("step.start", team="room")
def _started(act: Act) -> Sentence:
    return tell_went(act) if "step" in act.after else tell_clock(act)
