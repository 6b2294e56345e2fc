"""Guides first-time facilitators through the demo in five steps, each with one thing to do, on its page."""
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exists, select

from workshop.pages.shell import visitor
from workshop.pages.shell.visitor import Place
from workshop.store.models import History, Room, Seat, Workshop
from workshop.store.transaction import Session
from workshop.words import N_, _

pages = Blueprint("tour", __name__)
COOKIE, LEFT = "tinkuy_tour", "left"
WRITING = 3  # the number of the room in which ideas are written
# (what is done, what one does, where, what the record calls it)
STEPS = (
    (N_("Come in as a participant"), N_("Scan the QR of the way in with a phone, or open its link in a private window. "
                                        "Write a name and go into room 3."), "/desk", "seat"),
    (N_("Write an idea"), N_("On the phone, in room 3: write an idea and send it. It says “Saved”, and you see it here "
                             "at once."), "/r/{room}", "contribution.add"),
    (N_("Lead the room on"), N_("On the desk, in the tile of room 3: press “Next step”. On the phone the vote opens; give "
                                "your dots."), "/desk", "step.go"),
    (N_("Sum up"), N_("Tap “Cite” on a card, write a sentence, save it, and publish it to the plenary."),
     "/r/{room}/scribe", "summary.item"),
    (N_("Take the report along"), N_("Download the report as Word. Each sentence names the cards that it comes from."),
     "/report", "report.download"))


@dataclass(frozen=True)
class Tour:
    """Holds where the visitor is: step `n` of `of` (n > of: all done), what to do, where, and whether it is done already."""

    n: int
    of: int
    title: str = ""
    text: str = ""
    where: str = ""
    here: bool = False
    done: bool = False


def of(here: Place) -> Tour | None:
    """Finds the step for this visitor on this page; None outside the demo, for those who do not lead, and after it was left.
    """
    if here.workshop.sample_at is None or not here.viewer.leads or (said := request.cookies.get(COOKIE, "")) == LEFT:
        return None
    first = int(said) if said.isascii() and said.isdecimal() and len(said) < 3 else 1
    if first > len(STEPS):
        return Tour(first, len(STEPS))
    title, text, _where, verb = STEPS[first - 1]
    where = _address(here.workshop.id, first)
    return Tour(first, len(STEPS), _(title), _(text), where, where == request.path, _done(here.session, here.workshop, verb))


def styles(tour: Tour | None) -> tuple[str, ...]:
    """Names the style sheet that its panel needs."""
    return ("tour",) if tour else ()


def _done(session: Session, workshop: Workshop, verb: str) -> bool:
    """Tells whether somebody has done it since the demo was started."""
    if verb == "seat":
        return bool(session.scalar(select(exists().where(
            Seat.workshop_id == workshop.id, Seat.created_at > workshop.sample_at))))
    lines = select(Room.stream_id).where(Room.workshop_id == workshop.id)
    return bool(session.scalar(select(exists().where(
        History.verb == verb, History.at > workshop.sample_at, History.stream_id.in_(lines) | (
            History.stream_id == workshop.id)))))


def _address(workshop_id: str, n: int) -> str:
    return f"/w/{workshop_id}{STEPS[n - 1][2].format(room=WRITING)}" if 0 < n <= len(STEPS) else f"/w/{workshop_id}/desk"


@pages.post("/w/<workshop_id>/tour")
def go(workshop_id: str) -> ResponseReturnValue:
    """Goes to step `to`, on its page; `left`: no more of it, until it is asked for."""
    with visitor.staff(workshop_id, leads=True):
        pass
    to = request.form.get("to", "")
    n = int(to) if to.isascii() and to.isdecimal() and len(to) < 3 else 0
    response = redirect(_address(workshop_id, n), 303)
    response.set_cookie(COOKIE, str(n) if n else LEFT, max_age=86_400, path=f"/w/{workshop_id}", httponly=True,
                        samesite="Lax", secure=request.is_secure)
    return response
