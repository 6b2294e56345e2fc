"""What the team has read and how many have voted, for its own pages: the scribe's and the desk ask for it now and then."""
from flask import Blueprint, jsonify

from workshop.pages import place
from workshop.store import company, marks

pages = Blueprint("marks", __name__)


@pages.get("/w/<workshop_id>/r/<int:number>/read")
def of_room(workshop_id: str, number: int):
    """{ok, cards: [ids of those that were read]} of a room."""
    with place.staff(workshop_id, number) as here:
        return jsonify(ok=True, cards=marks.read(here.session, [here.room.id]).get(here.room.id, []))


@pages.get("/w/<workshop_id>/progress")
def of_all(workshop_id: str):
    """{ok, read: {room id: how many of its cards were read}, votes: {vote: [how many have voted, how many could]}, company:
    {room id: [the people of each pair or four as the team may know them]}}, without those that have none."""
    with place.staff(workshop_id) as here:
        rooms = [room.id for room in here.rooms]
        return jsonify(ok=True, read={room: len(cards) for room, cards in marks.read(here.session, rooms).items()},
                       votes=marks.votes(here.session, rooms),
                       company=company.of_rooms(here.session, here.viewer, here.rooms))
