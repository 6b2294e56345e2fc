"""Cards of a room that seem to say the same, for whoever works with its board.  It is offered, never applied."""
from flask import Blueprint, jsonify

from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages import place, tables
from workshop.pages.in_turn import asker
from workshop.pages.proposing import words

pages = Blueprint("alike", __name__)
MOST = 60  # pairs of one answer


@pages.get("/w/<workshop_id>/r/<int:number>/similar")
def alike(workshop_id: str, number: int):
    """{ok, pairs: [{cards: [id, id], score}]}, the most alike first; of the cards that the asker sees in this room."""
    with place.staff(workshop_id, number) as here:
        here.follow(here.room.stream_id)
        mine = {card["id"] for card in here.cards("activity") if card["room"] == here.room.id}
        cards = [card for card in here.cards("idea") if card["activity"] in mine and not card.get("into")]
    found = tables.alike(house().sandbox, asker(), [words(card["body"]) for card in cards])
    if found is None:
        raise Refusal("too_big")
    apart = [{"cards": [cards[i]["id"], cards[j]["id"]], "score": score} for i, j, score in found
             if not _together(cards[i], cards[j])]
    return jsonify(ok=True, pairs=apart[:MOST])


def _together(one: dict, other: dict) -> bool:
    """Whether somebody has put both into one group already."""
    return one.get("group") is not None and one.get("group") == other.get("group")
