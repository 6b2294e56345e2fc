"""Shows the plenary to everybody, and on the wall (the projector's page)."""
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.domain.shapes import Json
from workshop.pages.facilitator import desk
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import base_url, show
from workshop.pages.shell.visitor import Place

pages = Blueprint("plenary", __name__)


@pages.get("/w/<workshop_id>/plenary")
def plenary(workshop_id: str) -> ResponseReturnValue:
    """Shows the groups' summaries side by side, as they are written."""
    with visitor.at(workshop_id) as here:
        here.follow(workshop_id)
        return show("participant/plenary.html", script="plenary", styles=("plenary",), desk=here.desk, **_summaries(here),
                    facts=facts(here, ("plenary", "later")))


@pages.get("/s/<key>")
def screen(key: str) -> ResponseReturnValue:
    """Shows the wall: the same at ten metres, with the way to join."""
    with visitor.screen(key) as here:
        here.follow(here.workshop.id)
        return show("participant/screen.html", script="plenary", styles=("plenary",), **_summaries(here), key=key,
                    address=base_url().split("//")[-1],
                    facts=facts(here, ("plenary", "later"), screen=key))


@pages.get("/s/<key>/qr.svg")
def screen_qr(key: str) -> ResponseReturnValue:
    """Serves the QR for the wall, which has no cookie."""
    with visitor.screen(key) as here:
        return desk.picture(here.workshop.code)


def _summaries(here: Place) -> Json:
    rooms = [room for room in here.cards("room") if room["of"] == "group"]
    published = {a["room"] for a in here.cards("activity") if a["of"] == "summary" and a["published"]}
    items = {room["id"]: [i for i in here.cards("item") if i["room"] == room["id"]] for room in rooms}
    return {"workshop": here.workshop, "delegations": here.delegations, "rooms": rooms, "published": published,
            "items": items}
