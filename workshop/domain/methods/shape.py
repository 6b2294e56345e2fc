"""Defines the shape of a method: what a method file may say. checking.check tells whether its parts fit together.

Every list is a tuple and every model is frozen: a method is shared by all who use it. Times are in minutes unless said.
"""
import re
from typing import Annotated, Literal, Self, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from workshop.domain.kinds import votes
from workshop.domain.limits import WORDS, clean_text

WHOLE = re.compile(r"-?[0-9]{1,6}")
MethodKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=WORDS), AfterValidator(clean_text)]
Word = Annotated[Text, Field(min_length=1)]
Keys = Annotated[tuple[Key, ...], Field(max_length=20)]
Who = Literal["nobody", "own", "all", "staff"]


def wrong(name: str, reason: str = "wrong") -> PydanticCustomError:
    """Returns what is wrong with a part of a vote that has no field of its own; checking.check knows it again."""
    return PydanticCustomError(f"number_{reason}", name)


def _whole(value: object) -> object:
    """Reads a whole number that YAML gives as text."""
    return int(value) if isinstance(value, str) and WHOLE.fullmatch(value) else value


class Shape(BaseModel):
    """Shares what all parts have in common: they never change, and a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Shape):
    """Holds the same words in each language."""

    es: Word
    fr: Word
    en: Word


class Axes(Shape):
    """Holds the labels of the two axes of a plane."""

    x: Key
    y: Key


class CardField(Shape):
    """Holds one line of a structured card."""

    key: Key
    type: Literal["text", "date", "choice", "link"]
    options: Keys = ()
    required: bool = False


class Board(Shape):
    """Describes where the ideas stand. `columns` are the levels of a tree; `delegations` names the column of which each
    delegation gets its own; `open_rows`: the group names its rows."""

    layout: Literal["columns", "matrix", "timeline", "tree", "plane", "list"]
    columns: Keys = ()
    delegations: Key | None = None
    rows: Keys = ()
    open_rows: bool = False
    lanes: Keys = ()
    scale: Literal["day", "month", "year"] | None = None
    axes: Axes | None = None
    fields: Annotated[tuple[CardField, ...], Field(max_length=12)] = ()


class Vote(Shape):
    """Describes one vote. Beside these it has the numbers of its kind (domain/kinds.py: Number), which `numbers` gives by
    name, its switches and its picks; `budget_of`: whose a number is that may be shared; `per`: whether it stands on each
    card, on each group (and each card in none), on each row of a matrix, or is about the room; `marks`: words of a scale's
    marks; `criteria`: by which each thing is marked, and their `weights` in the same order, () where all weigh alike."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    key: Key
    kind: str
    options: Keys = ()
    marks: Keys = ()
    criteria: Keys = ()
    weights: Annotated[tuple[Annotated[int, BeforeValidator(_whole)], ...], Field(max_length=20)] = ()
    budget_of: Literal["seat", "delegation"] = "seat"
    per: Literal["room", "card", "group", "row"] = "card"
    reveal: Literal["close", "voted", "live"] = "close"

    @property
    def numbers(self) -> dict[str, int]:
        """Returns the numbers that it has, by name."""
        return {name: value for name, value in (self.model_extra or {}).items() if type(value) is int}

    @property
    def switches(self) -> frozenset[str]:
        """Returns the names of the switches that say yes."""
        return frozenset(name for name, value in (self.model_extra or {}).items() if value is True)

    @property
    def picks(self) -> dict[str, str]:
        """Returns the rules that it picks, by name."""
        return {pick.name: said for pick in votes()[self.kind].picks if (said := (self.model_extra or {}).get(pick.name))}

    @model_validator(mode="before")
    @classmethod
    def _stands_as_usual(cls, data: object) -> object:
        """Says what a vote stands on where the file does not, and that is not the cards."""
        kind = votes().get(str(data.get("kind"))) if isinstance(data, dict) else None
        return data if not kind or kind.per == "card" else {"per": kind.per} | cast(dict[str, object], data)

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        """Checks that the kind is one that people may choose, and the numbers are its own and within their bounds; so are
        its switches."""
        kind = votes().get(self.kind)
        if kind is None:
            raise wrong("kind")
        known = {number.name: number for number in kind.numbers}
        named = {number.name for other in votes().values() for number in other.numbers}
        extra = self.model_extra or {}
        for name in [switch.name for switch in kind.switches if switch.name in extra]:
            if extra[name] not in (True, False, "true", "false"):
                raise wrong(name)
            extra[name] = extra[name] in (True, "true")
        named |= {switch.name for other in votes().values() for switch in other.switches}
        named |= {pick.name for other in votes().values() for pick in other.picks}
        for pick in kind.picks:
            if extra.get(pick.name) in (None, ""):
                extra.pop(pick.name, None)
            elif extra[pick.name] not in pick.options:
                raise wrong(pick.name)
        for name, value in list(extra.items()):
            if name in {*(switch.name for switch in kind.switches), *(pick.name for pick in kind.picks)}:
                continue
            number = known.get(name)
            if number is None and name not in named:
                raise wrong(name, "extra_forbidden")
            if isinstance(value, str) and WHOLE.fullmatch(value):  # as YAML is read here
                value = extra[name] = int(value)
            if value is not None and (type(value) is not int or (
                    number is not None and not number.least <= value <= number.most)):
                raise wrong(name)
        return self


class May(Shape):
    """Says who may do what in a step."""

    add: Who = "all"
    edit: Who = "own"
    move: Who = "own"
    group: Who = "staff"
    comment: Who = "all"
    react: Who = "all"
    vote: Who = "all"
    attach: Who = "all"


class Step(Shape):
    """Holds one step: what people read, how long, what is open. `columns`: those that take cards now (none named: all);
    `see`: whose cards a person sees; `limit`: ideas of a seat; `closes`: the deadline closes it; `grace` in seconds."""

    key: Key
    title: Words
    instruction: Words
    minutes: Annotated[int, Field(ge=1, le=480)]
    opens: Keys = ()
    columns: Keys = ()
    may: May = May()
    see: Literal["own", "pair", "four", "room"] = "room"
    limit: Annotated[int, Field(ge=1, le=50)] | None = None
    closes: bool = False
    grace: Annotated[int, Field(ge=0, le=300)] = 20


class Report(Shape):
    """Says into which section of the memoria the result goes, and what is shown of it; `sheets`: the board of each
    delegation."""

    section: Literal[
        "portada", "resumen", "antecedentes", "participantes", "metodologia", "desarrollo", "feria", "plenaria",
        "votaciones", "aprendizajes", "disensos", "acuerdos", "evaluacion", "anexos"]
    show: tuple[Literal["summary", "board", "sheets", "top_cards", "dissent", "vote"], ...]


class Part(Shape):
    """Holds one method of a process, and its day (the first is 1)."""

    method: MethodKey
    day: Annotated[int, Field(ge=1, le=31)]
    title: Words


class Method(Shape):
    """Holds a way of working: either `steps` (with a board, votes, a place in the report) or a `process` of other methods.
    """

    key: MethodKey
    version: Annotated[int, Field(ge=1, le=1)]  # of this format
    family: Literal["ideas", "analyse", "systematise", "dialogue", "decide", "report"]
    name: Words
    purpose: Words
    advice: Words
    people: tuple[Annotated[int, Field(ge=1, le=1000)], Annotated[int, Field(ge=1, le=1000)]]
    source: Text = ""
    labels: dict[Key, Words] = {}
    board: Board | None = None
    votes: Annotated[tuple[Vote, ...], Field(max_length=8)] = ()
    steps: Annotated[tuple[Step, ...], Field(max_length=20)] = ()
    report: Report | None = None
    process: Annotated[tuple[Part, ...], Field(max_length=30)] = ()
