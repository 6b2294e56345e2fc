"""Words votes that the team entered by hand: '12 by show of hands in Oruro, entered by Elena at 10:42'."""
from datetime import datetime
from zoneinfo import ZoneInfo

from workshop.domain.shapes import Json
from workshop.words import N_, _

HOW = {"hands": (N_("by show of hands"), N_("by show of hands in {place}")),
       "paper": (N_("on paper"), N_("on paper in {place}")),
       "telephone": (N_("by telephone"), N_("by telephone in {place}"))}
ENTERED = N_("{n} {how}, entered by {who} at {time}")
# Of a count for which there are not seats enough: none, one, or more are left.
OVER = (N_("It does not count: everybody there has voted otherwise. Whoever entered it puts it right."),
        N_("It does not count: only 1 person there has not voted otherwise. Whoever entered it puts it right."),
        N_("It does not count: only {n} people there have not voted otherwise. Whoever entered it puts it right."))
OVERS = dict(zip(("hands.over.none", "hands.over.one", "hands.over.many"), OVER, strict=True))
# The same for the script (static/js/votes/hands.js), and what the desk says of a count that goes back.
SCREEN = {
    "hands.entered": ENTERED, "hands.room": N_("room {n}"), **OVERS,
    **{f"hands.{how}{end}": words for how, both in HOW.items() for end, words in zip(("", ".at"), both, strict=True)}}
DESK = {"hands.back": N_("A count goes back"), "hands.right": N_("Put it right"), "hands.count": N_("Enter votes"), **OVERS}


def at_place(said: Json) -> str:
    """Words how votes were given and where."""
    place = said.get("site") or (_("room {n}", n=said["room"]) if "room" in said else "")
    alone, inside = HOW[said["how"]] if said["how"] in HOW else HOW["hands"]
    return _(inside, place=place) if place else _(alone)


def entered(said: Json, zone: str) -> str:
    """Words a count (store/counts/hands.py, `told`), with who entered it, when, and what is wrong with it."""
    at = datetime.fromisoformat(said["at"]).astimezone(ZoneInfo(zone))
    line = _(ENTERED, n=said["n"], how=at_place(said), who=said["by"] or _("Somebody"), time=f"{at:%H:%M}")
    return f"{line}. {_(OVER[min(said['over'], 2)], n=said['over'])}" if "over" in said else line
