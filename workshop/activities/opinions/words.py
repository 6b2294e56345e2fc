"""Words the panel."""
from workshop.words import N_

WORDS = {
    "opinions": N_("Your opinion"),
    "agree": N_("Agree"),
    "disagree": N_("Disagree"),
    "pass": N_("Pass"),
    "opinions.left.one": N_("1 card is waiting for your opinion"),
    "opinions.left.many": N_("{n} cards are waiting for your opinion"),
    "opinions.none": N_("You have answered all cards"),
    "opinions.alike": N_("Who answers alike, and where I stand"),
}
