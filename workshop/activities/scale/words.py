"""Words the panel."""
from workshop.words import N_

WORDS = {
    "scale.result": N_("Mean {mean}, median {median}, mean distance from the mean {spread}."),
    "scale.mean": N_("Mean {n}"),
    "scale.apart": N_("distance {n}"),
    "scale.near": N_("Closest to each other: {near} ({least}). Furthest apart: {far} ({most})."),
    "scale.left.one": N_("1 is waiting for your mark"),
    "scale.left.many": N_("{n} are waiting for your mark"),
    "scale.none": N_("You have given all a mark"),
}
