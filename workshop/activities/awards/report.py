"""Tells awards in the report: the sums of points, who gave some, and the reasons."""
from collections.abc import Callable
from dataclasses import replace

from workshop.activities.options import counted_all, titles
from workshop.domain import voting
from workshop.domain.kinds import Result, Said
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Json, Settings, Tally
from workshop.words import _, count

NOTHING = {"points": 0, "seats": 0, "delegations": 0}


def result(settings: Settings, tally: Tally) -> Result:
    """Ranks by points, with how many gave some and, where groups do not vote, of how many delegations; the reasons as
    notes, where no table has them under who gave them."""
    alone, tabled = not voting.per_room(settings), voting.tabled(settings)
    found = ranked(counted_all(settings, tally, NOTHING),
                   [_("Points"), _("Given by"), *([_("Delegations")] if alone else [])],
                   lambda one: (one["points"], one["seats"], *([one["delegations"]] if alone else [])),
                   lambda one: one["points"], words=titles(settings),
                   said=_("Each vote has the points from {n} to 1, each once.", n=settings["values"]))
    return found if tabled else replace(found, notes=lambda called: reasons(tally["items"], called))


def reasons(items: dict[str, Json], called: Callable[[str], str]) -> list[str]:
    """Lists 'Canal · 5 points: It brings water. (2)' of all reasons."""
    return [f"{called(key) or _('A card that is not shown any more')} · {said({'points': int(points), 'why': why})}"
            f"{f' ({n})' if n > 1 else ''}"
            for key, one in items.items() for points, of in one.get("reasons", {}).items() for why, n in of.items()]


def said(choice: Json) -> str:
    """Words '5 points: It brings water.'"""
    points = count("{n} point", "{n} points", choice["points"])
    return f"{points}{_(': ')}{choice['why']}" if choice.get("why") else points


def of_card(settings: Settings, result: Json) -> Said:
    """Returns '7 points · given by 3 · 2 delegations'."""
    parts = [count("{n} point", "{n} points", result["points"]), _("given by {n}", n=result["seats"])]
    if not voting.per_room(settings):
        parts.append(count("{n} delegation", "{n} delegations", result["delegations"]))
    return Said(" · ".join(parts), result["points"], {_("Points"): result["points"], _("Given by"): result["seats"]})


def of_choice(settings: Settings, choice: Json) -> str:
    """Returns what was given to a thing, with the reason."""
    return said(choice)


def in_table(settings: Settings, choice: Json) -> tuple[str, str]:
    """Returns what stands in a cell of the table of voters, and what stands behind it: the points, and the reason."""
    return str(choice["points"]), choice.get("why", "")
