"""Shows earlier boards: those of a process's earlier parts, and the cards that were copied from other rooms."""
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.pages.shell import visitor
from workshop.pages.shell.assets import BOARD
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Contribution, Room
from workshop.store.streams import viewers
from workshop.store.visibility import card_views, copies

pages = Blueprint("earlier", __name__)


@pages.get("/w/<workshop_id>/r/<int:number>/earlier")
def earlier(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows them read-only, to whoever is in the later room."""
    with visitor.at(workshop_id, number) as here:
        # A rapporteur of this room alone is staff here, not in the rooms before.
        eyes = viewers.viewer_in(here.session, here.who, here.workshop)
        assert eyes  # whoever is let into the room sees the workshop it is in
        boards = [_board(here, eyes, room) for room in copies.earlier(here.session, here.room)]
        shown = {board["room"]["id"] for board in boards}
        others: dict[str, list[Contribution]] = {}
        for card in copies.origins(here.session, here.room):
            others.setdefault(here.session.get_one(Activity, card.activity_id).room_id, []).append(card)
        parts = [_cards(here, eyes, here.session.get_one(Room, id), cards)
                 for id, cards in others.items() if id not in shown]
        if not (boards or parts):
            raise Refusal("not_here")
        return show("participant/earlier.html", styles=(*BOARD, "layouts", "votes"), workshop=here.workshop, room=here.room,
                    delegations=here.delegations, boards=boards, parts=sorted(parts, key=lambda part: part["number"]),
                    onward=copies.onward(here.session, workshop_id))


def _board(here: Place, eyes: Viewer, room: Room) -> Json:
    """Returns what ideas/plain.html reads of a closed room."""
    cards = viewers.frame(here.session, room.stream_id, eyes, None, 0)["cards"]
    board = next(card for card in cards if card["kind"] == "activity" and card["of"] == "ideas")
    talk: dict[str, list[Json]] = {}
    for comment in (card for card in cards if card["kind"] == "comment"):
        talk.setdefault(comment["parent"], []).append(comment)
    ideas = [card for card in cards if card["kind"] == "idea" and card["activity"] == board["id"] and "hidden" not in card]
    head = {"id": room.id, "number": room.number, "title": room.title, "question": room.question, "state": "closed"}
    return {"room": head, "board": board, "talk": talk, "part": (room.method or {})["process"]["part"],
            "ideas": sorted(ideas, key=lambda card: card["number"] or 0),
            "votes": [card for card in cards if card["kind"] == "activity" and card["of"] == "positions"]}


def _cards(here: Place, eyes: Viewer, room: Room, cards: list[Contribution]) -> Json:
    seen = card_views.Look(here.session, eyes, cards).cards(cards)
    return {"number": room.number, "title": room.title,
            "cards": sorted((card for card in seen if "gone" not in card), key=lambda card: card["number"])}
