"""Loads the programmes that come with the program (workshop/programmes/*.yaml): days of blocks that a workshop begins with.
"""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, ValidationError, model_validator

from workshop.domain.methods.library import library
from workshop.domain.methods.shape import MethodKey, Shape, Words
from workshop.domain.methods.yaml_text import BadMethod, read
from workshop.domain.programme import BLOCKS, MINUTES, MORNING, at_clock
from workshop.domain.shapes import Json

Kind = Literal["plenary", "groups", "gallery", "video", "dialogue", "break", "free"]
Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
ORDER = ("una_hora", "media_jornada", "encuentro")  # as they are offered: the shortest first
assert get_args(Kind) == BLOCKS


class TemplateBlock(Shape):
    """Says one block: `at` is its hour on the clocks of the first zone, where it does not follow the block before it."""

    at: Hour | None = None
    minutes: Annotated[int, Field(ge=1, le=MINUTES)]
    kind: Kind
    title: Words
    aim: Words | None = None
    method: MethodKey | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.method is not None and self.method not in library():
            raise ValueError(f"no method {self.method}")
        return self


class ProgrammeFile(Shape):
    """Says a file: its blocks, day by day."""

    key: MethodKey
    version: Annotated[int, Field(ge=1, le=1)]  # of this format
    name: Words
    purpose: Words
    programme: Annotated[tuple[Annotated[tuple[TemplateBlock, ...], Field(min_length=1)], ...], Field(min_length=1)]


@dataclass(frozen=True)
class Template:
    """Offers a programme: `name` and `purpose` are {es, fr, en}, `days` is how many it has, `minutes` what they take in all.
    """

    key: str
    name: dict[str, str]
    purpose: dict[str, str]
    days: int
    minutes: int
    said: Sequence[Sequence[TemplateBlock]]

    def blocks(self, first_day: str | date, zone: str, language: str = "es") -> list[Json]:
        """Returns the columns of each block, {day, position, kind, title, aim, starts_at, pinned, minutes, method}, with the
        words in `language`. Raises ValueError for a first day that is none.
        """
        first = first_day if isinstance(first_day, date) else date.fromisoformat(first_day)
        found = []
        try:
            for number, blocks in enumerate(self.said):
                day = (first + timedelta(days=number)).isoformat()
                follows = at_clock(day, MORNING, zone)
                for position, block in enumerate(blocks):
                    starts = at_clock(day, block.at, zone) if block.at else follows
                    found.append(_columns(block, language) | {
                        "day": day, "position": position, "starts_at": starts, "pinned": block.at is not None})
                    follows = starts + timedelta(minutes=block.minutes)
        except OverflowError as error:
            raise ValueError(f"{first_day}: no days after it") from error
        return found

    def day_list(self, first_day: str | date) -> list[str]:
        """Returns the ISO dates of its days."""
        first = first_day if isinstance(first_day, date) else date.fromisoformat(first_day)
        return [(first + timedelta(days=number)).isoformat() for number in range(self.days)]


@cache
def templates() -> list[Template]:
    """Lists the programmes that come with the program, the shortest first. A bad file stops the program."""
    return load(resources.files("workshop") / "programmes")


def template(key: str) -> Template | None:
    """Returns the programme with this key."""
    return next((one for one in templates() if one.key == key), None)


def load(folder: Traversable) -> list[Template]:
    """Loads the .yaml files of a folder; RuntimeError names the file and the reason."""
    found = []
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name):
        try:
            said = ProgrammeFile.model_validate(read(file.read_text(encoding="utf-8")))
            if f"{said.key}.yaml" != file.name:
                raise ValueError("key")
            for day in said.programme:
                _in_time(day)
        except (BadMethod, UnicodeDecodeError, ValidationError, ValueError) as error:
            raise RuntimeError(f"workshop/programmes/{file.name}: {error}") from error
        found.append(Template(said.key, said.name.model_dump(), said.purpose.model_dump(), len(said.programme),
                              sum(block.minutes for day in said.programme for block in day), said.programme))
    return sorted(found, key=lambda one: ORDER.index(one.key) if one.key in ORDER else len(ORDER))


def _in_time(day: Sequence[TemplateBlock]) -> None:
    """Makes sure that no block begins before the one before it has ended."""
    follows = None
    for block in day:
        starts = datetime.combine(date.min, time.fromisoformat(block.at)) if block.at else follows
        if starts and follows and starts < follows:
            raise ValueError(f"{block.title.en} begins before the block before it ends")
        follows = (starts or datetime.combine(date.min, MORNING)) + timedelta(minutes=block.minutes)


def _columns(block: TemplateBlock, language: str) -> Json:
    title = block.title.model_dump()
    aim = block.aim.model_dump() if block.aim else {}
    return {"kind": block.kind, "title": title.get(language, title["es"]), "aim": aim.get(language, aim.get("es", "")),
            "minutes": block.minutes, "method": block.method}
