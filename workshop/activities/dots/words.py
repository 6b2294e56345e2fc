"""Words the panel."""
from workshop.words import N_

WORDS = {
    "dots.mine.one": N_("1 of mine"),
    "dots.mine.many": N_("{n} of mine"),
    "dots.less": N_("One dot less on {card}"),
    "dots.more": N_("One dot more on {card}"),
    "dots.left.one": N_("You have 1 dot left"),
    "dots.left.many": N_("You have {n} dots left"),
    "dots.none": N_("All your dots are placed"),
    "dots.shared": N_("Your delegation: {n} of {all} dots"),
}
