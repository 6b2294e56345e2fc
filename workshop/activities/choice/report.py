"""Tells a choice in the report."""
from workshop.activities.choice.rules import most
from workshop.activities.options import counted_all, gave, titles
from workshop.domain.kinds import Hand, Hands, Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.domain.voting import counts_differently
from workshop.words import _, count, spoken
from workshop.words.forms import quoted

NOBODY = {"seats": 0, "delegations": 0}


def result(settings: Settings, tally: Tally) -> Result:
    """Lists who chose what; of options also those that nobody has chosen, and what people answered in own words."""
    others = tally.get("others") or {}
    n = most(settings)
    return ranked(counted_all(settings, tally, NOBODY) | {f"+{text}": one for text, one in others.items()},
                  [_heading(settings), _("Delegations they are from")], lambda one: (one["seats"], one["delegations"]),
                  lambda one: one["seats"],
                  said=_("Each person could choose up to {n}.", n=n) if n > 1 else "",
                  words=titles(settings) | {f"+{text}": quoted(text) for text in others})


def _heading(settings: Settings) -> str:
    return _("Votes given") if counts_differently(settings) else _("Chosen by")


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'chosen by 4 people · 2 delegations'."""
    n = result["seats"]
    said = (gave(settings, n) if counts_differently(settings) else count("chosen by {n} person", "chosen by {n} people", n),
            count("from {n} delegation", "from {n} delegations", result["delegations"]))
    return Said(" · ".join(said), n, {_heading(settings): n})


def of_choice(settings: Settings, one: int | str) -> str:
    """Words that a seat chose the card, or what it answered."""
    return one if isinstance(one, str) else _("you have chosen")


def hands(settings: Settings) -> Hands:
    """Lists the options, or the one thing that is said of a card: each person has one."""
    options = tuple(Hand(option["key"], 1, spoken(option["title"])) for option in settings["options"])
    return Hands(options or (Hand("", 1, _("I choose this one")),), one=True)
