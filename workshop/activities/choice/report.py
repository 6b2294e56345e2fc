"""Tells a choice in the report."""
from workshop.domain.kinds import Hand, Hands, Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, spoken


def result(settings: Settings, tally: Tally) -> Result:
    """Lists who chose what; of options also those that nobody has chosen."""
    nobody = {option["key"]: {"seats": 0, "delegations": 0} for option in settings["options"]}
    return ranked(nobody | tally["items"], [_("Chosen by"), _("Delegations")],
                  lambda one: (one["seats"], one["delegations"]), lambda one: one["seats"],
                  words={option["key"]: spoken(option["title"]) for option in settings["options"]})


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'chosen by 4 people · 2 delegations'."""
    said = (count("chosen by {n} person", "chosen by {n} people", result["seats"]),
            count("{n} delegation", "{n} delegations", result["delegations"]))
    return Said(" · ".join(said), result["seats"], {_("Chosen by"): result["seats"]})


def of_choice(settings: Settings, one: int) -> str:
    """Words that a seat chose the card."""
    return _("you have chosen")


def hands(settings: Settings) -> Hands:
    """Lists the options, or the one thing that is said of a card: each person has one."""
    options = tuple(Hand(option["key"], 1, spoken(option["title"])) for option in settings["options"])
    return Hands(options or (Hand("", 1, _("I choose this one")),), one=True)
