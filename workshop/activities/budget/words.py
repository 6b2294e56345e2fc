"""Words the panel."""
from workshop.words import N_

WORDS = {
    "budget.left": N_("{n} left of {all}"),
    "budget.chosen": N_("{n} chosen, of {all}"),
    "budget.over": N_("That is {n} over the sum. Take something back first."),
    "budget.too_much": N_("costs more than there is"),
    "budget.most": N_("You can choose up to {n}. Take one back first."),
    "rule.things": N_("Up to {n} things."),
    "rule.fits": N_("What you choose must fit into the sum."),
    "rule.worth": N_("Choose everything that you think is worth it."),
    "budget.votes": N_("By votes"),
    "budget.shares": N_("By equal shares"),
    "budget.paid": N_("{n} of {all}"),
    "budget.nothing.in": N_("Nothing is in"),
    "budget.by.one": N_("1 vote"),
    "budget.by.many": N_("{n} votes"),
    "budget.all": N_("All things and their votes"),
    "budget.added": N_("added by votes"),
    "budget.lot": N_("by lot"),
}
