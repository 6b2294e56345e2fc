"""Tells a scale in the report."""
from collections.abc import Callable
from dataclasses import replace

from workshop.activities.options import counted_all, gave, titles, voters
from workshop.activities.scale.rules import ROOM, figures, of_room
from workshop.domain.kinds import Hand, Hands, Result, Row, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, figure, spoken

ENOUGH = 3  # answers, of which one may say that people agree


def result(settings: Settings, tally: Tally) -> Result:
    """Lists how many gave each mark to the room, in the order of the marks; or ranks cards and things by their mean, and
    says on which people agree most, and on which they are furthest apart."""
    if not of_room(settings):
        return _of_items(settings, tally)
    said = _of_marks(settings)
    if tally["n"]:
        delegations = count("from {n} delegation", "from {n} delegations", tally["delegations"])
        said = " ".join(filter(None, (said, f"{told(tally)} {delegations}.")))
    rows = (Row(str(mark), (tally["histogram"].get(str(mark), 0),), text=words(settings, mark))
            for mark in range(settings["from"], settings["to"] + 1))
    return Result((voters(settings),), tuple(rows), said=said)


def _of_items(settings: Settings, tally: Tally) -> Result:
    items = counted_all(settings, tally, {"seats": 0} | figures(()))
    found = ranked(
        items, [_("Mean"), _("Median"), _("Mean distance from the mean"), voters(settings), _("Delegations they are from")],
        lambda one: (one["mean"], one["median"], one["spread"], one["seats"], one["delegations"]),
        lambda one: -1 if one["mean"] is None else one["mean"], words=titles(settings), said=_of_marks(settings))
    rows = tuple(replace(row, about=_("distance {n}", n=figure(items[row.key]["spread"])))
                 if items[row.key]["seats"] else row for row in found.rows)
    return replace(found, rows=rows, names=lambda called: agreement(items, called))


def agreement(items: dict[str, Json], called: Callable[[str], str]) -> str:
    """Says on what people are closest to each other, and on what furthest apart; nothing of few answers."""
    known = sorted((one["spread"], called(key)) for key, one in items.items() if one["seats"] >= ENOUGH and called(key))
    if not known or known[0][0] == known[-1][0]:
        return ""
    (least, near), (most, far) = known[0], known[-1]
    return _("Closest to each other: {near} ({least}). Furthest apart: {far} ({most}).", near=near, far=far,
             least=figure(least), most=figure(most))


def told(one: Json) -> str:
    """Returns 'Mean 3.8, median 4, mean distance from the mean 0.7.'"""
    return _("Mean {mean}, median {median}, mean distance from the mean {spread}.", mean=figure(one["mean"]),
             median=figure(one["median"]), spread=figure(one["spread"]))


def words(settings: Settings, mark: int) -> str:
    """Returns the mark, with its words where each has some."""
    marks = settings.get("marks") or ()
    each = len(marks) == settings["to"] - settings["from"] + 1
    return f"{mark} {spoken(marks[mark - settings['from']]['title'])}" if each else str(mark)


def _of_marks(settings: Settings) -> str:
    """Says what the ends mean, where only they have words: '1: little. 5: much.'"""
    marks = settings.get("marks") or ()
    if len(marks) != 2 or settings["to"] - settings["from"] == 1:
        return ""
    ends = zip((settings["from"], settings["to"]), marks, strict=True)
    return " ".join(f"{mark}{_(': ')}{spoken(one['title'])}." for mark, one in ends)


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'Mean 3.8, median 4, mean distance from the mean 0.7. 12 people · 2 delegations'."""
    people = gave(settings, result["seats"])
    return Said(f"{told(result)} {people} · {count('from {n} delegation', 'from {n} delegations', result['delegations'])}",
                result["mean"], {_("Mean"): result["mean"], _("Median"): result["median"],
                                 _("Mean distance from the mean"): result["spread"], voters(settings): result["seats"]})


def of_choice(settings: Settings, mark: int) -> str:
    """Returns the mark that a seat gave."""
    return words(settings, mark)


def hands(settings: Settings) -> Hands:
    """Lists the marks: hands are raised for each, of the room or of each card."""
    key = ROOM if of_room(settings) else ""
    return Hands(tuple(Hand(key, mark, words(settings, mark)) for mark in range(settings["from"], settings["to"] + 1)))
