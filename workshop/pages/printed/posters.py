"""Prints the rows of a matrix as posters: what stands in the first column large, a QR to write to the row with a phone, and
what visitors have left there. So a fair of experiences hangs, and the themes of a carousel."""
from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.activities.ideas.outline import rows
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.pages.participant.room import scene
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.store.streams import catch_up
from workshop.words import spoken

pages = Blueprint("panels", __name__)


@pages.get("/w/<workshop_id>/r/<int:number>/panels")
def panels(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows one poster for each row, of the cards that the visitor may see. Refusal `not_here` for a room without a matrix.
    """
    with visitor.at(workshop_id, number) as here:
        here.follow(workshop_id, here.room.id, *catch_up.beside(here.session, here.room.id, here.viewer))
        seen = scene(here)
        settings = seen["board"]["settings"] if seen["board"] else {}
        if settings.get("layout") != "matrix":
            raise Refusal("not_here")
        first, *others = settings["columns"]
        cards = [card for card in seen["ideas"] if "hidden" not in card]

        def at(row: Json, column: Json) -> list[Json]:
            spot = {"row": row["key"], "column": column["key"]}
            return [card for card in cards if card.get("place") == spot]

        found = [{"row": row, "said": spoken(row["title"]) if settings["open_rows"] else row["key"],
                  "shown": at(row, first), "left": [(column, at(row, column)) for column in others]}
                 for row in rows(settings, cards)]
        return show("printed/panels.html", styles=("door", "files", "paper"), workshop=here.workshop, room=seen["room"],
                    first=first, others=others, panels=found)
