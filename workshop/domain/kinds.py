"""What a kind of activity declares; the folders in workshop/activities are found by themselves."""
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Said:
    """What a vote says of a card, for the report.

    text      in words: '7 points · 5 people · 2 delegations'
    rank      cards with a higher one come first
    figures   the same as numbers under their headings, for the spreadsheet
    """

    text: str
    rank: int
    figures: dict[str, int | float]


@dataclass(frozen=True)
class Row:
    """A line of a result.  `key`: id of a card or a group, or what else was voted on, with its words in `text`; `rank`: None
    where nothing is better than another."""

    key: str
    figures: tuple[int | float | None, ...]
    rank: int | float | None = None
    text: str = ""


@dataclass(frozen=True)
class Result:
    """What a vote came to, for the report.

    headings  of the figures of each row
    rows      the first first
    chart     'bars': the first figure; 'parts': the first `bars` figures as parts of a sum; 'plane': the first two, 0..100
    said      what is true of all of it: 'Mean 3.8, median 4.'
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: str = "bars"
    bars: int = 1
    said: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of activity.

    name      the folder's name; also the activity's `kind`
    settings  every setting with its default
    verbs     the verbs that may be used on an activity of this kind
    stream    'room', or 'workshop' when everybody in the gathering follows it
    votes     whether seats cast ballots
    right     the right of a step (domain/steps.py) that casting asks for
    shared    for votes whose budget may be a delegation's (setting `budget_of`): (settings, ballot, before, others,
              per_item) -> what is spent, or a refusal
    sample    a payload for each verb that must be accepted (the shared tests post it)
    rules     module with check(settings, body, known) and, for votes, summarise(ballots)
    report    for votes: module with NAME (a message), result(settings, tally) -> Result, and, where it is about cards,
              of_card(settings, result of one) -> Said and of_choice(settings, choice) -> str: what a seat chose, in words
    """

    name: str
    settings: dict
    verbs: frozenset[str]
    rules: ModuleType
    report: ModuleType | None = None
    stream: str = "room"
    votes: bool = False
    right: str = "vote"
    shared: Callable[..., int] | None = None
    sample: dict[str, Any] = field(default_factory=dict)

    @property
    def decides(self) -> bool:
        """Whether it is a vote that a room may be given."""
        return self.votes and self.right == "vote"


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by name.  A folder without a KIND stops the program."""
    package = importlib.import_module("workshop.activities")
    found = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg:
            kind = importlib.import_module(f"workshop.activities.{info.name}").KIND
            if kind.name != info.name:
                raise RuntimeError(f"workshop/activities/{info.name} declares the kind {kind.name!r}")
            found[kind.name] = kind
    return found
