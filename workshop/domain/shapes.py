"""Names the shapes that pass between the folders; most are objects as JSON has them."""
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

C = TypeVar("C")
D = TypeVar("D")

Json = dict[str, Any]  # an object as JSON has it; whoever reads a part of it knows, or asks, what it is
Spoken = dict[str, str]  # the same words in languages: {es, fr, en}

Settings = Json  # of an activity: those that its kind declares
Option = Json  # one of the named things of settings: {key, title}, a field also {type, options, required}
Body = Json  # what a card says: {text, title?, fields?}; a sentence of a summary: {section, text, who?, when?}
Place = Json  # where a card stands: {column, row, lane, at, x, y, parent}, what the layout of its board knows
Card = Json  # a card as a screen has it
Step = Json  # of a room (domain/steps.py)
Choices = Json  # {id of a card, or what else the vote is on: what a seat chose}
Ballots = Iterable[tuple[dict[str, C], str | None]]  # what was chosen, and the delegation of whoever chose it
Tally = Json  # what the kind's `summarise` made of the ballots: {items: {id: …}}, or the figures of a room
Draft = Json  # of a method (domain/methods/draft.py)
Answer = Json  # what a command is answered: {ok, seq, …} or {ok, code, values}


class Form(Protocol):
    """Describes the fields of a form, as Werkzeug has them."""

    def get(self, name: str, default: str, /) -> str: ...

    def getlist(self, name: str, /) -> list[str]: ...

    def __getitem__(self, name: str, /) -> str: ...

    def __contains__(self, name: object, /) -> bool: ...
