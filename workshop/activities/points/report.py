"""Tells points in the report."""
from workshop.activities.dots.report import NOTHING, of_card, of_choice
from workshop.activities.options import counted_all, titles, voters
from workshop.domain.kinds import Result
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Settings, Tally
from workshop.words import _, count

__all__ = ["of_card", "of_choice", "result"]


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks the cards by points, with people and delegations, and says how many points each person had."""
    n = settings["budget"]
    return ranked(counted_all(settings, tally, NOTHING), [_("Points"), voters(settings), _("Delegations they are from")],
                  lambda one: (one["points"], one["seats"], one["delegations"]), lambda one: one["points"],
                  words=titles(settings),
                  said=count("Each person had {n} point.", "Each person had {n} points.", n))
