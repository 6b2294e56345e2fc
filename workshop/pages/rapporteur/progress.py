"""Answers what the team has read, and how many of everything there are: its pages ask for it now and then."""
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from workshop.pages.facilitator import team_acts
from workshop.pages.shell import visitor
from workshop.pages.shell.bearer import for_programs
from workshop.store.counts import numbers, read_marks
from workshop.store.visibility import circle_members

pages = Blueprint("marks", __name__)


@pages.get("/w/<workshop_id>/r/<int:number>/read")
@for_programs
def of_room(workshop_id: str, number: int) -> ResponseReturnValue:
    """Answers {ok, cards: [ids of those that were read]} of a room."""
    with visitor.staff(workshop_id, number) as here:
        return jsonify(ok=True, cards=read_marks.read(here.session, [here.room.id]).get(here.room.id, []))


@pages.get("/w/<workshop_id>/progress")
@for_programs
def of_all(workshop_id: str) -> ResponseReturnValue:
    """Answers {ok, rooms, all}: how many, as store/counts/numbers.py counts, for the desk; company: {room id: [the people of
    each pair or four as the team may know them]}, without rooms that have none; acts: what can be undone just now."""
    with visitor.staff(workshop_id) as here:
        return jsonify(ok=True, **numbers.of(here.session, here.workshop, here.viewer.leads),
                       company=circle_members.of_rooms(here.session, here.viewer, here.rooms),
                       acts=team_acts.fresh(here.session, workshop_id) if here.viewer.leads else [])
