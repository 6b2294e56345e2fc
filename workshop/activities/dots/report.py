"""Tells dots in the report."""
from workshop.activities.dots.rules import shared
from workshop.activities.options import counted_all, gave, titles, voters
from workshop.domain.kinds import Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count

NOTHING = {"points": 0, "seats": 0, "delegations": 0}


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks the cards by points, with people and delegations; says whose the points are, where they are not each person's.
    """
    n = settings["budget"]
    said = count("Each delegation had {n} point.", "Each delegation had {n} points.", n) if shared(settings) else ""
    return ranked(counted_all(settings, tally, NOTHING), [_("Points"), voters(settings), _("Delegations they are from")],
                  lambda one: (one["points"], one["seats"], one["delegations"]), lambda one: one["points"],
                  words=titles(settings), said=said)


def of_card(settings: Settings, result: Json) -> Said:
    """Returns '7 points · 5 people · 2 delegations'."""
    said = (count("{n} point", "{n} points", result["points"]), gave(settings, result["seats"]),
            count("from {n} delegation", "from {n} delegations", result["delegations"]))
    return Said(" · ".join(said), result["points"], {
        _("Points"): result["points"], _("People who gave points"): result["seats"],
        _("Delegations they are from"): result["delegations"]})


def of_choice(settings: Settings, points: int) -> str:
    """Returns what a seat gave: '2 points'."""
    return count("{n} point", "{n} points", points)
