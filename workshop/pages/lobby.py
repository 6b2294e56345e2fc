"""The lobby: what is on now, my room, the other rooms, the programme, the codes for coming back."""
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Blueprint

from workshop.pages import place
from workshop.pages.view import show
from workshop.store.models import Block
from workshop.words import language

pages = Blueprint("lobby", __name__)


@pages.get("/w/<workshop_id>")
def lobby(workshop_id: str):
    """The workshop as somebody who takes part sees it."""
    with place.at(workshop_id) as here:
        blocks = here.session.query(Block).filter_by(workshop_id=workshop_id).order_by(Block.starts_at).all()
        days = {}
        for block in blocks:
            day = block.starts_at.astimezone(ZoneInfo(here.workshop.zones[0])).date()
            days.setdefault(format_date(day, "EEEE d MMMM", locale=language()), []).append(block)
        seats = here.seats
        rooms = here.rooms
        mine = {seat["room"] for seat in seats}
        return show("lobby.html", workshop=here.workshop, seats=seats, rooms=rooms, delegations=here.delegations,
                    my_room=next((room for room in rooms if room.id in mine), None), days=days, viewer=here.viewer)
