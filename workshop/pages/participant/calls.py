"""Shows people without script what the team says to them, and takes it that they have read it."""
from datetime import datetime, timedelta

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.redirect_targets import inside
from workshop.pages.shell import visitor
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import Place
from workshop.store.visibility.notices import read_by
from workshop.words import spoken

pages = Blueprint("calls", __name__)
KEPT = {"message": timedelta(hours=2), "summons": timedelta(minutes=15)}  # as static/js/participant/calls.js has it


def unread(here: Place) -> list[Json]:
    """Lists the messages and calls that stand for the visitor's people and that not all of them have read, with `to`: the
    address to which a call leads."""
    if here.viewer.leads:
        return []
    now = house().clock()
    asked = _asked(here, now)
    found = [card for kind in ("summons", "message") for card in here.cards(kind)
             if now - datetime.fromisoformat(card["at"]) < KEPT[kind]]
    if not found:
        return asked
    seats, rooms = here.seats, {card["id"]: card["number"] for card in here.cards("room")}
    told = []
    for card in found:
        of = [seat["id"] for seat in seats if card.get("rooms") is None or seat["room"] in card["rooms"]
              or seat["id"] in card.get("seats", ())]
        if of and card["id"] in read_by(here.session, of, [card["id"]]):
            continue
        number = rooms.get(card.get("room"))
        to = f"/w/{here.workshop.id}/" + (f"r/{number}" if number else "plenary") + (
            f"#{card['card']}" if card.get("card") else "")
        told.append(card | {"seats": of, "number": number, "to": to})
    return asked + told


def _asked(here: Place, now: datetime) -> list[Json]:
    """Lists the votes that are open by themselves for the visitor's people, and whether all of these have voted."""
    rooms = {card["id"]: card for card in here.cards("room")}
    seats = {seat["room"] for seat in here.seats}
    given = {(one["activity"], one["seat"]) for one in here.ballots(here.seats) if one.get("choices")}
    return [{"kind": "vote", "id": card["id"], "title": spoken(card["settings"].get("title")) or card["title"],
             "voted": all((card["id"], seat["id"]) in given for seat in here.seats)}
            for card in here.cards("activity") if seats and card.get("opened") and not card.get("closed")
            and not card["settings"].get("source") and (card["room"] in seats or rooms.get(
                card["room"], {}).get("of") == "plenary")
            and not ("closes" in card and datetime.fromisoformat(card["closes"]) <= now)]


@pages.post("/w/<workshop_id>/said")
def read(workshop_id: str) -> ResponseReturnValue:
    """Notes that the form's people have read it, and goes on to where the call leads, or back."""
    form = request.form
    with visitor.at(workshop_id):
        pass
    seats = form.getlist("seat")
    if seats:
        house().performer.perform(secret(), {
            "client": form.get("client", ""), "n": 1, "verb": "message.read", "seat": seats[0],
            "payload": {"workshop": workshop_id, "message": form.get("message", ""), "along": seats[1:]}})
    return redirect(inside(form.get("to", "")) or f"/w/{workshop_id}", 303)
