"""Tells hearts in the report."""
from workshop.activities.options import counted_all, gave, titles, voters
from workshop.domain.kinds import Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count

NOTHING = {"hearts": 0, "seats": 0, "delegations": 0}


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks the cards by hearts, with people and delegations."""
    return ranked(counted_all(settings, tally, NOTHING), [_("Hearts"), voters(settings), _("Delegations they are from")],
                  lambda one: (one["hearts"], one["seats"], one["delegations"]), lambda one: one["hearts"],
                  words=titles(settings))


def of_card(settings: Settings, result: Json) -> Said:
    """Returns '3 hearts · 3 people · 2 delegations'."""
    said = (count("{n} heart", "{n} hearts", result["hearts"]), gave(settings, result["seats"]),
            count("from {n} delegation", "from {n} delegations", result["delegations"]))
    return Said(" · ".join(said), result["hearts"], {_("Hearts"): result["hearts"]})


def of_choice(settings: Settings, hearts: int) -> str:
    """Returns what a seat gave: '2 hearts'."""
    return count("{n} heart", "{n} hearts", hearts)
