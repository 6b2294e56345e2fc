"""Shows a wall: what the desk sends, and until it sends something the way in and then what the groups say."""
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from workshop.pages.facilitator import desk
from workshop.pages.participant.plenary import summaries
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import show
from workshop.pages.wall import drawing
from workshop.store.models import Wall
from workshop.store.walls import sight

pages = Blueprint("wall", __name__)


@pages.get("/s/<key>")
def screen(key: str) -> ResponseReturnValue:
    """Shows the wall at ten metres, with the way to join."""
    with visitor.screen(key) as here:
        here.follow(here.workshop.id)
        read = drawing.stands(here.session, here.workshop, _wall(here, key), key)
        now = drawing.frame(read)
        return show("participant/screen.html", script="wall",
                    styles=("plenary", "items", "votes", "wall", "result", "opinions"),
                    **(summaries(here) | read), key=key, sent=now["html"],
                    facts=facts(here, ("plenary", "wall", "later"), screen=key, wall=now | {"html": ""}))


@pages.get("/s/<key>/now")
def now(key: str) -> ResponseReturnValue:
    """Tells the wall's script what stands there now; ?have=: the `mark` of what it has, which is not sent again."""
    with visitor.screen(key) as here:
        told = drawing.frame(drawing.stands(here.session, here.workshop, _wall(here, key), key))
    return jsonify({"mark": told["mark"]} if request.args.get("have") == told["mark"] else told)


@pages.get("/s/<key>/qr.svg")
def qr(key: str) -> ResponseReturnValue:
    """Serves the QR for the wall, which has no cookie."""
    with visitor.screen(key) as here:
        return desk.picture(here.workshop.code)


def _wall(here: visitor.Place, key: str) -> Wall:
    found = sight.wall_of(here.session, key)
    assert found  # visitor.screen has found it
    return drawing.wall_row(here.session, here.workshop, found[0])
