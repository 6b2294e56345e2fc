"""Opinions in the report."""
from workshop.domain.kinds import Said
from workshop.words import N_, _

NAME = N_("Agree, disagree, pass")


def of_card(settings: dict, result: dict) -> Said:
    """'agree 4, disagree 1, pass 0'."""
    said = _("agree {agree}, disagree {disagree}, pass {passed}", agree=result["agree"], disagree=result["disagree"],
             passed=result["pass"])
    return Said(said, result["agree"] - result["disagree"], {
        _("Agree"): result["agree"], _("Disagree"): result["disagree"], _("Pass"): result["pass"]})


def of_choice(settings: dict, opinion: int) -> str:
    """What a seat thinks: 'Agree'."""
    return {1: _("Agree"), -1: _("Disagree"), 0: _("Pass")}[opinion]
