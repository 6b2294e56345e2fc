"""Defines the steps of a room: what takes input while a step runs, who may do what, whose cards a person sees.

A step is {key, minutes, opens} and, where they differ from USUAL, title and instruction ({language: text}), columns (those
that take cards now; none: all), may, see, limit (ideas of a seat), closes (whether the deadline ends it), grace (seconds),
waits (whether its clock waits until somebody starts it).
`opens` names kinds of activities, or the `key` in the settings of one.
"""
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from workshop.domain.shapes import Json, Settings, Step

NOBODY, OWN, ALL, STAFF = "nobody", "own", "all", "staff"
PAIR, FOUR, ROOM = "pair", "four", "room"
MAY: dict[str, str] = {
    "add": ALL, "edit": OWN, "move": OWN, "group": STAFF, "comment": ALL, "react": ALL, "vote": ALL, "attach": ALL}
USUAL: dict[str, Any] = {
    "title": None, "instruction": None, "columns": [], "may": MAY, "see": ROOM, "limit": None, "closes": True, "grace": 0,
    "waits": False}
# The steps that every room starts with.
DEFAULT: list[Step] = [
    {"key": "ideas", "minutes": 15, "opens": ["ideas"]},
    {"key": "vote", "minutes": 5, "opens": ["dots", "opinions"]},
    {"key": "summary", "minutes": 10, "opens": []},
]


class Timed(Protocol):
    """Describes what steps need of a room; all moments in UTC."""

    @property
    def steps(self) -> list[Step]: ...
    @property
    def step(self) -> int: ...
    @property
    def opened_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def deadline(self) -> datetime | None: ...


class Opened(Protocol):
    """Describes what its room's steps need of an activity."""

    @property
    def kind(self) -> str: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def opened_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


def beginning(votes: Iterable[str]) -> list[Json]:
    """Makes the steps of a new room with votes of these kinds: what it can be given, one of them opens."""
    return [step | {"opens": list(dict.fromkeys([*step["opens"], *votes]))} if step["key"] == "vote" else dict(step)
            for step in DEFAULT]


def edition(steps: list[Step]) -> str:
    """Identifies one state of a room's steps."""
    return hashlib.sha256(json.dumps(steps, sort_keys=True).encode()).hexdigest()[:16]


def now(room: Timed) -> Json:
    """Returns the step that runs."""
    step: Step = room.steps[room.step]
    return step


def state(room: Timed | Json) -> str:
    """Returns 'closed', 'open' or 'waiting' to be opened: of a row, or of a card that says it."""
    if isinstance(room, dict):
        said: str = room["state"]
        return said
    return "closed" if room.closed_at else "open" if room.opened_at else "waiting"


def sees(room: Timed) -> str:
    """Tells whose cards a person sees in the step that runs: 'own', 'pair', 'four' or 'room' (also when the room has
    closed)."""
    return ROOM if room.closed_at else str(now(room).get("see", ROOM))


def standing(room: Timed, now: datetime) -> datetime:
    """Returns the moment that a running clock of the room is read at: a pause stops it."""
    return room.paused_at or now


def still(room: Timed) -> str | None:
    """Returns None while people may change what stands on the board, else the code of the refusal: the room is closed or
    paused."""
    return "room_closed" if room.closed_at else "room_paused" if room.paused_at else None


def opens(step: Step, activity: Opened) -> bool:
    """Tells whether the step takes input of the activity; what has the setting `always` needs no naming, nor does a vote
    that was opened by itself; one that was closed takes none in any step."""
    if activity.closed_at is not None or activity.opened_at is not None:
        return activity.closed_at is None
    return (bool(activity.settings.get("always")) or activity.kind in step["opens"]
            or activity.settings.get("key") in step["opens"])


def takes(room: Timed, activity: Opened, at: datetime) -> str | None:
    """Returns None if the room takes input of `activity` at `at`, else the code of the refusal. A vote that was opened by
    itself runs whatever the room does."""
    if activity.closed_at is not None:
        if activity.closes_at is not None and activity.closed_at >= activity.closes_at:
            return "time_over"
        return "vote_closed"
    if activity.opened_at is not None:
        return "time_over" if activity.closes_at is not None and at > activity.closes_at else None
    if room.opened_at is None:
        return "room_not_open"
    if refused := still(room):
        return refused
    step = now(room)
    if not opens(step, activity):
        return "step_closed"
    grace = timedelta(seconds=step.get("grace", 0))
    if room.deadline is not None and step.get("closes", True) and at > room.deadline + grace:
        return "time_over"
    return None


def lets(room: Timed, what: str, *, mine: bool = False, staff: bool = False) -> bool:
    """Tells whether the running step lets somebody do `what` (a key of MAY): to an own card or another's, as staff or not.
    """
    who = now(room).get("may", {}).get(what, MAY[what])
    return who == ALL or (who == OWN and mine) or (staff and who in (OWN, STAFF))
