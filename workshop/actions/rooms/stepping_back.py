"""Notes a facilitator's last act on a room, which the other facilitators see and can undo for a while.

`Room.turn` holds it: {what (step, rotate, undone), by: a name, at, from: the step before, n: people who moved, back: whether
it can be taken back, before: the clock as it stood}; and beside it, as `did`, the last act that has no way back of its own:
{what (pause, on, clock, open, close, review, through), by, at, of: the account}.
"""
from datetime import datetime, timedelta
from typing import Any

from workshop.actions.core.context import CommandContext, InRoom
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.store.models import Account, Room

SECONDS = 60  # the pages offer it for ten; a tap may take long on a poor connection
CLOCK = ("step_at", "deadline", "paused_at")


def note(work: CommandContext, room: Room, what: str, back: bool = False, **more: Any) -> None:
    """Notes what the actor does to the room."""
    account = _account(work)
    clock = {name: (at := getattr(room, name)) and at.isoformat() for name in CLOCK}
    room.turn = {"what": what, "by": account.name if account else "", "at": work.now.isoformat(), "from": room.step,
                 "back": back, "before": clock} | more


def tell(work: CommandContext, room: Room, what: str) -> None:
    """Notes for the other facilitators what the actor did to the room; what can be undone stays so."""
    account = _account(work)
    by, of = (account.name, account.id) if account else ("", "")
    room.turn = (room.turn or {}) | {"did": {"what": what, "by": by, "at": work.now.isoformat(), "of": of}}


def _account(work: CommandContext) -> Account | None:
    key = work.who.device.account_id
    return work.session.get(Account, key) if key else None


def last(work: InRoom) -> Json:
    """Returns what can be undone. Refusal `too_late_back`: it is too long ago, it has shown something, or there is nothing.
    """
    room, turn = work.room, work.room.turn or {}
    if not turn.get("back") or work.now - datetime.fromisoformat(turn["at"]) > timedelta(seconds=SECONDS) or (
            room.closed_at or turn["from"] >= len(room.steps)):
        raise Refusal("too_late_back")
    return turn


def wind(work: InRoom, turn: Json) -> None:
    """Sets the clock back as it stood; the time of the mistake is given back."""
    room = work.room
    for name, at in turn["before"].items():
        setattr(room, name, at and datetime.fromisoformat(at))
    if room.deadline and room.deadline > since(turn) and not room.paused_at:
        room.deadline += work.now - since(turn)


def since(turn: Json) -> datetime:
    """Returns when it was done."""
    return datetime.fromisoformat(turn["at"])
