"""Offers cards of a room that seem to say the same, to whoever works with its board. It is never applied by itself."""
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.bulk_add import child_tasks
from workshop.pages.bulk_add.proposals import words
from workshop.pages.shell import visitor
from workshop.pages.shell.request_gate import asker

pages = Blueprint("alike", __name__)
MOST = 60  # pairs of one answer


@pages.get("/w/<workshop_id>/r/<int:number>/similar")
def alike(workshop_id: str, number: int) -> ResponseReturnValue:
    """Answers {ok, pairs: [{cards: [id, id], score}]}, the most alike first; of the cards that the asker sees in this room.
    """
    with visitor.staff(workshop_id, number) as here:
        here.follow(here.room.stream_id)
        mine = {card["id"] for card in here.cards("activity") if card["room"] == here.room.id}
        cards = [card for card in here.cards("idea") if card["activity"] in mine and not card.get("into")]
    found = child_tasks.alike(house().sandbox, asker(), [words(card["body"]) for card in cards])
    if found is None:
        raise Refusal("too_big")
    apart = [{"cards": [cards[i]["id"], cards[j]["id"]], "score": score} for i, j, score in found
             if not _together(cards[i], cards[j])]
    return jsonify(ok=True, pairs=apart[:MOST])


def _together(one: Json, other: Json) -> bool:
    """Tells whether somebody has put both into one group already."""
    return one.get("group") is not None and one.get("group") == other.get("group")
