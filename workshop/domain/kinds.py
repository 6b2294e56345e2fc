"""Defines what a kind of activity declares; the folders in workshop/activities are found by themselves."""
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any, Protocol, cast

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Body, Choices, Json, Place, Settings, Tally


@dataclass(frozen=True)
class Said:
    """Holds what a vote says of a card, for the report.

    text      in words: '7 points · 5 people · 2 delegations'
    rank      cards with a higher one come first
    figures   the same as numbers under their headings, for the spreadsheet
    """

    text: str
    rank: int | float
    figures: dict[str, int | float]


@dataclass(frozen=True)
class Row:
    """Describes a line of a result. `key`: id of a card or a group, or what else was voted on, with its words in `text`;
    `rank`: None where nothing is better than another; `about`: what else screens say of it."""

    key: str
    figures: tuple[int | float | None, ...]
    rank: int | float | Fraction | None = None
    text: str = ""
    about: str = ""


@dataclass(frozen=True)
class ResultTable:
    """Holds a table of a result: the first column says what each row is of."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Result:
    """Holds what a vote came to, for the report.

    headings  of the figures of each row
    rows      the first first
    chart     'bars': the first figure; 'parts': the first `bars` figures as parts of a sum; 'plane': the first two, 0..100;
              'cloud': as bars, and on screens its words are as large as they are frequent
    said      what is true of all of it: 'Mean 3.8, median 4.'
    names     what is true of single rows: (what each key is called) -> a sentence
    notes     what people wrote beside their choices: (what each key is called) -> lines, for the record only
    common    the keys of rows that a cloud leaves out
    table     whether pages and walls show all of its figures as a table of their own, not the first alone
    tones     of the parts, where they are not 0, 1, 2…: 0 for, 1 with a reservation, 2 against, 3 neither
    wins      whether `names` tells who won: then the sentence on the outcome begins with it
    tables    what stands below the rows, where there is room for it: (what each key is called) -> tables
    each      what the figures of single groups are, where they are not the first figure of the whole
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: str = "bars"
    bars: int = 1
    said: str = ""
    tones: tuple[int, ...] = ()
    names: Callable[[Callable[[str], str]], str] | None = None
    notes: Callable[[Callable[[str], str]], list[str]] | None = None
    common: frozenset[str] = frozenset()
    wins: bool = False
    tables: Callable[[Callable[[str], str]], list[ResultTable]] | None = None
    each: str = ""
    table: bool = False


@dataclass(frozen=True)
class Number:
    """Describes a whole number that whoever sets a vote up gives it.

    name      in a method's file and in the form of the method editor
    label     what the form calls it
    said      how it is told in a sentence, with {n}
    usual     what a new vote has; None: nothing
    least     and `most`: its bounds
    stored    its name in the activity's settings, where that is another
    needed    whether a vote must have it
    shareable  whether it may be a delegation's instead of each person's
    empty     what its field shows where there is none, a message; '': that there is no limit
    late      whether it may still be changed while people vote, since it changes no ballot
    """

    name: str
    label: str
    said: str
    usual: int | None
    least: int
    most: int
    stored: str = ""
    needed: bool = True
    shareable: bool = False
    empty: str = ""
    late: bool = False


@dataclass(frozen=True)
class Switch:
    """Describes a yes or no that whoever sets a vote up gives it, under `name` in its settings too; no is usual.

    label     what the form calls it
    said      how it is told in a sentence, where it is yes
    """

    name: str
    label: str
    said: str


@dataclass(frozen=True)
class Pick:
    """Describes a rule of which whoever sets a vote up picks one, under `name` in its settings too.

    label     what the form calls it
    options   {key: how it is told}; the first is usual
    """

    name: str
    label: str
    options: dict[str, str]

    @property
    def usual(self) -> str:
        """Returns the key of the usual one."""
        return next(iter(self.options))

    def of(self, settings: Settings) -> str:
        """Returns the key that settings say."""
        return str(settings.get(self.name) or self.usual)


@dataclass(frozen=True)
class Marks:
    """Describes the words that the marks of a scale may have, in settings `marks`, as options have theirs.

    label     what the form calls them
    fits      (numbers by name) -> how many there may be, beside none
    """

    label: str
    fits: Callable[[dict[str, int]], Collection[int]]


@dataclass(frozen=True)
class Options:
    """Holds the named things between which a vote asks.

    least     and `most`: how many there must and may be
    usual     {key: its words in es, fr, en} of a new vote
    instead   whether, where there are some, the vote is on them and no more on cards
    costs     whether each has a `cost`, in whole units of the `currency` in which the setting `total` is
    """

    least: int
    most: int
    usual: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    instead: bool = False
    costs: bool = False

    def settings(self) -> list[Json]:
        """Returns the usual ones as an activity's settings have them: [{key, title: {es, fr, en}}]."""
        return [{"key": key, "title": dict(zip(("es", "fr", "en"), words, strict=True))}
                for key, words in self.usual.items()]


@dataclass(frozen=True)
class Criteria:
    """Says of how many criteria each thing is marked, in settings `criteria`: [{key, title, weight}].

    least     and `most`: how many there must and may be
    heaviest  the largest weight of one
    usual     {key: its words in es, fr, en} of a new vote, each of weight 1
    """

    least: int
    most: int
    heaviest: int
    usual: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def settings(self) -> list[Json]:
        """Returns the usual ones as an activity's settings have them."""
        return [one | {"weight": 1} for one in Options(self.least, self.most, self.usual).settings()]


@dataclass(frozen=True)
class Hand:
    """Describes something for which people raise their hands, or tick a box on paper. `key`: what the ballot says, '' for
    the card, group or row in question; `value`: what it says of that; `title`: in words."""

    key: str
    value: Any
    title: str


@dataclass(frozen=True)
class Hands:
    """Lists for what hands are raised. `one`: each person for one thing in all, not for one on each card."""

    options: tuple[Hand, ...] = ()
    one: bool = False


@dataclass(frozen=True)
class Mark:
    """Says how the picture of a method shows a vote on its cards.

    signs   what is given to a card, in the order in which its panel has them
    cards   which of the signs each of the four cards has been given, by their places; on the room as a whole, the first
    all     whether a card shows the other signs too, pale
    tones   the colours of the signs, one after the other (static/css/methods/methods.css)
    """

    signs: tuple[str, ...]
    cards: tuple[tuple[int, ...], ...]
    all: bool = False
    tones: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Example:
    """Shows what a kind of vote does, on ballots about the cards a, b, c, d (or what else it asks), with its usual settings.

    ballots   pairs of choices, all of which must be taken as they are, and the id of a delegation, or None
    tally     what `summarise` makes of them, in whatever order they come
    rows      (key, figures) of the rows of its result, in their order
    refused   choices that must not be taken
    """

    ballots: tuple[tuple[Json, str | None], ...]
    tally: Json
    rows: tuple[tuple[str, tuple[int | float | None, ...]], ...]
    refused: tuple[Json, ...]


class CardRules(Protocol):
    """Describes the rules of what people may write in an activity of a kind."""

    def check(self, settings: Settings, body: Body, place: Place, /) -> tuple[Body, Place]:
        """Returns the (body, place) to keep, or a Refusal."""


class VoteRules(Protocol):
    """Describes the rules of what people may choose in a vote of a kind, and what it comes to."""

    def check(self, settings: Settings, choices: Choices, cards: Collection[str], /) -> Choices:
        """Returns the ballot to keep, or a Refusal."""

    def summarise(self, ballots: Ballots[Any], /) -> Tally:
        """Returns the tally of the ballots."""


class Report(Protocol):
    """Tells what a vote came to."""

    def result(self, settings: Settings, tally: Tally, /) -> Result:
        """Returns the result as rows."""


class CardReport(Report, Protocol):
    """Tells what a vote came to for single cards too."""

    def of_card(self, settings: Settings, result: Json, /) -> Said:
        """Returns what the vote says of a card, of which `result` stands in the tally."""

    def of_choice(self, settings: Settings, choice: Any, /) -> str:
        """Returns what a seat chose, in words."""


@dataclass(frozen=True)
class Kind:
    """Declares a kind of activity.

    name      the folder's name; also the activity's `kind`
    title     a message: what people call it in lists and headings
    ballot    and `tally`: for votes, what travels, as docs/protocol.md says it
    numbers   for votes: the numbers that a method or a facilitator sets
    options   for votes that ask between named things
    switches  for votes: what is set to yes or no
    marks     for votes: the words that its marks may have
    picks     for votes: rules of which one is picked
    criteria  for votes: of how many criteria each thing is marked
    quorum    for votes: whether its tally says which `call` it is, how many are `present`, how many more are `represented`
              by them, how many `could` vote, and how many `proxies` count (store/votes/voices.py)
    settle    for votes: (settings, tally of all ballots) -> the tally with what the rules make of its sums
    terms     for votes: (settings, round) -> what was chosen before of how it is counted, in words; '': nothing
    text      for votes: of how many characters the text that is put to the vote may be, in settings `text`; 0: it has none
    stands    for votes: what it may stand on: 'card', 'group', 'row' (of a matrix), and 'room' where it may be about
              the room as a whole too, which then is usual; empty: about nothing else
    usual     for votes: on what of this it stands unless something else is said, where that is not the usual
    mark      for votes: how a method's picture shows it
    chosen    for votes: whether people give it to a room (what reacts, what comes with a layout, they do not, nor what is
              nothing before each thing has its cost)
    words     {key: message} that its panel says
    consistent  (numbers and picks by name) -> the name of one that does not fit the others, or ''
    settings  every setting with its default
    verbs     the verbs that may be used on an activity of this kind
    stream    'room', or 'workshop' when everybody in the gathering follows it
    votes     whether seats cast ballots
    right     the right of a step (domain/steps.py) that casting asks for
    shared    for votes whose budget may be a delegation's (setting `budget_of`): (settings, ballot, before, others,
              per_item) -> what is spent, or a refusal
    typed     for votes: (what the button says, what was typed beside it) -> the choice of a form without script
    cell      for votes: (settings, choice) -> what stands in the table of who gave what, and the reason behind it, where
              there is one; otherwise the choice in words
    asks_why  whether a choice without a reason is marked in that table
    written   the field of a result in which stands what people wrote beside their choices: where nobody is to know who is
              who it goes to staff alone
    shortened for votes with such: (a result) -> the same as it travels, with no more than a few of them
    newer     settings that files of earlier versions do not have
    begins    for votes: (settings) -> those that are made anew for each vote, such as the seed of a lot
    complete  for votes of which more is counted once they are over: (settings, tally, [(choices, how often they count)],
              what could be chosen) -> the tally. A large count is made in a child process, so all of it is as JSON has it.
              Who won stands in its `won`: of it `tied` are level for the last `left` places, of whom a lot took `drawn`
    unsent    fields of the tally that stay on the server: pages, walls and files tell of them
    pressed   for votes whose buttons without script change more of a ballot than one choice: (ballot, key, what the button
              says, what was typed beside it) -> the ballot
    hands     for votes that can be counted by raised hands: (settings) -> for what
    values    for votes that give each of some values once, with a reason: (settings) -> the values
    shares    for votes that give things away: (settings) -> how many one card can get at most, 0 in others
    alike     for votes whose ballots say 1, 0, -1 of each card: whether people who answer alike are found (domain/opinions)
    sample    a payload for each verb that must be accepted (the shared tests post it)
    example   for votes: ballots, and what comes of them (the shared tests count and tell them)
    rules     module with what CardRules asks, or, for votes, VoteRules
    report    for votes: module with what Report asks, or, where they stand on something, CardReport
    """

    name: str
    settings: Settings
    verbs: frozenset[str]
    rules: CardRules | VoteRules
    title: str = ""
    ballot: str = ""
    tally: str = ""
    numbers: tuple[Number, ...] = ()
    options: Options | None = None
    switches: tuple[Switch, ...] = ()
    marks: Marks | None = None
    picks: tuple[Pick, ...] = ()
    criteria: Criteria | None = None
    quorum: bool = False
    settle: Callable[[Settings, Tally], Tally] = lambda settings, tally: tally
    terms: Callable[[Settings, int], str] = lambda settings, round_: ""
    text: int = 0
    stands: frozenset[str] = frozenset({"card", "group"})
    usual: str = ""
    mark: Mark | None = None
    chosen: bool = True
    words: dict[str, str] = field(default_factory=dict)
    consistent: Callable[[dict[str, Any]], str] = lambda given: ""
    report: Report | None = None
    stream: str = "room"
    votes: bool = False
    right: str = "vote"
    shared: Callable[..., int] | None = None
    typed: Callable[[str, list[str]], Any] = lambda said, typed: [one for one in typed if one]
    cell: Callable[[Settings, Any], tuple[str, str]] | None = None
    asks_why: bool = False
    written: str = ""
    shortened: Callable[[Json], Json] = lambda item: item
    newer: frozenset[str] = frozenset()
    begins: Callable[[Settings], Settings] = lambda settings: {}
    complete: Callable[[Settings, Tally, list[tuple[Choices, int]], list[str]], Tally] | None = None
    unsent: frozenset[str] = frozenset()
    pressed: Callable[[Choices, str, str, list[str]], Choices] | None = None
    hands: Callable[[Settings], Hands] = lambda settings: Hands()
    values: Callable[[Settings], tuple[int, ...]] = lambda settings: ()
    shares: Callable[[Settings], int] = lambda settings: 0
    alike: bool = False
    sample: dict[str, Any] = field(default_factory=dict)
    example: Example | None = None

    def may_stand_on(self, layout: str | None, options: bool) -> list[str]:
        """Returns what a vote may stand on, on a board of this layout; nothing where there is nothing to choose."""
        if not layout or not self.stands or (options and self.options and self.options.instead):
            return []
        return [one for one in ("room", "card", "group", "row")
                if one in self.stands and (one != "row" or layout == "matrix")]

    @property
    def per(self) -> str:
        """Returns what it stands on unless its setting `per` says something else."""
        return self.usual or ("room" if "room" in self.stands else "card")

    def on_things(self, settings: Settings) -> bool:
        """Tells whether a vote with these settings is on named things and no more on cards."""
        return bool(self.options and self.options.instead and settings.get("options"))

    def on_cards(self, settings: Settings) -> bool:
        """Tells whether a vote with these settings stands on cards, groups or rows of a board."""
        return bool(self.stands) and not self.on_things(settings) and (settings.get("per") or self.per) != "room"

    def given(self, settings: Settings) -> dict[str, Any]:
        """Returns the numbers and the picked rules that settings say, by name, as usual where they say none."""
        numbers = {one.name: one.usual if (n := settings.get(one.stored or one.name)) is None else n for one in self.numbers}
        picked = {one.name: one.of(settings) for one in self.picks}
        return {name: n for name, n in numbers.items() if type(n) is int} | picked

    def settable(self) -> frozenset[str]:
        """Lists the settings of its own that the rules of a vote may still change before its first ballot."""
        return frozenset({one.stored or one.name for one in self.numbers} | {one.name for one in self.picks}
                         | {one.name for one in self.switches})

    @property
    def decides(self) -> bool:
        """Tells whether it is a vote that a room may be given."""
        return self.votes and self.right == "vote"

    @property
    def alone(self) -> bool:
        """Tells whether people may be asked without a board: about the room as a whole, or between named things."""
        return self.decides and self.chosen and (
            not self.stands or "room" in self.stands or bool(self.options and self.options.instead))

    def is_alone(self, settings: Settings) -> bool:
        """Tells whether a vote with these settings needs no card."""
        return not self.stands or (settings.get("per") or self.per) == "room" or bool(
            self.options and self.options.instead and settings.get("options"))

    @property
    def card_rules(self) -> CardRules:
        """Returns the rules of what people write. Refusal `not_for_this` for a vote."""
        if self.votes:
            raise Refusal("not_for_this")
        return cast(CardRules, self.rules)

    @property
    def vote_rules(self) -> VoteRules:
        """Returns the rules of a vote. Refusal `not_for_this` for what is none."""
        if not self.votes:
            raise Refusal("not_for_this")
        return cast(VoteRules, self.rules)

    @property
    def card_report(self) -> CardReport | None:
        """Returns the report of single cards; None where the kind is no vote on them."""
        return cast(CardReport, self.report) if self.report and self.stands else None

    def lacks(self) -> str:
        """Returns what its rules or its report do not give, as a sentence; '' for nothing."""
        asked: list[tuple[str, object, type]] = [("rules", self.rules, VoteRules if self.votes else CardRules)]
        if self.votes:
            asked.append(("report", self.report, CardReport if self.stands else Report))
        for part, given, protocol in asked:
            for name, function in inspect.getmembers(protocol, inspect.isfunction):
                _self, *parameters = inspect.signature(function).parameters
                if not name.startswith("_") and not _takes(getattr(given, name, None), parameters):
                    return f"the kind {self.name!r} has no {part}.{name}({', '.join(parameters)})"
        return ""


def _takes(function: object, parameters: list[str]) -> bool:
    """Tells whether it is a function that can be called with so many parameters."""
    if not callable(function):
        return False
    try:
        inspect.signature(function).bind(*parameters)
    except TypeError:
        return False
    return True


def votes() -> dict[str, Kind]:
    """Lists the kinds of vote that people may give a room, in the order in which lists have them."""
    return {name: kind for name, kind in sorted(kinds().items(), key=lambda one: (one[0] != "dots", one[0]))
            if kind.decides and kind.chosen}


@cache
def kinds() -> dict[str, Kind]:
    """Finds every kind by name. A folder without a KIND stops the program, and one whose rules or report lack a function."""
    package = importlib.import_module("workshop.activities")
    found = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg:
            kind = importlib.import_module(f"workshop.activities.{info.name}").KIND
            if kind.name != info.name:
                raise RuntimeError(f"workshop/activities/{info.name} declares the kind {kind.name!r}")
            if lacking := kind.lacks():
                raise RuntimeError(f"workshop/activities/{info.name}: {lacking}")
            found[kind.name] = kind
    return found
