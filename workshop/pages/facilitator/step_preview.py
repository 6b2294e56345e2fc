"""Words what will happen when a room goes to another step, before it is done."""

from workshop.domain import steps
from workshop.domain.shapes import Step
from workshop.store.models import Room
from workshop.store.transaction import Session
from workshop.store.visibility import newly_visible
from workshop.words import _, count, spoken


def told(session: Session, room: Room, step: Step) -> list[str]:
    """Words what people will see that they do not see now: nothing said, nothing to be seen."""
    found = newly_visible.shown(session, room, step)
    said = [_cards(room, step.get("see", steps.ROOM), found["cards"])] if found["cards"] else []
    for vote, n in found["votes"]:
        said.append(_("“{vote}” ends, and its result is shown: {n}.", vote=spoken(vote.settings.get("title")) or vote.title
                      or _("Votes"), n=count("{n} person has voted", "{n} people have voted", n)))
    return said


def _cards(room: Room, see: str, n: int) -> str:
    if see == steps.PAIR:
        return count("{n} private card becomes visible to the pair of whoever wrote it.",
                     "{n} private cards become visible to the pairs of those who wrote them.", n)
    if see == steps.FOUR:
        return count("{n} private card becomes visible to the four of whoever wrote it.",
                     "{n} private cards become visible to the fours of those who wrote them.", n)
    if room.inbox:
        return count("{n} private card joins the ideas to review, where it waits until you show it.",
                     "{n} private cards join the ideas to review, where they wait until you show them.", n)
    return count("{n} private card becomes visible to all.", "{n} private cards become visible to all.", n)


def clock(step: Step) -> str:
    """Words what becomes of the clock."""
    if not step.get("minutes"):
        return _("It has no clock.")
    if step.get("waits"):
        return _("Its clock ({n} min) waits until you start it.", n=step["minutes"])
    return _("Its clock starts at once: {n} min.", n=step["minutes"])
