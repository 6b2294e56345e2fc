"""A scale in the report."""
from workshop.words import N_, _, count, figure

NAME = N_("Scale")


def of_room(settings: dict, tally: dict, titles: dict[str, str]) -> str:
    """'Mean 3.8, median 4, mean distance from the mean 0.7. 1: 0 · 2: 1 … · 2 delegations'; '' without answers."""
    if not tally["n"]:
        return ""
    marks = [f"{mark}: {tally['histogram'].get(str(mark), 0)}" for mark in range(settings["from"], settings["to"] + 1)]
    figures = _("Mean {mean}, median {median}, mean distance from the mean {spread}.", mean=figure(tally["mean"]),
                median=figure(tally["median"]), spread=figure(tally["spread"]))
    return " ".join((figures, " · ".join((*marks, count("{n} delegation", "{n} delegations", tally["delegations"])))))
