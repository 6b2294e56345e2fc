"""Tells a scale in the report."""
from workshop.activities.scale.rules import ROOM
from workshop.domain.kinds import Hand, Hands, Result, Row
from workshop.domain.shapes import Settings, Tally
from workshop.words import _, count, figure


def result(settings: Settings, tally: Tally) -> Result:
    """Lists how many gave each mark, in the order of the marks; 'Mean 3.8, median 4, mean distance from the mean 0.7. 2
    delegations.'"""
    said = ""
    if tally["n"]:
        figures = _("Mean {mean}, median {median}, mean distance from the mean {spread}.", mean=figure(tally["mean"]),
                    median=figure(tally["median"]), spread=figure(tally["spread"]))
        said = f"{figures} {count('{n} delegation', '{n} delegations', tally['delegations'])}."
    marks = range(settings["from"], settings["to"] + 1)
    return Result((_("People"),), tuple(
        Row(str(mark), (tally["histogram"].get(str(mark), 0),), text=str(mark)) for mark in marks), said=said)


def hands(settings: Settings) -> Hands:
    """Lists the marks: hands are raised for each."""
    return Hands(tuple(Hand(ROOM, mark, str(mark)) for mark in range(settings["from"], settings["to"] + 1)))
