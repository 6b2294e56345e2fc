"""Words the panel."""
from workshop.words import N_

WORDS = {
    "criteria.left.one": N_("1 is waiting for your marks"),
    "criteria.left.many": N_("{n} are waiting for your marks"),
    "criteria.none": N_("You have given all their marks"),
    "criteria.of": N_("{n} of {all}"),
    "criteria.on": N_("Next"),
    "criteria.back": N_("Before"),
    "criteria.mean": N_("Weighted mean {n}"),
    "criteria.exactly": N_("exactly {fraction}"),
    "criteria.mark": N_("Give your marks"),
    "criteria.weight": N_("counts {n} times"),
    "criteria.each": N_("Each mean is over those who gave that mark."),
    "criteria.weighted": N_("Weighted mean"),
}
