"""Holds what people may say of themselves where a workshop asks: gender, language, role. Nobody must."""
from collections.abc import Collection, Mapping

from workshop.domain.errors import Refusal
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json

GENDERS = ("f", "m", "x")
SPOKEN = ("es", "qu", "ay", "fr", "en", "pt", "gn", "xx")  # xx: another
ASKS = ("gender", "language", "role")
CHOICES: dict[str, Collection[str]] = {"gender": GENDERS, "language": SPOKEN}


def asked(fields: Collection[str]) -> list[str]:
    """Returns the fields that a workshop asks for, in their order, or Refusal `bad_ask`."""
    if not set(fields) <= set(ASKS):
        raise Refusal("bad_ask")
    return [field for field in ASKS if field in fields]


def declare(said: Mapping[str, object], fields: Collection[str] = ASKS) -> Json | None:
    """Returns what somebody says of themselves, of these fields; None where it is nothing. Refusal `bad_declared`,
    `too_long`."""
    found: Json = {}
    for field in ASKS:
        value = said.get(field) or ""
        if not isinstance(value, str):
            raise Refusal("bad_declared")
        if field not in fields or not value:
            continue
        if field in CHOICES and value not in CHOICES[field]:
            raise Refusal("bad_declared")
        if kept := value if field in CHOICES else typed_name(value):
            found[field] = kept
    return found or None
