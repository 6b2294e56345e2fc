"""Words the panel."""
from workshop.words import N_

WORDS = {
    "choice.this": N_("I choose this one"),
    "choice.by.one": N_("chosen by 1 person"),
    "choice.by.many": N_("chosen by {n} people"),
    "choice.card": N_("choose one card"),
    "choice.done": N_("you have chosen"),
    "choice.left.one": N_("you can choose 1 more"),
    "choice.left.many": N_("you can choose {n} more"),
    "choice.full": N_("You can choose up to {n}. Take one back first."),
    "choice.quoted": N_("“{text}”"),
    "choice.own": N_("Another answer, in your own words"),
    "choice.own.put": N_("Answer this"),
    "choice.own.back": N_("Take back {what}"),
}
