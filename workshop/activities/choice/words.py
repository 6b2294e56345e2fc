"""Words the panel."""
from workshop.words import N_

WORDS = {
    "choice.this": N_("I choose this one"),
    "choice.by.one": N_("chosen by 1 person"),
    "choice.by.many": N_("chosen by {n} people"),
    "choice.card": N_("choose one card"),
    "choice.done": N_("you have chosen"),
}
