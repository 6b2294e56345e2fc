"""Words the panel, the rules and the ties."""
from workshop.words import N_

RULES = {
    "runoff": N_("Instant run-off"),
    "borda": N_("Borda points"),
    "first": N_("First choices"),
    "condorcet": N_("Comparison in pairs"),
    "stv": N_("Transferable vote, for several places"),
}
TIES = {
    "lot": N_("An earlier round decides, then a lot"),
    "again": N_("Those who are level are voted on again"),
}
WORDS = {
    "rank.yours": N_("Your order"),
    "rank.rest": N_("Tap in the order of your preference"),
    "rank.more": N_("Tap what comes next; you may leave the rest out"),
    "rank.none": N_("Nothing in your order yet"),
    "rank.some.one": N_("1 in your order"),
    "rank.some.many": N_("{n} in your order"),
    "rank.all": N_("All are in your order"),
    "rank.put": N_("Put in place {n}"),
    "rank.up": N_("Move up: {what}"),
    "rank.down": N_("Move down: {what}"),
    "rank.out": N_("Take out of your order: {what}"),
    "rank.firsts": N_("First choices so far"),
    "rank.place": N_("Place {n}"),
    "rank.moved": N_("{what}: now in place {n}."),
    "rank.gone": N_("{what}: not in your order any more."),
    "rank.back": N_("Undo"),
    "rank.first.one": N_("first choice of {n} person"),
    "rank.first.many": N_("first choice of {n} people"),
    "rank.rule.runoff": RULES["runoff"],
    "rank.rule.borda": RULES["borda"],
    "rank.rule.first": RULES["first"],
    "rank.rule.condorcet": RULES["condorcet"],
    "rank.rule.stv": RULES["stv"],
    "rank.counting": N_("The rounds are still being counted."),
    "rank.won": N_("{rule}: {what}."),
    "rank.open": N_("{rule}: {what} are level."),
    "rank.nobody": N_("{rule}: nobody."),
    "rank.drawn": N_("A lot decided between {what} (seed {seed})."),
}
