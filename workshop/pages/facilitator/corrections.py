"""Serves the forms that correct a workshop and its rooms after they were made."""
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.pages.facilitator.workshops import lines, zones
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Axis, Delegation, Site, Workshop
from workshop.words import LANGUAGES

pages = Blueprint("corrections", __name__)
LISTS: dict[str, type[Any]] = {"delegations": Delegation, "sites": Site, "axes": Axis}


@pages.get("/w/<workshop_id>/edit")
def workshop(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows the workshop as it can be corrected; after a refusal with what was typed."""
    with visitor.staff(workshop_id, leads=True) as here:
        return show("facilitator/correct.html", styles=("door",), workshop=here.workshop,
                    listed={field: _listed(here, field) for field in LISTS}, form=request.form or _as_it_is(here.workshop),
                    problem=problem, zones=zones(here.workshop.zones), known=LANGUAGES)


@pages.post("/w/<workshop_id>/edit")
def correct(workshop_id: str) -> ResponseReturnValue:
    """Corrects the workshop. What the form does not have, because somebody else has added it meanwhile, stays."""
    form = request.form
    said: Json = {"title": form.get("title", "")[:800], "days": [day for day in form.getlist("day") if day],
                  "zones": [zone for zone in dict.fromkeys(form.getlist("zone")) if zone],
                  "languages": form.getlist("language"), "privacy": form.get("privacy", "")[:10]}
    with visitor.staff(workshop_id, leads=True) as here:
        for field in LISTS:
            typed = [(key, form.get(f"{field}.{key}", name)) for key, name in _listed(here, field)]
            said[field] = [{"id": key, "name": name[:800]} for key, name in typed if name.strip()]
            said[field] += [{"name": name[:800]} for name in lines(form.get(field, ""))]
    try:
        done(form.get("client", ""), 1, "workshop.edit", {"workshop": workshop_id} | said)
    except Refusal as refusal:
        return workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit?saved=1", 303)


@pages.post("/w/<workshop_id>/over")
def over(workshop_id: str) -> ResponseReturnValue:
    """Ends the workshop, or opens it again."""
    visitor.only_leads(workshop_id)
    form = request.form
    try:
        done(form.get("client", ""), 1, "workshop.close", {"workshop": workshop_id, "on": form.get("on") == "1"})
    except Refusal as refusal:
        return workshop(workshop_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/edit#over", 303)


@pages.get("/w/<workshop_id>/r/<int:number>/edit")
def room(workshop_id: str, number: int, problem: str = "") -> ResponseReturnValue:
    """Shows title and question of a room as they can be corrected."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        return show("facilitator/correct_room.html", styles=("door",), workshop=here.workshop, room=here.room,
                    problem=problem)


@pages.post("/w/<workshop_id>/r/<int:number>/edit")
def correct_room(workshop_id: str, number: int) -> ResponseReturnValue:
    """Corrects title and question of a room."""
    with visitor.staff(workshop_id, number, leads=True) as here:
        room_id = here.room.id
    form = request.form
    try:
        done(form.get("client", ""), 1, "room.edit", {"room": room_id, "title": form.get("title", "")[:800],
                                                      "question": form.get("question", "")[:8000]})
    except Refusal as refusal:
        return room(workshop_id, number, sentence(refusal))
    return redirect(f"/w/{workshop_id}/r/{number}/edit?saved=1", 303)


def _listed(here: Place, field: str) -> list[tuple[str, str]]:
    """Lists (id, name) of the delegations, places or axes."""
    table = LISTS[field]
    order = table.number if table is Axis else table.position
    rows = here.session.scalars(select(table).where(table.workshop_id == here.workshop.id).order_by(order))
    return [(row.id, row.title if table is Axis else row.name) for row in rows]


def _as_it_is(it: Workshop) -> MultiDict[str, str]:
    """Returns the workshop as its form would say it."""
    said = [("title", it.title), ("privacy", it.privacy)]
    for field, values in (("day", it.days), ("zone", it.zones), ("language", it.languages)):
        said += [(field, value) for value in values]
    return MultiDict(said)
