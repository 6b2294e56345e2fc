"""Registers the verbs (name, shape, permission and function in one place), and reads the envelope that names one."""
import hashlib
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from workshop.actions.core.context import (
    CommandContext,
    InRoom,
    InWorkshop,
    OnBoard,
    OnCard,
    SeatInRoom,
    SeatOnBoard,
    stands_on,
)
from workshop.actions.core.telling import TELLINGS
from workshop.domain.errors import Refusal
from workshop.domain.limits import AGE_MS, NAME
from workshop.domain.roles import MAY, PARTICIPANT
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Contribution, Room, Workshop

W = TypeVar("W", bound=CommandContext)  # what the verb relies on
P = TypeVar("P", bound="Shape")
R = TypeVar("R")
Shown = TypeVar("Shown")
More = ParamSpec("More")  # further arguments from other verbs that call it
# What each kind of context relies on: one of these rows.
COUNTS_ON: dict[type[CommandContext], tuple[type[Any], ...]] = {
    InWorkshop: (Workshop, Room, Activity, Contribution), InRoom: (Room, Activity, Contribution),
    SeatInRoom: (Room, Activity, Contribution), OnBoard: (Activity, Contribution),
    SeatOnBoard: (Activity, Contribution), OnCard: (Contribution,)}


class Shape(BaseModel):
    """Shapes the payload of a verb; unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="after")
    def _can_be_asked_for(self) -> Self:
        """Refuses NUL, which PostgreSQL takes not even in a question; texts inside `body` are cleaned by the kind."""
        for value in self.__dict__.values():
            for text in value if type(value) is list else (value,):
                if type(text) is str and "\0" in text:
                    raise ValueError("NUL")
        return self


@dataclass(frozen=True)
class Verb:
    """Describes a verb: `run(work, payload)` changes the store and returns the row that the answer shows, or None.

    `late_ok`: what comes too late is kept in the late tray, with what `note(work)` says beside it.
    `blocked_when_paused`: not while the room is paused or has closed, except by its facilitators.
    `in_room`: it changes nothing outside of its room, which is all that it locks (store/streams/numbering.py); where it
    does nevertheless it begins again with the workshop.
    `unsaid(session, payload)`: whether nothing of what it says may be kept, not even what would tell it from another.
    """

    name: str
    shape: type[Shape]
    run: Callable[..., object]
    late_ok: bool
    blocked_when_paused: bool
    note: Callable[[Any], Json | None] | None
    in_room: bool
    unsaid: Callable[[Any, Any], bool] | None = None

    @cached_property
    def puts_in(self) -> bool:
        """Tells whether this puts something into the room or takes it away: writes, votes, arranges, sums up. What comes
        from another room or goes there counts where it is done (Room.used)."""
        return self.name.partition(".")[0] in WORK and self.name not in LOOKS


# What people work with, except what only looks at it, leads, or may have found nothing to do.
WORK = frozenset({"contribution", "group", "ballot", "summary", "attachment", "hand", "tray"})
LOOKS = frozenset({"contribution.read", "contribution.carry", "hand.lower"})
VERBS: dict[str, Verb] = {}
SHOWN: dict[type[Any], Callable[[Any, Any], Json]] = {}  # table -> what an answer shows of its rows


def verb(name: str, shape: type[P], late_ok: bool = False, blocked_when_paused: bool = False,
         note: Callable[[Any], Json | None] | None = None, in_room: bool = False,
         unsaid: Callable[[Any, Any], bool] | None = None
         ) -> Callable[[Callable[Concatenate[W, P, More], R]], Callable[Concatenate[W, P, More], R]]:
    """Registers the function under `name`; a second one of that name stops the program."""
    def register(run: Callable[Concatenate[W, P, More], R]) -> Callable[Concatenate[W, P, More], R]:
        if name in VERBS:
            raise RuntimeError(f"the verb {name!r} is there twice")
        VERBS[name] = Verb(name, shape, run, late_ok, blocked_when_paused, note, in_room, unsaid)
        return run
    return register


def shows(*tables: type[Any]) -> Callable[[Callable[[W, Shown], Json]], Callable[[W, Shown], Json]]:
    """Registers the function `show(work, row)` for the rows of the tables."""
    def register(show: Callable[[W, Shown], Json]) -> Callable[[W, Shown], Json]:
        SHOWN.update(dict.fromkeys(tables, show))
        return show
    return register


_in_order = json.JSONEncoder(sort_keys=True).encode


class Envelope(BaseModel):
    """Shapes {client, n, verb, seat, payload, age_ms}."""

    model_config = ConfigDict(extra="forbid", strict=True)
    client: str = Field(pattern=r"^[A-Za-z0-9_-]{16,40}$")
    n: int = Field(ge=1, lt=2**31)
    verb: str = Field(max_length=40)
    seat: str | None = Field(default=None, max_length=40)
    payload: dict[str, Any]
    age_ms: int | float = Field(default=0)


@dataclass
class Command:
    """Holds an envelope whose shape is right, with the secret of the cookie that came with it."""

    secret: str | None
    envelope: Envelope
    origin: str | None = None  # the socket it came on
    payload: Any = None
    refusal: Refusal | None = None
    digest: str = ""
    age_ms: int = 0  # how long ago it was written, by the device's own measure

    @property
    def unsaid(self) -> str:
        """Returns the digest of a command of which nothing may be kept: the few things that can be chosen could all be tried
        against another."""
        return f"-{fingerprint([self.envelope.verb, self.envelope.seat])[1:]}"


def fingerprint(said: object) -> str:
    """Identifies what was said, whatever the order of its keys: 32 hex digits."""
    return hashlib.sha256(_in_order(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read(secret: str | None, message: Any, origin: str | None = None) -> Command:
    """Reads the command in a message. Raises ValidationError when it is no envelope; a wrong payload is a refusal."""
    envelope = Envelope.model_validate(message)
    command = Command(secret, envelope, origin, age_ms=int(min(max(envelope.age_ms, 0), AGE_MS)))
    command.digest = fingerprint([envelope.verb, envelope.seat, envelope.payload])
    if envelope.verb not in VERBS:
        command.refusal = Refusal("unknown_verb")
    else:
        try:
            command.payload = VERBS[envelope.verb].shape.model_validate(envelope.payload)
        except ValidationError as error:
            command.refusal = _refusal(error.errors()[0])
    return command


def _refusal(error: ErrorDetails) -> Refusal:
    """Words what is wrong with a payload: a text that is too long says how long it may be."""
    if error["type"] == "string_too_long" and error["ctx"]["max_length"] >= NAME:  # what is shorter no person writes
        return Refusal("too_long", limit=error["ctx"]["max_length"], length=len(error["input"]))
    return Refusal("bad_payload", field=".".join(str(part) for part in error["loc"])[:60])


def check_table() -> None:
    """Stops the program when the verbs and the table of permissions differ, when nothing says what is told of a verb, or
    when a verb relies on what its payload need not name."""
    if odd := set(VERBS) ^ set(MAY):
        raise RuntimeError(f"verbs and domain/roles.MAY differ: {', '.join(sorted(odd))}")
    if untold := set(VERBS) - set(TELLINGS):
        raise RuntimeError(f"verbs of which nothing is told (@tells or silent): {', '.join(sorted(untold))}")
    for one in VERBS.values():
        _check_what_it_counts_on(one)


def _check_what_it_counts_on(one: Verb) -> None:
    """Stops the program when the verb's function relies on a row that its payload need not name, or on a seat although
    others may use it."""
    asks = next(iter(inspect.signature(one.run).parameters.values())).annotation
    if asks in COUNTS_ON and stands_on(one.name, one.shape) not in COUNTS_ON[asks]:
        raise RuntimeError(f"the verb {one.name!r} counts on {asks.__name__}, which its payload need not name")
    if asks in (SeatInRoom, SeatOnBoard) and MAY[one.name] != {PARTICIPANT}:
        raise RuntimeError(f"the verb {one.name!r} counts on a seat, and others may use it")


@cache
def describe() -> list[Json]:
    """Lists every verb with the JSON schema of its payload and who may use it."""
    return [{"verb": v.name, "roles": sorted(MAY[v.name]), "payload": v.shape.model_json_schema()}
            for v in sorted(VERBS.values(), key=lambda v: v.name)]
