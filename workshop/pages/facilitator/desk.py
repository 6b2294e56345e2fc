"""Serves the facilitator's desk: every room live, the ways to join, the people."""
from urllib.parse import urlencode

import segno
from flask import Blueprint, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.activities.ideas.places import ROW
from workshop.domain import kinds
from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages.facilitator import tour
from workshop.pages.input.code_limiter import know
from workshop.pages.input.commands import do
from workshop.pages.input.numbers import whole
from workshop.pages.methods.to_choose import methods_to_choose
from workshop.pages.participant.programme import astray, behind, next_up, programme, started, today
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import base_url, show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import numbers
from workshop.store.models import Axis, Contribution
from workshop.words import _, language
from workshop.words.refusals import sentence

pages = Blueprint("desk", __name__)
ON_A_SHEET, CARDS_AT_ONCE, LAST_NUMBER = 8, 48, 9999  # cards of paper


@pages.get("/w/<workshop_id>/desk")
def desk(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows a tile per room; the code, the link and the QR; the programme."""
    with visitor.staff(workshop_id) as here:
        know(here.workshop.code)  # the hall in which the desk is open: whoever guesses codes there makes nobody wait
        here.follow(workshop_id, *(room.id for room in here.rooms))
        session = here.session
        led = tour.of(here)
        return show("facilitator/desk.html", script="desk", tour=led,
                    styles=("door", "seldom", "desk", "meters", *tour.styles(led)),
                    again=here.workshop.sample_at and here.viewer.leads and led is None,
                    workshop=here.workshop, viewer=here.viewer,
                    delegations=here.delegations, rooms=here.rooms, problem=problem,
                    link=f"{base_url()}/j/{here.workshop.code}",
                    axes=session.query(Axis).filter_by(workshop_id=workshop_id).order_by(Axis.number).all(),
                    days=programme(here), today=today(here), on=started(here), up=next_up(here, house().clock()),
                    late=behind(here, house().clock()), astray=astray(here),
                    facts=facts(here, ("desk",), numbers=numbers.of(session, here.workshop, here.viewer.leads)),
                    methods=methods_to_choose(here),
                    votes=[(name, _(kind.title)) for name, kind in kinds.votes().items()],
                    form=request.form, chosen=request.form.get("method", request.args.get("method", "")))


@pages.get("/w/<workshop_id>/ways")
def ways(workshop_id: str) -> ResponseReturnValue:
    """Shows a sheet with the QR of the workshop and of every room, for the wall or the printer."""
    with visitor.staff(workshop_id) as here:
        return show("printed/ways.html", styles=("door", "plenary"), workshop=here.workshop, delegations=here.delegations,
                    rooms=here.rooms, link=f"{base_url()}/j/{here.workshop.code}")


@pages.get("/w/<workshop_id>/paper")
def paper(workshop_id: str) -> ResponseReturnValue:
    """Shows cards to write on by hand, a sheet for each room, with the way to join: people without any device take part too.

    ?from=9&each=8: a number counts once in its room, so a second print goes on where the first ended.
    """
    with visitor.staff(workshop_id) as here:
        each = min(max(request.args.get("each", ON_A_SHEET, whole), 1), CARDS_AT_ONCE)
        first = min(request.args.get("from", 0, whole), LAST_NUMBER)
        return show("printed/paper.html", styles=("door", "paper"), workshop=here.workshop, delegations=here.delegations,
                    rooms=here.rooms, link=f"{base_url()}/j/{here.workshop.code}", each=each, most=CARDS_AT_ONCE,
                    first=first if first > 0 else _after_what_was_typed(here), last=LAST_NUMBER)


def _after_what_was_typed(here: Place) -> int:
    """Returns the first number of the sheet after the last of which a card has been typed, in whatever room."""
    typed = [0]
    for room in here.rooms:  # room.js: a card of paper is named after its room and number
        ids = here.session.scalars(select(Contribution.id).where(Contribution.id.startswith(f"{room.id}-", autoescape=True)))
        typed += [int(number) for id in ids if (number := id.removeprefix(f"{room.id}-")).isdecimal()]
    return -(-max(typed) // ON_A_SHEET) * ON_A_SHEET + 1


@pages.post("/w/<workshop_id>/rooms")
def add_room(workshop_id: str) -> ResponseReturnValue:
    """Creates a working group, opened at once if asked."""
    form = request.form
    visitor.only_leads(workshop_id)
    columns = [line.strip() for line in form.get("columns", "").splitlines() if line.strip()]
    votes = [kind for kind in kinds.votes() if kind in form.getlist("votes")]
    client = form.get("client", "")
    board = {"method": form["method"]} if form.get("method") else {"votes": votes}
    answer = do(client, 1, "room.create", {
        "workshop": workshop_id, "title": form.get("title", ""), "question": form.get("question", ""),
        "axis": form.get("axis") or None, "columns": columns, "language": language(), **board})
    if not answer.get("ok"):
        return desk(workshop_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    if "open" in form:
        do(client, 2, "room.open", {"room": answer["card"]["id"]})
    return redirect(f"/w/{workshop_id}/desk", 303)


@pages.post("/w/<workshop_id>/processes")
def add_process(workshop_id: str) -> ResponseReturnValue:
    """Creates the rooms of a process, one for each of its parts."""
    visitor.only_leads(workshop_id)
    answer = do(request.form.get("client", ""), 1, "process.begin", {
        "workshop": workshop_id, "method": request.form.get("method", ""), "language": language()})
    if not answer.get("ok"):
        return desk(workshop_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/desk", 303)


@pages.get("/w/<workshop_id>/qr.svg")
def qr(workshop_id: str) -> ResponseReturnValue:
    """Serves the QR for joining (?r=2: into room 2; &row=…: to write to that row of its board)."""
    with visitor.at(workshop_id) as here:
        return picture(here.workshop.code, request.args.get("r", type=whole), request.args.get("row"))


def picture(code: str, room: int | None = None, row: str | None = None) -> Response:
    """Draws the join address as an SVG."""
    asked = {name: value for name, value in (("r", room), ("row", row and row[:ROW])) if value}
    address = f"{base_url()}/j/{code}" + (f"?{urlencode(asked)}" if asked else "")
    svg = segno.make(address, error="m").svg_inline(scale=8, border=2, dark="#1d1d1f", light="#ffffff", omitsize=True)
    response = make_response(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    response.mimetype = "image/svg+xml"
    return response
