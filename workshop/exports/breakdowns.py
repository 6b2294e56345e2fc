"""Tells the result of a vote as a whole and by delegation, channel and axis, as pages, walls and files draw it.

It says where persons and delegations disagree, how far people agree on each thing, and with what a sentence on the outcome
may begin.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop.domain import voting
from workshop.domain.kinds import Kind, Result, ResultTable, kinds
from workshop.domain.ranking import Standing, standings
from workshop.domain.shapes import Json, Settings, Tally
from workshop.exports.opinions import told as opinions
from workshop.exports.opinions.told import Alike
from workshop.store.counts.breakdown import first_of
from workshop.words import _, count, figure
from workshop.words.forms import quoted
from workshop.words.voting import who_voted

SHORT = 90  # characters of a thing that was voted on, in a sentence
Names = Mapping[str, tuple[str, str]]  # {key: (number, text)} of what may be voted on


@dataclass
class Lot:
    """Holds what a delegation, a channel, an axis, or several that were put together, came to. `first`: what came first in
    it, with most of it; `parts`: of each row, in the order of the whole; `weave`: None where it has none."""

    name: str
    label: str
    weave: int | None
    voted: int
    could: int
    first: str
    parts: list[tuple[float, ...]]
    figures: list[str]
    said: str = ""


@dataclass
class Way:
    """Holds a way of telling the whole apart; `key`: delegation, channel or axis."""

    key: str
    title: str
    lots: list[Lot]


@dataclass
class Thing:
    """Holds something that was voted on. `for_it`: the delegations for which it came first, as far as it is told which;
    `delegations`: how many; `leanings`: how many delegations are for each of its parts."""

    key: str
    of: Standing
    number: str
    text: str
    figures: list[str]
    people: int | None
    for_it: list[Lot] = field(default_factory=list)
    delegations: int | None = None
    leanings: list[int] = field(default_factory=list)

    @property
    def what(self) -> str:
        """Names it, its number first."""
        return " ".join(filter(None, (self.number, self.text)))


@dataclass
class Cell:
    """Holds what a voter gave to a thing: in short, and the reason behind it; `bare`: there is none, where one is asked for.
    """

    said: str
    why: str = ""
    bare: bool = False


@dataclass
class Given:
    """Holds the table of who gave what: `voters`, (short, whole) names; `rows`: the things that somebody gave to, each with
    its cells, None where a voter gave nothing; `rest`: what nobody gave to; `more`: voters that it leaves out."""

    voters: list[tuple[str, str]]
    rows: list[tuple[Thing, list[Cell | None]]]
    rest: list[Thing]
    more: int

    @property
    def all(self) -> list[tuple[Thing, list[Cell | None]]]:
        """Lists all things, also those to which nobody gave anything."""
        nothing: list[Cell | None] = [None] * len(self.voters)
        return [*self.rows, *((thing, nothing) for thing in self.rest)]

    @property
    def reasons(self) -> list[tuple[Thing, str, Cell]]:
        """Lists (thing, voter, cell) of what has a reason, or should have one."""
        return [(thing, name, cell) for thing, cells in self.rows
                for (_short, name), cell in zip(self.voters, cells, strict=True) if cell and (cell.why or cell.bare)]


@dataclass
class Whole:
    """Holds the result of a vote. `unit`: who has a ballot, as rules have it (`one_per`); `people`: who could take part
    where working groups vote; `of`: how many delegations are told of, `small`: how many are too small for that; `flags`:
    where persons and delegations disagree; `near`: [(thing, what most chose, how many, of how many)], the most agreed
    first; `won`: who won, where its kind has a sentence for it; `tables`: what else was counted; `each`: what the figures of
    groups are, where they are others; `alike`: groups of people who answer alike; `bridges`: what delegations share;
    `written`: what people wrote beside their choices; `gave`: who gave what."""

    voted: int
    could: int
    headings: list[str]
    bars: int
    tones: tuple[int, ...]
    apart: bool
    said: str
    things: list[Thing]
    ways: list[Way]
    of: int
    small: int
    flags: list[str]
    near: list[tuple[str, str, str]]
    unit: str = voting.SEAT
    people: int = 0
    gave: Given | None = None
    won: str = ""
    tables: list[ResultTable] = field(default_factory=list)
    each: str = ""
    table: bool = False  # whether all figures of the things are shown
    alike: Alike | None = None
    bridges: list[tuple[str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def turnout(self) -> str:
        """Says how many voted of how many."""
        return who_voted(self.unit, self.voted, self.could, self.people)

    @property
    def ranks(self) -> bool:
        """Tells whether one is better than another."""
        return any(thing.of.place for thing in self.things)

    @property
    def first(self) -> list[Thing]:
        """Lists what came first."""
        return [thing for thing in self.things if thing.of.place == 1]


def whole(kind: str, settings: Settings, tally: Tally, parts: Json, names: Names) -> Whole | None:
    """Returns the result in the current language; None of a kind that has no report."""
    report = kinds()[kind].report
    if report is None:
        return None
    result = report.result(settings, tally)
    names = {key: ("", quoted(name)) for key, name in tally.get("names", {}).items()} | dict(names)
    told = parts.get("delegations") or {"of": 0, "small": 0, "first": {}, "lean": {}}
    things = [_thing(one, result, tally, told, _called(one, names, settings)) for one in standings(result)]
    if "votes" in tally:  # of a thing it is not known how many people are behind its votes
        for thing in things:
            thing.people = None
    things.sort(key=lambda thing: (False, thing.of.place, thing.number) if thing.of.place else (True, 0, ""))
    ways = [_way(key, title, kind, settings, parts, things) for key, title in _titles().items()
            if parts.get("by", {}).get(key)]
    for way in ways:
        if way.key == "delegation":
            for lot, raw in zip(way.lots, parts["by"]["delegation"], strict=True):
                for thing in things:
                    if raw.get("first") == thing.key:
                        thing.for_it.append(lot)
    turnout = parts.get("turnout") or {"voted": tally["ballots"], "could": tally["ballots"]}
    made = Whole(tally["ballots"], max(turnout["could"], tally["ballots"]), list(result.headings), result.bars,
                 result.tones or tuple(range(result.bars)), result.chart == "plane", result.said, things, ways,
                 told["of"], told["small"], [], [], table=result.table, each=result.each)
    made.flags, made.near = _flags(made, told), _near(made, result)
    made.unit, made.people = voting.one_per(settings), turnout.get("people", 0)
    made.gave = _given(kinds()[kind], settings, parts["table"], things) if parts.get("table") else None
    texts = {thing.key: thing.what for thing in things}

    def called(key: str) -> str:
        return shortened(texts.get(key) or " ".join(filter(None, names.get(key, ()))))
    about = result.names(called) if result.names else ""
    made.won = about if result.wins else ""
    if about and not result.wins:
        made.said = f"{made.said} {about}".strip()
    made.written = result.notes(lambda key: texts.get(key, "")) if result.notes else []
    made.tables = result.tables(called) if result.tables else []
    made.alike, made.bridges = opinions.alike(parts.get("alike"), called), opinions.bridges(told, called)
    return made


def _given(kind: Kind, settings: Settings, told: Json, things: list[Thing]) -> Given:
    rows: list[tuple[Thing, list[Cell | None]]] = []
    for thing in things:
        by = told["given"].get(thing.key, {})
        rows.append((thing, [_cell(kind, settings, by[one["key"]]) if one["key"] in by else None for one in told["voters"]]))
    voters = [(str(one["number"]), f"{one['number']} · {one['name']}") if "number" in one else (one["label"], one["name"])
              for one in told["voters"]]
    return Given(voters, [row for row in rows if any(row[1])], [thing for thing, cells in rows if not any(cells)],
                 told.get("more", 0))


def _cell(kind: Kind, settings: Settings, choices: list[Any]) -> Cell:
    """Words what a voter gave; several where it splits its mandates."""
    if kind.cell is None:
        say = kind.card_report.of_choice if kind.card_report else lambda _settings, choice: str(choice)
        return Cell(" · ".join(written(one) if type(one) in (int, float) else say(settings, one) for one in choices))
    both = [kind.cell(settings, one) for one in choices]
    why = " · ".join(why for _said, why in both if why)
    return Cell(" · ".join(said for said, _why in both), why, kind.asks_why and not why)


def _titles() -> dict[str, str]:
    return {"delegation": _("By delegation"), "channel": _("By way of taking part"), "axis": _("By theme")}


def _called(one: Standing, names: Names, settings: Settings) -> tuple[str, str]:
    if one.row.text:
        return "", one.row.text
    return names.get(one.row.key) or (
        "", one.row.key if settings.get("per") == "row" else _("A card that is not shown any more"))


def _thing(one: Standing, result: Result, tally: Tally, told: Json, called: tuple[str, str]) -> Thing:
    item = (tally.get("items") or {}).get(one.row.key) or {}
    people = item.get("seats") if isinstance(item, dict) else None
    known = told["of"] and one.place and result.bars == 1
    lean = told["lean"].get(one.row.key, {})
    return Thing(one.row.key, one, *called, [written(n) for n in one.row.figures], people,
                 delegations=told["first"].get(one.row.key, 0) if known else None,
                 leanings=[lean.get(str(i), 0) for i in range(result.bars)] if lean else [])


def _way(key: str, title: str, kind: str, settings: Settings, parts: Json, things: list[Thing]) -> Way:
    report, lots = kinds()[kind].report, []
    assert report  # `whole` has asked
    texts = {thing.key: thing.text for thing in things}
    for raw in parts["by"][key]:
        result = report.result(settings, raw["tally"])
        mine = {one.row.key: one for one in standings(result)}
        name, label, weave = _name(key, raw["keys"], parts)
        drawn = [mine[thing.key].parts if thing.key in mine else (0.0,) * result.bars for thing in things]
        lots.append(Lot(name, label, weave, raw["voted"], raw["could"], texts.get(raw.get("first", ""), ""), drawn,
                        [" · ".join(written(n) for n in of) for of in drawn],
                        result.said if not any(one.place for one in mine.values()) else ""))
    return Way(key, title, lots)


def _name(key: str, keys: list[str], parts: Json) -> tuple[str, str, int | None]:
    """Names a lot: (name, label, weave)."""
    if len(keys) > 1:
        return _("the others"), "", None
    if key == "channel":
        return channel(keys[0]), "", None
    if key == "axis":
        return parts["axes"].get(keys[0]) or _("without a theme"), "", None
    known = parts["names"].get(keys[0])
    return (known["name"], known["label"], known["weave"]) if known else (_("without a delegation"), "", None)


def channel(key: str) -> str:
    """Words a way of taking part."""
    words = {"hall": _("in the hall"), "remote": _("far away"), "phone": _("by telephone"), "paper": _("on paper")}
    return words.get(key, key)


def _flags(made: Whole, told: Json) -> list[str]:
    """Says where persons and delegations disagree, in numbers."""
    if made.bars > 1:
        return _apart(made)
    first, other = [thing for thing in made.things if thing.of.place == 1], first_of(told["first"])
    theirs = next((thing for thing in made.things if thing.key == other), None)
    if len(first) != 1 or theirs is None or theirs.of.place == 1:
        return []
    mine = first[0]
    said = _("Persons put “{one}” first ({heading}: {n}; “{other}”: {m}). Delegations put “{other}” first ({k} of {all}; "
             "“{one}”: {j}).", one=shortened(mine.text), other=shortened(theirs.text), heading=made.headings[0],
             n=mine.figures[0], m=theirs.figures[0], k=theirs.delegations, j=mine.delegations, all=made.of)
    return [said]


def _apart(made: Whole) -> list[str]:
    """Says of which things most persons chose another part than most delegations."""
    found = []
    for thing in made.things:
        most, total = max(thing.of.parts, default=0), sum(thing.of.parts)
        theirs = first_of(dict(enumerate(thing.leanings)))
        if 2 * most <= total or theirs is None or thing.of.parts[theirs] == most:
            continue
        mine = thing.of.parts.index(most)
        found.append(_("“{what}”: persons, {one} ({n} of {total}); delegations, {other} ({k} of {all}).",
                       what=shortened(thing.what), one=made.headings[mine], n=written(most), total=written(total),
                       other=made.headings[theirs], k=thing.leanings[theirs], all=made.of))
    return found


def _near(made: Whole, result: Result) -> list[tuple[str, str, str]]:
    """Sorts what was voted on by how far people agree: [(thing, what most chose, its number)]."""
    if result.chart != "parts" or len(made.things) < 2:
        return []
    rows = []
    for thing in made.things:
        most, total = max(thing.of.parts, default=0), sum(thing.of.parts)
        if total:
            heading = made.headings[thing.of.parts.index(most)]
            rows.append((-most / total, thing.what, heading, _("{n} of {all}", n=written(most), all=written(total))))
    return [(what, heading, number) for _share, what, heading, number in sorted(rows, key=lambda row: row[0])]


def proposal(made: Whole) -> str:
    """Returns what a sentence on the outcome may begin with: numbers, of what came first."""
    if made.won:
        return made.won
    if not made.ranks:
        return made.said
    said = []
    for thing in made.first[:3]:
        figures = [f"{heading} {n}" for heading, n in zip(made.headings, thing.figures, strict=False)][:made.bars]
        if thing.people is not None and made.bars == 1:
            people = count("{k} of {n} working group", "{k} of {n} working groups", made.voted, k=thing.people) \
                if made.unit == voting.ROOM else count("{k} of {n} person", "{k} of {n} people", made.voted, k=thing.people)
            figures = [people] if thing.figures[0] == written(thing.people) else [*figures, people]
        more = f" ({delegations(thing.delegations, made.of)})" if thing.delegations is not None else ""
        said.append(f"{shortened(thing.text)}{_(': ')}{', '.join(figures)}{more}")
    return "; ".join(said) + "."


def delegations(n: int, of: int) -> str:
    """Words how many delegations of how many."""
    return count("{k} of {n} delegation", "{k} of {n} delegations", of, k=n)


def shortened(text: str) -> str:
    """Returns the beginning of a long text."""
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def written(number: int | float | None) -> str:
    """Formats a figure in the current language."""
    return "–" if number is None else figure(int(number) if number == int(number) else number)
