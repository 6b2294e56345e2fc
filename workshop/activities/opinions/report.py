"""Tells opinions in the report."""
from workshop.domain.kinds import Hand, Hands, Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _


def result(settings: Settings, tally: Tally) -> Result:
    """Returns how many agree, disagree and pass."""
    return ranked(tally["items"], [_("Agree"), _("Disagree"), _("Pass")],
                  lambda one: (one["agree"], one["disagree"], one["pass"]), lambda one: one["agree"] - one["disagree"],
                  "parts", 3, tones=(0, 2, 3))


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'agree 4, disagree 1, pass 0'."""
    said = _("agree {agree}, disagree {disagree}, pass {passed}", agree=result["agree"], disagree=result["disagree"],
             passed=result["pass"])
    return Said(said, result["agree"] - result["disagree"], {
        _("Agree"): result["agree"], _("Disagree"): result["disagree"], _("Pass"): result["pass"]})


def of_choice(settings: Settings, opinion: int) -> str:
    """Returns what a seat thinks: 'Agree'."""
    return {1: _("Agree"), -1: _("Disagree"), 0: _("Pass")}[opinion]


def hands(settings: Settings) -> Hands:
    """Lists the three opinions: hands are raised for each, on each card."""
    return Hands((Hand("", 1, _("Agree")), Hand("", -1, _("Disagree")), Hand("", 0, _("Pass"))))
