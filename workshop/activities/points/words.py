"""Words the panel."""
from workshop.words import N_

WORDS = {
    "points.less": N_("Fewer points for {card}"),
    "points.more": N_("More points for {card}"),
    "points.mine": N_("Points for {card}"),
    "points.left.one": N_("You have 1 point left"),
    "points.left.many": N_("You have {n} points left"),
    "points.all": N_("All your points are given"),
}
