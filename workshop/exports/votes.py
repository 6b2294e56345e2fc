"""Tells the result of each vote in the report: who voted of those who could, a ranked row for each thing, a bar beside it.
"""
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workshop.domain import voting
from workshop.domain.kinds import Result, ResultTable, kinds
from workshop.domain.people.channels import HALL
from workshop.domain.ranking import standings
from workshop.domain.shapes import Json
from workshop.exports import breakdowns
from workshop.exports.breakdowns import Thing, Whole
from workshop.exports.tables import Table
from workshop.store.counts.breakdown import FEW, apart
from workshop.store.counts.turnout import Turnout
from workshop.words import _, count, figure, spoken
from workshop.words.forms import quoted
from workshop.words.voting import moved, round_of, who_voted

if TYPE_CHECKING:
    from workshop.exports.model import RoomPart


@dataclass
class Line:
    """Holds something that was voted on. `place`: 1 is the first, None where nothing is better; `bars`: lengths from 0 to 1;
    `tied`: others have the same place."""

    place: int | None
    number: str  # of the card
    text: str
    figures: list[int | float | None]
    bars: list[float]
    tied: bool = False


@dataclass
class Vote:
    """Holds a vote with its result. `parts`: what its bars are called, where there are several; `note`: why there is none.
    """

    title: str
    turnout: str  # '12 people of 17 voted.'
    voted: int
    could: int
    by: list[tuple[str, int, int]] = field(default_factory=list)  # (delegation or way of taking part, voted, could)
    said: str = ""
    headings: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    chart: str = "bars"
    parts: list[str] = field(default_factory=list)
    note: str = ""
    tones: tuple[int, ...] = ()  # of the parts of its bars, as `Result` has them
    decides: bool = True  # what does not are reactions
    written: list[str] = field(default_factory=list)  # what people wrote beside their choices
    whole: Whole | None = None  # by delegation, channel and axis, where it is over
    outcome: Json = field(default_factory=dict)  # what was decided: {text, name, at, when}
    follows: str = ""  # what the vote is called that it follows
    tables: list[ResultTable] = field(default_factory=list)  # what else was counted
    hands: list[str] = field(default_factory=list)  # '12 by show of hands in Oruro, entered by Elena at 10:42'


def vote(activity: Json, turnout: Turnout, names: dict[str, tuple[str, str]],
         delegations: dict[str, str] | None, by_group: Json | None = None) -> Vote | None:
    """Returns the vote as the report has it, None where there is nothing to tell. `names`: {key: (number, text)} of what may
    be voted on; `delegations`: {id: name}, None where nobody is to see who is who; `by_group`: its result so."""
    kind, tally = kinds()[activity["of"]], activity["tally"]
    name = spoken(activity["settings"].get("title")) or activity["title"] or _(kind.title)
    title = round_of(name, activity.get("round", 1))
    if tally is None:
        hidden = kind.decides and voting.hidden(activity["settings"]) and turnout.at
        return Vote(title, "", 0, turnout.people, note=_("The result is shown when the vote is over.")) if hidden else None
    n = tally["ballots"]
    if kind.report is None or (not n and not turnout.at):
        return None
    result = kind.report.result(activity["settings"], tally)
    could = (by_group or {}).get("turnout", {}).get("could", turnout.of[1]) if turnout.groups else turnout.people
    said = who_voted(voting.one_per(activity["settings"]), n, could, turnout.people) if kind.decides \
        else count("{n} person reacted.", "{n} people reacted.", n)
    known = kind.decides and delegations is not None and len(turnout.voted) == n and not turnout.groups
    by = groups(turnout, delegations) if known and delegations is not None else []
    parts = list(result.headings[:result.bars]) if result.bars > 1 else []
    names = {key: ("", quoted(name)) for key, name in tally.get("names", {}).items()} | names
    lines = _lines(result, names, activity["settings"].get("per") == "row")
    texts = {row.key: row.text for row in result.rows if row.text}

    def called(key: str) -> str:
        return texts.get(key) or " ".join(filter(None, names.get(key, ())))
    told = [result.said, result.names(called) if result.names else "", moved(tally),
            spoken(activity["settings"].get("said")), _weighted(tally)]
    return Vote(title, said, n, could, by, " ".join(filter(None, told)),
                list(result.headings), lines, "bars" if result.chart == "cloud" else result.chart, parts,
                tones=result.tones or tuple(range(result.bars)), decides=kind.decides,
                written=result.notes(called) if result.notes else [],
                tables=result.tables(called) if result.tables else [],
                whole=breakdowns.whole(kind.name, activity["settings"], tally, by_group, names) if by_group else None,
                outcome=activity.get("outcome") or {})


def _weighted(tally: Json) -> str:
    """Says that votes are another number than people, where they are."""
    return count("They count as {n} vote.", "They count as {n} votes.", tally["votes"]) if tally.get("votes") else ""


def _lines(result: Result, names: dict[str, tuple[str, str]], by_row: bool) -> list[Line]:
    found = []
    for one in standings(result):
        row = one.row
        number, text = ("", row.text) if row.text else names.get(row.key) or (
            "", row.key if by_row else _("A card that is not shown any more"))
        bars = [part / one.whole if one.whole else 0.0 for part in one.parts]
        found.append(Line(one.place, number, text, list(row.figures), bars, one.tied))
    by_number = result.chart == "plane" or any(line.place for line in found)
    return sorted(found, key=lambda line: (not line.place, line.place or 0, line.number)) if by_number else found


def groups(turnout: Turnout, delegations: dict[str, str]) -> list[tuple[str, int, int]]:
    """Counts [(name, voted, could)] by delegation, then by way of taking part. No line is of so few voters that it tells
    what one of them chose, nor can such a one be found by taking the others from the whole: the small ones are put together.
    """
    def of(name: Callable[[str | None, str], str]) -> list[tuple[str, int, int]]:
        could = Counter(name(*about) for about in turnout.could.values())
        voted = Counter(name(*turnout.could[seat]) for seat in turnout.voted if seat in turnout.could)
        lots = apart({one: voted[one] for one in could}, lambda keys: sum(voted[key] for key in keys) >= FEW)
        told = [(keys[0] if len(keys) == 1 else _("the others"), sum(voted[key] for key in keys),
                 sum(could[key] for key in keys)) for keys in lots]
        return sorted(told, key=lambda line: (line[0] == _("the others"), line))
    return [*of(lambda delegation, _channel: delegations.get(delegation or "") or _("without a delegation")),
            *of(lambda _delegation, channel: _("in the hall") if channel in HALL else _("far away"))]


def written(number: int | float | None) -> str:
    """Formats a figure in the current language."""
    return "–" if number is None else figure(number)


def plain(votes: list[Vote]) -> list[Json]:
    """Returns the same for programs."""
    return [{"vote": one.title, "voted": one.voted, "could_vote": one.could,
             "by": [{"who": who, "voted": voted, "could_vote": could} for who, voted, could in one.by],
             "result": [{"place": line.place, "number": line.number, "text": line.text,
                         "figures": dict(zip(one.headings, line.figures, strict=True))} for line in one.lines]}
            | ({"note": one.note} if one.note else {}) | ({"written": one.written} if one.written else {})
            | ({"said": one.said} if one.said else {}) | ({"by_hand": one.hands} if one.hands else {})
            | ({"outcome": one.outcome} if one.outcome else {}) | _plain_parts(one.whole) | _plain_given(one.whole)
            for one in votes]


def _plain_given(whole: Whole | None) -> Json:
    """Returns who gave what for programs: {given: [{what, sum, by: [{who, said, why}]}]}."""
    if whole is None or whole.gave is None:
        return {}
    return {"given": [{"what": thing.what, "sum": thing.figures[0], "by": [
        {"who": name, "said": cell.said, "why": cell.why}
        for (_short, name), cell in zip(whole.gave.voters, cells, strict=True) if cell]}
        for thing, cells in whole.gave.rows]}


def _plain_parts(whole: Whole | None) -> Json:
    """Returns the result by group for programs: {parts: [{by, groups: [{who, voted, could_vote, first, figures}]}],
    delegations, disagree}."""
    if whole is None:
        return {}
    parts = [{"by": way.key, "groups": [
        {"who": lot.name, "voted": lot.voted, "could_vote": lot.could, "first": lot.first,
         "figures": {thing.what: list(of) for thing, of in zip(whole.things, lot.parts, strict=True)}} for lot in way.lots]}
        for way in whole.ways]
    first = {thing.what: thing.delegations for thing in whole.things if thing.delegations}
    return {"parts": parts, "delegations": {"told": whole.of, "small": whole.small, "first": first},
            "disagree": whole.flags} | ({"bridges": [what for what, _of in whole.bridges]} if whole.bridges else {}) | (
        {"alike": {"groups": {camp.letter: camp.n for camp in whole.alike.camps}, "few": whole.alike.few} | {
            name: [{"text": one.what, "against": one.against, "of_each": {letter: [n, of] for letter, n, of in one.each}}
                   for one in held] for name, held in (("shared", whole.alike.shared), ("apart", whole.alike.apart))}}
        if whole.alike else {})


def tables(vote: Vote, words: dict[str, str]) -> list[tuple[str, Table]]:
    """Lists (title, table) of what else was counted, and of its result by delegation, channel and axis: a row for each
    thing, a column for each group."""
    whole = vote.whole
    found = [(one.title, Table(list(one.headings), [list(row) for row in one.rows], _sizes(one))) for one in vote.tables]
    for way in whole.ways if whole else ():
        rows = [[thing.what, *(lot.figures[i] for lot in way.lots)] for i, thing in enumerate(whole.things)] if whole else []
        if any(lot.first for lot in way.lots):
            rows.append([_("First in most of it"), *(lot.first or "–" for lot in way.lots)])
        if any(lot.said for lot in way.lots):
            rows.append([_("All of it"), *(lot.said or "–" for lot in way.lots)])
        rows.append([words["turnout"], *(_("{n} of {all}", n=lot.voted, all=lot.could) for lot in way.lots)])
        heads = [words["voted_on"], *(lot.name for lot in way.lots)]
        what = " · ".join(vote.parts) or (whole.each if whole else "")
        found.append((f"{way.title} ({what})" if what else way.title,
                      Table(heads, rows, [2.0, *(1.0 for _lot in way.lots)])))
    alike = whole.alike if whole else None
    for called, held in ((_("What all groups share"), alike.shared), (_("What separates the groups"), alike.apart)) \
            if alike else ():
        rows = [[f"{_('Against:')} {one.what}" if one.against else one.what, *(
            _("{n} of {all}", n=n, all=of) for _letter, n, of in one.each)] for one in held]
        if rows and alike:
            found.append((called, Table([words["voted_on"], *(camp.letter for camp in alike.camps)], rows,
                                        [2.0, *(1.0 for _camp in alike.camps)])))
    return found + _given(vote, words)


def _given(vote: Vote, words: dict[str, str]) -> list[tuple[str, Table]]:
    """Lists the table of who gave what, and under it the reasons."""
    if not (vote.whole and vote.whole.gave):
        return []
    of, head = vote.whole.gave, vote.whole.headings[0]
    rows = [[thing.what, *(cell.said if cell else "" for cell in cells), _summed(thing)] for thing, cells in of.rows]
    found = [(_("Who gave what"), Table([words["voted_on"], *(name for _short, name in of.voters), head], rows,
                                        [2.0, *(1.0 for _name in of.voters), 1.0]))]
    if of.reasons:
        found.append((_("Reasons"), Table([words["voted_on"], _("From"), head, _("Reason")], [
            [thing.what, name, cell.said, cell.why or _("without a reason")] for thing, name, cell in of.reasons],
            [1.5, 1.0, .5, 3.0])))
    return found


def _summed(thing: Thing) -> str:
    """Words the first figure of a thing, and that others have the same."""
    return f"{thing.figures[0]} ({_('tied')})" if thing.of.tied else thing.figures[0]


def groups_said(whole: Whole | None) -> list[str]:
    """Says which people answer alike, what each group holds, and what bridges the delegations."""
    if whole is None:
        return []
    camps = [f"{camp.title}{_(': ')}{' '.join(camp.said)}" for camp in whole.alike.camps if camp.said] if whole.alike else []
    said = [whole.alike.said, *camps, whole.alike.left, whole.alike.rule if whole.alike.shared else ""] \
        if whole.alike else []
    bridges = "; ".join(f"{quoted(what)} ({of})" for what, of in whole.bridges)
    return [*filter(None, said), *([f"{_('What bridges the delegations')}{_(': ')}{bridges}."] if bridges else [])]


def _sizes(of: ResultTable) -> list[float]:
    """Says how wide each column wants to be: as its longest text, within bounds."""
    longest = (max(map(len, column)) for column in zip(of.headings, *of.rows, strict=True))
    return [min(max(n / 12, .6), 3.0) for n in longest]


def about(vote: Vote, words: dict[str, str]) -> list[str]:
    """Words what stands above a vote's result: how many voted, of whom, what is true of all of it."""
    hands = [line if line.endswith(".") else f"{line}." for line in vote.hands]
    by = " · ".join(_("{who} {voted} of {could}", who=who, voted=voted, could=could) for who, voted, could in vote.by)
    who = " · ".join(filter(None, (vote.outcome.get("name"), vote.outcome.get("when"))))
    decided = f"{words['decided']}{words['colon']}{vote.outcome['text']}{f' ({who})' if who else ''}" if vote.outcome else ""
    flags = [f"{_('Persons and delegations do not agree.')} {flag}" for flag in (vote.whole.flags if vote.whole else ())]
    by = by and f"{words['turnout']}{words['colon']}{by}."
    follows = vote.follows and f"{_('Follows')}{words['colon']}{vote.follows}."
    return [line for line in (decided, follows, *flags, vote.turnout, by, vote.said, *groups_said(vote.whole), vote.note,
                              *hands, *vote.written) if line]


def headings(vote: Vote, words: dict[str, str]) -> list[str]:
    """Lists the headings of its table, without that of the bars; that of the place only where one is better than another."""
    return [*([words["rank"]] if ranks(vote) else []), *([words["number"]] if numbered(vote) else []),
            words["voted_on" if vote.decides else "reactions"], *vote.headings]


def cells(vote: Vote, line: Line, words: dict[str, str]) -> list[str]:
    """Lists what stands in the columns."""
    place = f"{line.place} {words['tied']}" if line.place and line.tied else str(line.place or "")
    return [*([place] if ranks(vote) else []), *([line.number] if numbered(vote) else []), line.text,
            *map(written, line.figures)]


def ranks(vote: Vote) -> bool:
    """Tells whether one is better than another."""
    return any(line.place for line in vote.lines)


def numbered(vote: Vote) -> bool:
    """Tells whether it is about cards."""
    return any(line.number for line in vote.lines)


def attended(room: "RoomPart") -> list[str]:
    """Words 'Ideas: 12 people (7 in the hall, 5 far away)' of each step of a room."""
    return [count("{step}: {n} person ({hall} in the hall, {remote} far away)",
                  "{step}: {n} people ({hall} in the hall, {remote} far away)", one.people, step=one.title, hall=one.hall,
                  remote=one.remote) for one in room.steps]
