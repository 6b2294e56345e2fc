"""Words the panel."""
from workshop.words import N_

WORDS = {
    "cloud.write": N_("A word or a few"),
    "cloud.add": N_("Put it in"),
    "cloud.out": N_("Take out {what}"),
    "cloud.left.one": N_("You can write 1 more"),
    "cloud.left.many": N_("You can write {n} more"),
    "cloud.none": N_("You have written all"),
    "cloud.same": N_("You have written this already."),
    "cloud.all.one": N_("1 different word"),
    "cloud.all.many": N_("See all {n} different words"),
}
