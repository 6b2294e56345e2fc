"""Prints a sheet of paper for each delegation: the matrix of a room with what its people wrote, and space for what is
missing."""
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.activities.ideas.outline import rows
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.pages.participant.room import scene
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.streams import catch_up

pages = Blueprint("sheets", __name__)


@pages.get("/w/<workshop_id>/r/<int:number>/sheets")
def sheets(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the cards that the visitor may see; one sheet for all where nobody is to see who wrote. Refusal `not_here` for a
    room without a matrix."""
    with visitor.at(workshop_id, number) as here:
        here.follow(workshop_id, here.room.id, *catch_up.beside(here.session, here.room.id, here.viewer))
        seen = scene(here)
        if not seen["board"] or seen["board"]["settings"].get("layout") != "matrix":
            raise Refusal("not_here")
        cards = [card for card in seen["ideas"] if "hidden" not in card]
        down, across = _edges(seen["board"]["settings"], cards)
        return show("printed/sheets.html", styles=("door", "paper"), workshop=here.workshop, room=seen["room"],
                    delegations=here.delegations, down=down, across=across, parts=_parts(here, cards))


def _parts(here: Place, cards: list[Json]) -> list[Json]:
    """Lists [{delegation (None: of no delegation, or of all), cards: {(row, column): cards}}]."""
    of = [None] if here.workshop.privacy == "anonymous" else [*here.delegations, None]
    found = []
    for delegation in of:
        mine = [card for card in cards if card.get("delegation") == (delegation and delegation["id"])]
        if mine or delegation or len(of) == 1:
            cells: dict[tuple[str | None, str | None], list[Json]] = {}
            for card in mine:
                spot = card.get("place", {})
                cells.setdefault((spot.get("row"), spot.get("column")), []).append(card)
            found.append({"delegation": delegation, "cards": cells})
    return found


def _edges(settings: Json, cards: list[Json]) -> tuple[list[Json], list[Json]]:
    """Lists (rows, columns), each with one more for cards that have none yet, where there are any."""
    nowhere = {"key": None, "title": None}

    def edge(name: str, known: list[Json]) -> list[Json]:
        return [*known, *[nowhere] * any(not card.get("place", {}).get(name) for card in cards)]
    return edge("row", rows(settings, cards)), edge("column", settings["columns"])
