"""Checks each value of an imported file: the shapes and cleaners of the doors through which such values come in.

Texts are cleaned as those that people write; what a door would refuse raises ValueError (a Refusal and pydantic's fault are
turned into one where the row is read). What a later change of a board has made impossible there is no fault of a card.
"""
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal, NoReturn
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from workshop.actions.rooms.stepping import MOST, Step
from workshop.actions.rooms.workshops import PRIVACY
from workshop.activities.ideas import fields, places
from workshop.activities.summary.rules import SECTIONS
from workshop.domain.errors import Refusal
from workshop.domain.ids import clean_code
from workshop.domain.kinds import kinds
from workshop.domain.limits import DEPTH, KEPT, NAME, NOTES, QUESTION, TEXT, TITLE, WORDS, clean_text, is_plain
from workshop.domain.methods.shape import Report
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.declared import ASKS
from workshop.domain.people.names import typed_name
from workshop.domain.programme import BLOCKS, MINUTES, is_call
from workshop.domain.shapes import Json, Spoken
from workshop.store.counts.read_marks import READ
from workshop.store.models import (
    Activity,
    Attended,
    Axis,
    Ballot,
    Block,
    Contribution,
    Delegation,
    ExpectedPerson,
    History,
    LateTray,
    Link,
    Presence,
    Room,
    Seat,
    Site,
    Sitting,
    Workshop,
)
from workshop.store.visibility.copies import CARRIES
from workshop.store.visibility.threads import CITES
from workshop.words import LANGUAGES

NUMBER, FIGURE = 2**31 - 1, 1e9  # the largest of a column, of a figure within a JSON value
YEARS = range(1971, 2500)  # of moments; before and after, zones of the world lead out of the calendar
ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
NAMED = re.compile(r"[a-z][a-z_.]{0,39}")  # verbs, reasons, kinds of entries of the programme
POINTS = re.compile(r".*_(id|by)|id|by|step|copy_of|merged_into|into")  # columns that name something
FROM_ONE = {"number", "next_number", "next_room", "home", "rev"}
OLD = {"over_item", "over_budget", "over_hearts", "over_hearts_card", "no_such_card"}  # other settings were true then


def number(value: int, key: str, table: Any) -> int:
    """Checks a number of a column: none is below nothing, and what is counted from one begins there."""
    least = 1 if key in FROM_ONE and not (key == "number" and table in (Room, Axis)) else 0
    return value if least <= value <= NUMBER else _no()


def moment(value: datetime | date) -> datetime | date:
    """Checks a moment or day that every zone can show."""
    return value if value.year in YEARS else _no()


def named(value: str) -> str:
    """Checks an identifier, or what has the form of one."""
    return value if ID.fullmatch(value) else _no()


def line(most: int, empty: bool = False) -> Callable[[str], str]:
    """Checks a name on one line, as people type it."""
    def check(value: str) -> str:
        cleaned = typed_name(value, most)
        return cleaned if cleaned or (empty and not value) else _no()
    return check


def text(most: int, empty: bool = True) -> Callable[[Any], str]:
    """Checks a text of several lines, as people write it."""
    def check(value: Any) -> str:
        cleaned = clean_text(value) if isinstance(value, str) else _no()
        return cleaned if len(cleaned) <= most and (cleaned or empty) else _no()
    return check


def one_of(*known: str) -> Callable[[Any], Any]:
    """Checks one of a few words."""
    return lambda value: value if isinstance(value, str) and value in known else _no()


def looks(shape: re.Pattern[str]) -> Callable[[str], str]:
    """Checks a word of ours."""
    return lambda value: value if shape.fullmatch(value) else _no()


def list_of(check: Callable[..., Any], least: int = 0, most: int = 1000) -> Callable[[Any], list[Any]]:
    """Checks a list of what `check` takes."""
    def every(value: object) -> list[Any]:
        return [check(one) for one in value] if isinstance(value, list) and least <= len(value) <= most else _no()
    return every


def tidy(value: Any, depth: int = DEPTH) -> Any:
    """Cleans a JSON value: its texts and keys lose what no text keeps; no figure is larger than FIGURE."""
    if isinstance(value, str):
        return value.translate(KEPT)
    if isinstance(value, dict) and depth:
        return {tidy(key): tidy(one, depth - 1) for key, one in value.items()}
    if isinstance(value, list) and depth:
        return [tidy(one, depth - 1) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    return value if isinstance(value, int | float) and is_plain(value) and abs(value) <= FIGURE else _no()


def _tidied(value: Json) -> Json:
    """Cleans an object."""
    tidied: Json = tidy(value)
    return tidied


def _day(value: Any) -> str:
    return moment(date.fromisoformat(value)).isoformat() if isinstance(value, str) else _no()


def _minutes(value: int) -> int:
    return value if 0 <= value <= MINUTES else _no()


def _call(value: str) -> str:
    return value if not value or is_call(value) else _no()


def _zone(value: Any) -> str:
    return value if isinstance(value, str) and value in available_timezones() else _no()


def _code(value: str) -> str:
    return value if value and clean_code(value) == value else _no()


# --- what stands in JSON ------------------------------------------------------------------------------------------------

Line = Annotated[str, AfterValidator(text(WORDS))]
Said = Line | dict[Annotated[str, Field(pattern="^[a-z]{2,3}$")], Line]
Key = Annotated[str, Field(max_length=NAME)]


class Loose(BaseModel):
    """Shapes part of a setting: of the right kinds; what else stands in it stays."""

    model_config = ConfigDict(extra="allow", strict=True)


class Titled(Loose):
    """Shapes a column, row, lane, option or axis."""

    key: Key
    title: Said


class CardField(Titled):
    """Shapes a line of a structured card."""

    type: Annotated[str, AfterValidator(one_of(*fields.CHECKS))]
    options: list[Titled] = []
    required: bool = False


class Axes(Loose):
    """Shapes the two axes of a plane."""

    x: Titled
    y: Titled


class Settings(Loose):
    """Shapes the settings of an activity, whatever its kind."""

    layout: Annotated[str, AfterValidator(one_of(*places.LAYOUTS))] | None = None
    columns: list[Titled] = []
    rows: list[Titled] = []
    lanes: list[Titled] = []
    options: list[Titled] = []
    fields: list[CardField] = []
    open_rows: bool = False
    scale: Annotated[str, AfterValidator(one_of(*places.EXAMPLES))] | None = None
    axes: Axes | Annotated[Json, Field(max_length=0)] = {}
    source: Key | None = None
    key: Key | None = None
    title: Said | None = None
    reveal: Literal["live", "close"] = "live"
    always: bool = False
    budget_of: Literal["seat", "delegation"] = "seat"
    per: Literal["card", "group", "row"] = "card"


class Part(Loose):
    """Shapes where a room stands in a process of several."""

    id: Key
    part: int = Field(ge=0, le=NUMBER)


class Method(Loose):
    """Shapes what a room keeps of its method."""

    key: Key
    name: Said
    report: Report | None = None
    process: Part | None = None


STEPS, METHOD, SETTINGS = TypeAdapter(list[Step]), TypeAdapter(Method), TypeAdapter(Settings)


def _fits(shape: TypeAdapter[Any]) -> Callable[[Any], Any]:
    """Returns the value itself, cleaned, where it has the shape: defaults are not written into it."""
    def check(value: Any) -> Any:
        shape.validate_python(value, strict=None if shape is METHOD else True)
        return tidy(value)
    return check


def _steps(value: Any) -> list[Step]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        _no()
    checked: list[Step] = _fits(STEPS)(value)
    return checked


def settings(kind: str, value: Any) -> Json:
    """Checks the settings of an activity of this kind, with all that its kind asks for, and its numbers within their bounds.
    """
    if not isinstance(value, dict) or kinds()[kind].settings.keys() - value.keys():
        _no()
    if kind == "positions" and not value["axes"]:
        _no()
    for one in kinds()[kind].numbers:
        given = value.get(one.stored or one.name)
        if given is not None and (type(given) is not int or not 0 <= given <= one.most):
            _no()
    checked: Json = _fits(SETTINGS)(value)
    return checked


def tally(kind: str, of: Json, value: Any) -> Json:
    """Checks the tally of a vote of this kind with the settings `of`: figures, of which its result can be told."""
    report, cards = kinds()[kind].report, kinds()[kind].card_report
    if report is None or not _figures(value) or not isinstance(value.get("ballots"), int):
        _no()
    report.result(of, value)
    for one in (value.get("items") or {}).values():
        (cards or _no()).of_card(of, one)
    return _tidied(value)


def _figures(value: Any) -> bool:
    """Tells whether it is an object of figures, and of such objects."""
    return isinstance(value, dict) and all(
        one is None or (type(one) in (int, float) and 0 <= one <= FIGURE) or _figures(one) for one in value.values())


def choices(kind: str, of: Json, value: Any) -> Json:
    """Checks a ballot of a vote of this kind."""
    if not isinstance(value, dict) or not kinds()[kind].votes:
        _no()
    try:
        kinds()[kind].vote_rules.check(of, value, set(value))
    except Refusal as refusal:
        if refusal.code not in OLD:
            raise
    return _tidied(value)


def body(kind: str, value: Any) -> Json:
    """Checks what a contribution of a kind (idea, comment, group, item) says."""
    if not isinstance(value, dict):
        _no()
    kept: Json = _tidied(value) | {"text": text(TEXT, empty=False)(value.get("text"))}
    for name, check in (("title", text(TITLE)), ("helper", text(NAME + 4)), ("who", text(NAME)), ("when", text(NAME)),
                        ("section", one_of(*SECTIONS))):
        if name in value or (name, kind) == ("section", "item"):
            kept[name] = check(value.get(name))
    if "fields" in value:
        held = value["fields"] if isinstance(value["fields"], dict) else _no()
        words = text(TEXT, empty=False)
        kept["fields"] = {tidy(key): words(one) for key, one in held.items()}
    return kept


def place(value: Any) -> Json:
    """Checks where a contribution stands: {part: key or words}."""
    if not isinstance(value, dict) or not all(one is None or isinstance(one, str) for one in value.values()):
        _no()
    if value.get("at"):
        places.moment(value["at"])
    return _tidied(value)


def _payload(value: Any) -> Json:
    """Checks a late command: what it wanted to say, and where."""
    if not isinstance(value, dict) or not isinstance(value.get("parent"), str | None):
        _no()
    held = value.get("body")
    if not isinstance(held, dict) or not isinstance(held.get("text", ""), str):
        _no()
    return _tidied(value) | {"body": body("idea", held) if clean_text(held.get("text", "")) else tidy(held) | {"text": ""}}


def _state(value: Any) -> Json:
    """Checks a former state, as the history keeps it to bring it back."""
    if not isinstance(value, dict):
        _no()
    kept = _tidied(value)
    kept |= {"body": body("", value["body"])} if value.get("body") is not None else {}
    return kept | ({"place": place(value["place"])} if value.get("place") is not None else {})


def _titles(value: Any) -> Spoken:
    """Checks the name of a step in each language."""
    checked: Spoken = _fits(TypeAdapter(dict[str, str]))(value)
    return checked


COLUMNS: dict[tuple[type, str], Callable[[Any], Any]] = {
    (Workshop, "code"): _code, (Workshop, "title"): line(TITLE), (Workshop, "privacy"): one_of(*PRIVACY),
    (Workshop, "days"): list_of(_day, most=100), (Workshop, "zones"): list_of(_zone, 1, 10),
    (Workshop, "languages"): list_of(one_of(*LANGUAGES), 1, len(LANGUAGES)), (Workshop, "asks"): list_of(one_of(*ASKS)),
    (Delegation, "name"): line(NAME), (Delegation, "label"): line(4), (Site, "name"): line(NAME),
    (Axis, "title"): line(TITLE),
    (Block, "kind"): one_of(*BLOCKS), (Block, "title"): line(TITLE), (Block, "day"): _day,
    (Block, "minutes"): _minutes, (Block, "aim"): text(NOTES), (Block, "leader"): text(NAME),
    (Block, "materials"): text(NOTES), (Block, "notes"): text(NOTES), (Block, "call"): _call,
    (Block, "method"): named, (Block, "uid"): text(255),
    (Seat, "channel"): one_of(*CHANNELS), (Attended, "channel"): one_of(*CHANNELS),
    (ExpectedPerson, "name"): line(NAME), (ExpectedPerson, "channel"): one_of("", *CHANNELS),
    (Presence, "channel"): one_of(*CHANNELS), (Presence, "day"): _day,
    (Room, "kind"): one_of("group", "plenary"), (Room, "title"): line(TITLE), (Room, "question"): text(QUESTION),
    (Room, "steps"): _steps, (Room, "method"): _fits(METHOD),
    (Activity, "kind"): lambda kind: kind if kind in kinds() else _no(), (Activity, "title"): line(TITLE, empty=True),
    (Contribution, "kind"): one_of("idea", "comment", "group", "item"), (Contribution, "place"): place,
    (Contribution, "origins"): list_of(lambda one: named(one) if isinstance(one, str) else _no()),
    (Contribution, "hidden_for"): text(300),
    (Link, "kind"): one_of(CITES, CARRIES, READ), (LateTray, "verb"): looks(NAMED), (LateTray, "reason"): looks(NAMED),
    (LateTray, "payload"): _payload, (History, "verb"): looks(NAMED), (History, "before"): _state,
    (History, "after"): _state, (History, "program"): line(NAME),
    (Sitting, "step"): text(40, empty=False), (Sitting, "title"): _titles,
    (Sitting, "opens"): list_of(lambda one: named(one) if isinstance(one, str) else _no())}


def value(table: type, key: str, given: Any) -> Any:
    """Checks a value of a column, except None, in the form in which it is stored; what depends on another column comes
    after."""
    if check := COLUMNS.get((table, key)):
        return check(given)
    if isinstance(given, bool):
        return given
    if isinstance(given, int):
        return number(given, key, table)
    if isinstance(given, datetime | date):
        return moment(given)
    return named(given) if isinstance(given, str) and POINTS.fullmatch(key) else tidy(given)


def together(table: type, row: Json, of: dict[str, Json]) -> Json:
    """Checks a row's values ({key: value}) against each other; `of`: rows of the activities by their id. Returns those that
    are stored in another form; ValueError names the column first."""
    if table is Activity:
        kept = {"settings": _at("settings", lambda: settings(row["kind"], row["settings"]))}
        if row["tally"] is not None:
            kept["tally"] = _at("tally", lambda: tally(row["kind"], row["settings"], row["tally"]))
        return kept
    if table is Ballot and row["activity_id"] in of:
        vote = of[row["activity_id"]]
        return {"choices": _at("choices", lambda: choices(vote["kind"], vote["settings"], row["choices"]))}
    if table is Contribution:
        for key, kind in (("number", "idea"), ("number", "item"), ("parent_id", "comment")):
            if row["kind"] == kind and row[key] is None and row["withdrawn_at"] is None:
                _at(key, _no)
        if row["copy_of"] is not None and row["home"] is None:
            _at("home", _no)
        return {"body": _at("body", lambda: body(row["kind"], row["body"]))}
    return {}


class Wrong(ValueError):
    """Reports a value that cannot be; its text is the column."""


def _at(key: str, check: Callable[[], Any]) -> Any:
    try:
        return check()
    except FAULTS:
        raise Wrong(key) from None


# What checks raise of values that are not what they should be.
FAULTS = (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError, Refusal)


def _no() -> NoReturn:
    raise ValueError("cannot be")
