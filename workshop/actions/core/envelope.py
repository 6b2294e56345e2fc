"""What travels: the envelope of a command, its shape and the fingerprint of what it says."""
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from workshop.actions.core.registry import VERBS
from workshop.domain.errors import Refusal
from workshop.domain.limits import AGE_MS, NAME

_in_order = json.JSONEncoder(sort_keys=True).encode


class Envelope(BaseModel):
    """{client, n, verb, seat, payload, age_ms}."""

    model_config = ConfigDict(extra="forbid", strict=True)
    client: str = Field(pattern=r"^[A-Za-z0-9_-]{16,40}$")
    n: int = Field(ge=1, lt=2**31)
    verb: str = Field(max_length=40)
    seat: str | None = Field(default=None, max_length=40)
    payload: dict[str, Any]
    age_ms: int | float = Field(default=0)


@dataclass
class Command:
    """An envelope whose shape is right, with the secret of the cookie that came with it."""

    secret: str | None
    envelope: Envelope
    origin: str | None = None  # the line it came on
    payload: Any = None
    refusal: Refusal | None = None
    digest: str = ""

    @property
    def age_ms(self) -> int:
        """How long ago it was written, by the device's own measure."""
        return int(min(max(self.envelope.age_ms, 0), AGE_MS))


def fingerprint(said: object) -> str:
    """What tells one saying from another, whatever the order of its keys: 32 hex digits."""
    return hashlib.sha256(_in_order(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read(secret: str | None, message: Any, origin: str | None = None) -> Command:
    """The command in a message.  Raises ValidationError when it is no envelope; a wrong payload is a refusal."""
    envelope = Envelope.model_validate(message)
    command = Command(secret, envelope, origin)
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
    """What is wrong with a payload: a text that is too long says how long it may be."""
    if error["type"] == "string_too_long" and error["ctx"]["max_length"] >= NAME:  # what is shorter no person writes
        return Refusal("too_long", limit=error["ctx"]["max_length"], length=len(error["input"]))
    return Refusal("bad_payload", field=".".join(str(part) for part in error["loc"])[:60])
