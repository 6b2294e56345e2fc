"""Checks each value of an imported file: the shapes and cleaners of the doors through which such values come in.

Texts are cleaned as those that people write; what a door would refuse raises ValueError (a Refusal and pydantic's fault are
turned into one where the row is read). What a later change of a board has made impossible there is no fault of a card.
"""
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from workshop.actions.imported_checks import (
    FAULTS,
    NAMED,
    POINTS,
    line,
    list_of,
    looks,
    moment,
    named,
    no,
    number,
    one_of,
    text,
    tidy,
)
from workshop.actions.imported_json import (
    LINE,
    METHOD,
    TOLD,
    body,
    choices,
    fits,
    outcome,
    parts,
    payload,
    place,
    settings,
    state,
    steps_of,
    tally,
    titles,
)
from workshop.actions.rooms.workshops import PRIVACY
from workshop.domain import voting
from workshop.domain.ids import clean_code
from workshop.domain.kinds import kinds
from workshop.domain.limits import NAME, NOTES, QUESTION, QUESTION_TEXT, TITLE, TRANSCRIPT
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.declared import ASKS
from workshop.domain.programme import BLOCKS, MINUTES, is_call
from workshop.domain.shapes import Json
from workshop.domain.speaking.order import KINDS, LONGEST, RULES
from workshop.domain.walls import FARTHEST, NEAREST, THEMES
from workshop.store.counts.hands import CHANNELS as CHANNELS_BY_HAND
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
    Floor,
    HandCount,
    History,
    LateTray,
    Link,
    Presence,
    Question,
    Room,
    Seat,
    Site,
    Sitting,
    Speech,
    Wall,
    Workshop,
)
from workshop.store.visibility.copies import CARRIES
from workshop.store.visibility.threads import CITES
from workshop.words import LANGUAGES


def _day(value: Any) -> str:
    return moment(date.fromisoformat(value)).isoformat() if isinstance(value, str) else no()


def _minutes(value: int) -> int:
    return value if 0 <= value <= MINUTES else no()


def _spoken_minutes(value: Any) -> Json:
    if not isinstance(value, dict) or not all(
            kind in KINDS and type(n) is int and 1 <= n <= LONGEST for kind, n in value.items()):
        no()
    return value


def _call(value: str) -> str:
    return value if not value or is_call(value) else no()


def _zone(value: Any) -> str:
    return value if isinstance(value, str) and value in available_timezones() else no()


def _code(value: str) -> str:
    return value if value and clean_code(value) == value else no()


def _sheet(value: int) -> int:
    return value if value > 0 else no()


def _far(value: int) -> int:
    return value if NEAREST <= value <= FARTHEST else no()


COLUMNS: dict[tuple[type, str], Callable[[Any], Any]] = {
    (Workshop, "code"): _code, (Workshop, "title"): line(TITLE), (Workshop, "privacy"): one_of(*PRIVACY),
    (Workshop, "days"): list_of(_day, most=100), (Workshop, "zones"): list_of(_zone, 1, 10),
    (Workshop, "languages"): list_of(one_of(*LANGUAGES), 1, len(LANGUAGES)), (Workshop, "asks"): list_of(one_of(*ASKS)),
    (Delegation, "name"): line(NAME), (Delegation, "label"): line(4), (Site, "name"): line(NAME),
    (Axis, "title"): line(TITLE),
    (Block, "kind"): one_of(*BLOCKS), (Block, "title"): line(TITLE), (Block, "day"): _day,
    (Block, "minutes"): _minutes, (Block, "aim"): text(NOTES), (Block, "leader"): text(NAME),
    (Block, "materials"): text(NOTES), (Block, "notes"): text(NOTES), (Block, "call"): _call,
    (Block, "transcript"): text(TRANSCRIPT), (Room, "call"): _call,
    (Block, "method"): named, (Block, "uid"): text(255),
    (Seat, "channel"): one_of(*CHANNELS), (Attended, "channel"): one_of(*CHANNELS),
    (ExpectedPerson, "name"): line(NAME), (ExpectedPerson, "channel"): one_of("", *CHANNELS),
    (Presence, "channel"): one_of(*CHANNELS), (Presence, "day"): _day,
    (HandCount, "how"): one_of(*CHANNELS_BY_HAND), (HandCount, "lines"): list_of(fits(LINE)),
    (HandCount, "sheet"): _sheet, (Activity, "hands"): list_of(fits(TOLD)),
    (Room, "kind"): one_of("group", "plenary"), (Room, "title"): line(TITLE), (Room, "question"): text(QUESTION),
    (Room, "paused_for"): line(NAME),
    (Room, "steps"): steps_of, (Room, "method"): fits(METHOD),
    (Activity, "kind"): lambda kind: kind if kind in kinds() else no(), (Activity, "title"): line(TITLE, empty=True),
    (Activity, "outcome"): outcome,
    (Contribution, "kind"): one_of("idea", "comment", "group", "item"), (Contribution, "place"): place,
    (Contribution, "origins"): list_of(lambda one: named(one) if isinstance(one, str) else no()),
    (Contribution, "hidden_for"): text(300),
    (Link, "kind"): one_of(CITES, CARRIES, READ), (LateTray, "verb"): looks(NAMED), (LateTray, "reason"): looks(NAMED),
    (LateTray, "payload"): payload, (History, "verb"): looks(NAMED), (History, "before"): state,
    (History, "after"): state, (History, "program"): line(NAME),
    (Floor, "rule"): one_of(*RULES), (Floor, "minutes"): _spoken_minutes, (Speech, "kind"): one_of(*KINDS),
    (Speech, "channel"): one_of(*CHANNELS), (Speech, "called"): line(NAME, empty=True),
    (Question, "text"): text(QUESTION_TEXT, empty=False),
    (Sitting, "step"): text(40, empty=False), (Sitting, "title"): titles,
    (Wall, "name"): line(NAME, empty=True), (Wall, "theme"): one_of(*THEMES), (Wall, "far"): _far,
    (Sitting, "opens"): list_of(lambda one: named(one) if isinstance(one, str) else no())}


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
        if row["parts"] is not None:
            kept["parts"] = _at("parts", lambda: parts(row["kind"], row["settings"], row["parts"]))
        return kept
    if table is Ballot and row["activity_id"] in of:
        vote = of[row["activity_id"]]
        if not voting.lists_ballots(vote["settings"]):
            return {"choices": {}}
        return {"choices": _at("choices", lambda: choices(vote["kind"], vote["settings"], row["choices"]))}
    if table is HandCount and row["activity_id"] in of:
        vote = of[row["activity_id"]]
        return {"lines": _at("lines", lambda: [line | {"choices": choices(vote["kind"], vote["settings"], line["choices"])}
                                               for line in row["lines"]])}
    if table is Contribution:
        for key, kind in (("number", "idea"), ("number", "item"), ("parent_id", "comment")):
            if row["kind"] == kind and row[key] is None and row["withdrawn_at"] is None:
                _at(key, no)
        if row["copy_of"] is not None and row["home"] is None:
            _at("home", no)
        return {"body": _at("body", lambda: body(row["kind"], row["body"]))}
    return {}


class Wrong(ValueError):
    """Reports a value that cannot be; its text is the column."""


def _at(key: str, check: Callable[[], Any]) -> Any:
    try:
        return check()
    except FAULTS:
        raise Wrong(key) from None
