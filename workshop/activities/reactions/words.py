"""Words the panel."""
from workshop.words import N_

WORDS = {
    "reactions": N_("Reactions"),
    "reaction.like": N_("I like it"),
    "reaction.key": N_("It is important"),
    "reaction.same": N_("Here too"),
    "reaction.unclear": N_("I do not understand"),
    "reaction.worry": N_("It worries me"),
}
