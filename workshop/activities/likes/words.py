"""Words the panel."""
from workshop.words import N_

WORDS = {
    "likes.one": N_("1 heart"),
    "likes.many": N_("{n} hearts"),
    "likes.give": N_("Give a heart to {card}"),
    "likes.take": N_("Take back your heart from {card}"),
    "likes.left.one": N_("you have 1 heart left"),
    "likes.left.many": N_("you have {n} hearts left"),
    "likes.none": N_("all your hearts are given"),
}
