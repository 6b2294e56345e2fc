"""Checks what stands in JSON in an imported file: settings, steps, ballots, tallies, what cards say."""
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from workshop.actions.imported_checks import FIGURE, NUMBER, line, list_of, moment, named, no, one_of, text, tidied, tidy
from workshop.actions.rooms.stepping import MOST, Step
from workshop.activities.ideas import fields, places
from workshop.activities.summary.rules import SECTIONS
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import CURRENCY, MONEY, NAME, OUTCOME, TEXT, TITLE, WORDS, clean_text
from workshop.domain.methods.shape import Report
from workshop.domain.opinions import telling
from workshop.domain.shapes import Json, Spoken
from workshop.store.counts import hands
from workshop.store.votes import who_gave

OLD = {"over_item", "over_budget", "over_hearts", "over_hearts_card", "no_such_card"}  # other settings were true then
COMPLETED = frozenset({"won", "count", "counting", "sides"})  # of a tally: what a vote that is over has beside figures
COUNTED = 2000  # characters of a text in it: a fraction may be long
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


class Criterion(Titled):
    """Shapes one of several criteria by which things are marked."""

    weight: int


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
    marks: list[Titled] = []
    fields: list[CardField] = []
    open_rows: bool = False
    scale: Annotated[str, AfterValidator(one_of(*places.EXAMPLES))] | None = None
    axes: Axes | Annotated[Json, Field(max_length=0)] = {}
    source: Key | None = None
    key: Key | None = None
    title: Said | None = None
    reveal: Literal["live", "voted", "close"] = "live"
    rules: Annotated[Json, AfterValidator(voting.checked)] = {}
    said: Said | None = None
    always: bool = False
    budget_of: Literal["seat", "delegation"] = "seat"
    per: Literal["room", "card", "group", "row"] = "card"
    follows: Key | None = None  # the vote whose points it decides on
    currency: Annotated[str, Field(max_length=CURRENCY)] = ""
    seed: Annotated[str, Field(max_length=NAME)] = ""


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


class HandLine(BaseModel):
    """Shapes a line of votes that were entered by hand."""

    model_config = ConfigDict(extra="forbid", strict=True)
    choices: dict[str, Any]
    n: int = Field(ge=1, le=NUMBER)
    seats: list[Annotated[str, AfterValidator(named)]] = Field(max_length=NUMBER)


class HandTold(BaseModel):
    """Shapes what all may know of such votes."""

    model_config = ConfigDict(extra="forbid", strict=True)
    how: Annotated[str, AfterValidator(one_of(*hands.CHANNELS))]
    n: int = Field(ge=1, le=NUMBER)
    by: Annotated[str, AfterValidator(text(NAME))]
    at: Annotated[str, AfterValidator(lambda value: moment(datetime.fromisoformat(value)).isoformat())]
    site: Annotated[str, AfterValidator(text(NAME))] = ""
    room: int = Field(default=0, ge=0, le=NUMBER)
    sheets: int = Field(default=0, ge=0, le=NUMBER)
    over: int = Field(default=0, ge=0, le=NUMBER)
    id: Annotated[str, AfterValidator(named)] = ""


LINE, TOLD = TypeAdapter(HandLine), TypeAdapter(HandTold)
CRITERIA = TypeAdapter(Annotated[list[Criterion], Field()]).validate_python
STEPS, METHOD, SETTINGS = TypeAdapter(list[Step]), TypeAdapter(Method), TypeAdapter(Settings)


def fits(shape: TypeAdapter[Any]) -> Callable[[Any], Any]:
    """Returns the value itself, cleaned, where it has the shape: defaults are not written into it."""
    def check(value: Any) -> Any:
        shape.validate_python(value, strict=None if shape is METHOD else True)
        return tidy(value)
    return check


def steps_of(value: Any) -> list[Step]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST:
        no()
    checked: list[Step] = fits(STEPS)(value)
    return checked


def settings(kind: str, value: Any) -> Json:
    """Checks the settings of an activity of this kind, with all that its kind asks for, and its numbers within their bounds.
    """
    if not isinstance(value, dict) or kinds()[kind].settings.keys() - value.keys() - kinds()[kind].newer:
        no()
    value = {name: usual for name, usual in kinds()[kind].settings.items() if name in kinds()[kind].newer} | value
    for switch in kinds()[kind].switches:
        if not isinstance(value.get(switch.name, False), bool):
            no()
    for pick in kinds()[kind].picks:
        one_of(*pick.options)(pick.of(value))
    asked = kinds()[kind].criteria
    if "criteria" in value and not (asked and asked.least <= len(CRITERIA(value["criteria"])) <= asked.most and all(
            1 <= one["weight"] <= asked.heaviest for one in value["criteria"])):
        no()
    if "text" in value:
        text(kinds()[kind].text, empty=False)(value["text"])
    if kind == "positions" and not value["axes"]:
        no()
    for one in kinds()[kind].numbers:
        given = value.get(one.stored or one.name)
        if given is not None and (type(given) is not int or not 0 <= given <= one.most):
            no()
    voting.check(value)
    checked: Json = fits(SETTINGS)(value)
    options = kinds()[kind].options
    if options and options.costs and not all(is_cost(one.get("cost")) for one in checked["options"]):
        no()
    return checked


def is_cost(value: Any) -> bool:
    """Tells whether something can cost so much."""
    return type(value) is int and 1 <= value <= MONEY


def tally(kind: str, of: Json, value: Any) -> Json:
    """Checks the tally of a vote of this kind with the settings `of`: figures, of which its result can be told."""
    report, cards = kinds()[kind].report, kinds()[kind].card_report
    more = COMPLETED if kinds()[kind].complete and isinstance(value, dict) else frozenset[str]()
    if report is None or not _figures({name: one for name, one in value.items() if name not in more} if more else value) \
            or not isinstance(value.get("ballots"), int) or not all(_counted(value[name]) for name in more & value.keys()):
        no()
    made = report.result(of, value)
    for tell in (made.names, made.tables):
        if tell:
            tell(str)
    if cards:
        for one in (value.get("items") or {}).values():
            cards.of_card(of, one)
    return tidied(value)


def outcome(value: Any) -> Json:
    """Checks what a vote decided: a sentence, who wrote it and when; or nothing."""
    if value == {}:
        return {}
    if not isinstance(value, dict) or value.keys() != {"text", "by", "name", "at"}:
        no()
    by = value["by"]
    return {"text": line(OUTCOME)(value["text"]), "by": by if by is None else named(by),
            "name": line(NAME, empty=True)(value["name"]), "at": moment(datetime.fromisoformat(value["at"])).isoformat()}


def parts(kind: str, of: Json, value: Any) -> Json:
    """Checks the result by group of a vote of this kind with the settings `of`; or nothing."""
    if value == {}:
        return {}
    if not isinstance(value, dict) or value.keys() - {"alike", "table"} != {"turnout", "by", "delegations", "names", "axes"}:
        no()
    bridges = value["delegations"].get("bridges") if isinstance(value["delegations"], dict) else None
    figures = {key: one for key, one in value["delegations"].items() if key != "bridges"}
    if not (_figures(value["turnout"]) and _figures(figures) and {"voted", "could"} <= value["turnout"].keys()
            and {"of", "small", "first", "lean"} <= value["delegations"].keys()):
        no()
    by = {way: [_lot(kind, of, lot) for lot in value["by"].get(way, ())] for way in ("delegation", "channel", "axis")
          if value["by"].get(way)}
    names = {named(key): {"name": line(NAME)(one["name"]), "label": line(4)(one["label"]),
                          "weave": one["weave"] if type(one["weave"]) is int and 0 <= one["weave"] <= FIGURE else no()}
             for key, one in value["names"].items()}
    axes = {named(key): line(TITLE)(title) for key, title in value["axes"].items()}
    delegations = tidied(value["delegations"]) | ({} if bridges is None else {"bridges": list_of(text(NAME))(bridges)})
    return {"turnout": value["turnout"], "by": by, "delegations": delegations, "names": names, "axes": axes} | (
        {"alike": telling.Told.model_validate(value["alike"]).model_dump(mode="json")} if "alike" in value else {}) | (
        {"table": _table(kind, of, value["table"])} if "table" in value else {})


def _table(kind: str, of: Json, value: Any) -> Json:
    """Checks the table of who gave what."""
    if not isinstance(value, dict) or value.keys() - {"more"} != {"voters", "given"} \
            or len(value["voters"]) > who_gave.MOST or not _figures({"more": value.get("more", 0)}):
        no()
    voters = [{"key": named(one["key"]), "name": line(TITLE)(one["name"])}
              | ({"number": one["number"]} if _figures({"n": one.get("number", -1)}) else {})
              | ({"label": line(4)(one["label"]), "weave": one["weave"] if type(one["weave"]) is int and
                  0 <= one["weave"] <= FIGURE else no()} if "weave" in one else {}) for one in value["voters"]]
    for thing, by in value["given"].items():
        for each in by.values():
            if not isinstance(each, list) or len(each) > voting.MOST:
                no()
            for choice in each:
                choices(kind, of, {thing: choice})
    return {"voters": voters, "given": tidied(value["given"])} | ({"more": value["more"]} if "more" in value else {})


def _lot(kind: str, of: Json, value: Any) -> Json:
    if not all(type(value[name]) is int and 0 <= value[name] <= FIGURE for name in ("voted", "could")) or not value["keys"]:
        no()
    lot = {"keys": [text(NAME)(key) for key in value["keys"]], "voted": value["voted"], "could": value["could"],
           "tally": tally(kind, of, value["tally"])}
    return lot | ({"first": tidy(value["first"])} if isinstance(value.get("first"), str) else {})


def _figures(value: Any) -> bool:
    """Tells whether it is an object of figures, and of such objects."""
    return isinstance(value, dict) and all(
        one is None or (type(one) in (int, float) and 0 <= one <= FIGURE) or _figures(one) for one in value.values())


def _counted(value: Any) -> bool:
    """Tells whether it is what was counted of a vote that is over: figures, yes or no, keys and short words in lists and
    objects."""
    if isinstance(value, list):
        return all(map(_counted, value))
    if isinstance(value, dict):
        return all(map(_counted, value.values()))
    return value is None or isinstance(value, bool) or (type(value) in (int, float) and abs(value) <= FIGURE) or (
        isinstance(value, str) and len(value) <= COUNTED)


def choices(kind: str, of: Json, value: Any) -> Json:
    """Checks a ballot of a vote of this kind."""
    if not isinstance(value, dict) or not kinds()[kind].votes:
        no()
    try:
        kinds()[kind].vote_rules.check(of, value, set(value))
    except Refusal as refusal:
        if refusal.code not in OLD:
            raise
    return tidied(value)


def body(kind: str, value: Any) -> Json:
    """Checks what a contribution of a kind (idea, comment, group, item) says."""
    if not isinstance(value, dict):
        no()
    kept: Json = tidied(value) | {"text": text(TEXT, empty=False)(value.get("text"))}
    for name, check in (("title", text(TITLE)), ("helper", text(NAME + 4)), ("who", text(NAME)), ("when", text(NAME)),
                        ("section", one_of(*SECTIONS))):
        if name in value or (name, kind) == ("section", "item"):
            kept[name] = check(value.get(name))
    if "fields" in value:
        held = value["fields"] if isinstance(value["fields"], dict) else no()
        words = text(TEXT, empty=False)
        kept["fields"] = {tidy(key): words(one) for key, one in held.items()}
    return kept


def place(value: Any) -> Json:
    """Checks where a contribution stands: {part: key or words}."""
    if not isinstance(value, dict) or not all(one is None or isinstance(one, str) for one in value.values()):
        no()
    if value.get("at"):
        places.moment(value["at"])
    return tidied(value)


def payload(value: Any) -> Json:
    """Checks a late command: what it wanted to say, and where."""
    if not isinstance(value, dict) or not isinstance(value.get("parent"), str | None):
        no()
    held = value.get("body")
    if not isinstance(held, dict) or not isinstance(held.get("text", ""), str):
        no()
    return tidied(value) | {"body": body("idea", held) if clean_text(held.get("text", "")) else tidy(held) | {"text": ""}}


def state(value: Any) -> Json:
    """Checks a former state, as the history keeps it to bring it back."""
    if not isinstance(value, dict):
        no()
    kept = tidied(value)
    kept |= {"body": body("", value["body"])} if value.get("body") is not None else {}
    return kept | ({"place": place(value["place"])} if value.get("place") is not None else {})


def titles(value: Any) -> Spoken:
    """Checks the name of a step in each language."""
    checked: Spoken = fits(TypeAdapter(dict[str, str]))(value)
    return checked


