"""Tells positions in the report."""
from workshop.domain.kinds import Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count, figure, spoken


def result(settings: Settings, tally: Tally) -> Result:
    """Returns where all together put each card, how far apart they were, how many they are."""
    axes = [spoken(settings["axes"][side]["title"]) for side in ("x", "y")]
    return ranked(tally["items"], [*axes, _("Mean distance"), _("People")],
                  lambda one: (one["x"], one["y"], one["spread"], one["n"]), None, "plane", 2)


def of_card(settings: Settings, result: Json) -> Said:
    """Returns 'Effort 30, Reach 72 (of 100) · mean distance 12.5 · 4 people'."""
    x, y = (spoken(settings["axes"][side]["title"]) for side in ("x", "y"))
    said = (_("{x_axis} {x}, {y_axis} {y} (of 100)", x_axis=x, x=figure(result["x"]), y_axis=y, y=figure(result["y"])),
            _("mean distance {n}", n=figure(result["spread"])), count("{n} person", "{n} people", result["n"]))
    return Said(" · ".join(said), 0, {x: result["x"], y: result["y"]})


def of_choice(settings: Settings, place: list[int]) -> str:
    """Returns where a seat put the card: 'Effort 30 / Reach 72'."""
    return " / ".join(f"{spoken(settings['axes'][side]['title'])} {n}" for side, n in zip(("x", "y"), place, strict=True))
