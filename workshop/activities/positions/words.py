"""Words the panel."""
from workshop.words import N_

WORDS = {
    "positions.middle": N_("In the middle"),
    "positions.left.one": N_("1 card has no place yet"),
    "positions.left.many": N_("{n} cards have no place yet"),
    "positions.none": N_("all cards have their place"),
}
