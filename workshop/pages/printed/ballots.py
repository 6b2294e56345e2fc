"""Prints ballots of paper: numbered, eight on a sheet, with boxes to tick and a code that opens the form for that ballot."""
from urllib.parse import urlencode

import segno
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.pages.input.numbers import whole
from workshop.pages.participant.ballots import shortened
from workshop.pages.rapporteur.counting import at, name_of, rows, votes
from workshop.pages.shell.render import base_url, show
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Activity
from workshop.words import speaking

pages = Blueprint("paper_ballots", __name__)
ON_A_SHEET, MOST, LAST = 8, 400, 99_999


@pages.get("/w/<workshop_id>/r/<int:number>/ballots")
def ballots(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows ballots of the vote, ?vote=, ?each= of them ?from= a number on. Refusal `not_here` where there is none."""
    with at(workshop_id, number) as here:
        found = votes(here)
        vote = next((one for one in found if one.id == request.args.get("vote", found[0].id if found else "")), None)
        if vote is None:
            raise Refusal("not_here")
        first = min(max(request.args.get("from", 1, type=whole), 1), LAST)
        each = min(max(request.args.get("each", ON_A_SHEET, type=whole), 1), MOST)
        numbers = range(first, min(first + each, LAST + 1))
        shown = [{"number": f"{n:04d}", "qr": _code(here, vote, n)} for n in numbers]
        sheets = [shown[i:i + ON_A_SHEET] for i in range(0, len(shown), ON_A_SHEET)]
        return show("printed/ballots.html", styles=("door", "paper", "ballots"), workshop=here.workshop, room=here.room,
                    vote=vote, title=_in_each(here, lambda: name_of(vote)), lines=_lines(here, vote), sheets=sheets,
                    shares=kinds()[vote.kind].shares(vote.settings), budget=vote.settings.get("budget"), first=first,
                    each=each, most=MOST, last=LAST)


def _code(here: RoomPlace, vote: Activity, n: int) -> Markup:
    asked = urlencode({"vote": vote.id, "how": "one", "sheet": n})
    address = f"{base_url()}/w/{here.workshop.id}/r/{here.room.number}/count?{asked}"
    return Markup(segno.make(address, error="m").svg_inline(border=0, dark="#1d1d1f", omitsize=True))  # noqa: S704


def _in_each(here: RoomPlace, say) -> list[str]:  # type: ignore[no-untyped-def]
    """Lists what is said in the languages of the workshop, each text once."""
    found = []
    for language in here.workshop.languages:
        with speaking(language):
            found.append(say())
    return list(dict.fromkeys(found))


def _lines(here: RoomPlace, vote: Activity) -> list[Json]:
    """Lists what stands on each ballot: {titles: of the card, boxes: [titles of an option]}."""
    asked = kinds()[vote.kind].hands

    def boxes() -> tuple[str, ...]:
        return tuple(hand.title for hand in asked(vote.settings).options)
    said = _in_each(here, boxes)
    options = [list(dict.fromkeys(one)) for one in zip(*said, strict=True)]
    return [{"title": shortened(line.title), "boxes": options} for line in rows(here, vote, asked(vote.settings))]
