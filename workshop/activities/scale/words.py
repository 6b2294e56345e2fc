"""Words the panel."""
from workshop.words import N_

WORDS = {
    "scale.result": N_("Mean {mean}, median {median}, mean distance from the mean {spread}."),
}
