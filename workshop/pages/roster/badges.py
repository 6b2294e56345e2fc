"""Prints badges with codes: for who is expected, and for who is here without being on the list; each delegation on pages of
its own."""
from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.ids import spell
from workshop.domain.shapes import Json
from workshop.exports import worker
from workshop.pages.printed.report import disposition
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url
from workshop.pages.shell.visitor import Place
from workshop.store.counts import roster
from workshop.store.counts.participants import participants
from workshop.words import _, language

pages = Blueprint("badges", __name__)


@pages.get("/w/<workshop_id>/badges.pdf")
def badges(workshop_id: str) -> ResponseReturnValue:
    """Serves the badges as a PDF, ?of= those of a delegation ('-': of none). The code of somebody on the list leads to
    their seat, before it is taken and after. Refusal `nobody_yet`."""
    asked = request.args.get("of", "")[:40]
    with visitor.staff(workshop_id, leads=True) as here:
        found = _found(here, asked)
        title = here.workshop.title
    if not found["parts"]:
        raise Refusal("nobody_yet")
    response = make_response(worker.badges(found))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = disposition(f"{_('Badges')} {title}.pdf")
    return response


def _found(here: Place, asked: str) -> Json:
    """Collects what exports/formats/badges.py prints."""
    people = roster.on_list(here.session, here.workshop.id)
    seated = {one.seat for one in people}
    others = [one for one in participants(here.session, here.workshop.id).here if one.id not in seated]
    parts = []
    for delegation in [*here.delegations, None]:
        key = delegation["id"] if delegation else None
        if asked and asked != (key or "-"):
            continue
        cards = [_badge(one.name, one.code, f"{base_url()}/j/{here.workshop.code}/find?q={one.code}")
                 for one in people if one.delegation == key]
        cards += [_badge(one.name, one.code, f"{base_url()}/?code={one.code}") for one in others if one.delegation == key]
        if cards:
            parts.append({"name": delegation["name"] if delegation else "", "weave": delegation["weave"] if delegation
                          else None, "people": sorted(cards, key=lambda one: one["name"].casefold())})
    return {"title": here.workshop.title, "language": language(), "parts": parts}


def _badge(name: str, code: str, link: str) -> Json:
    return {"name": name, "code": spell(code), "link": link, "said": _("Your own code")}
