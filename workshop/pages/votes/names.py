"""Lists who chose what in a vote whose rules have said beforehand that everybody can read it."""
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions.people.joining import is_open
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Choices
from workshop.house import house
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.pages.votes.rules import find, told
from workshop.store.models import Activity, Ballot, Contribution, Delegation, Room, Seat
from workshop.words import figure, spoken

pages = Blueprint("vote_names", __name__)


@pages.get("/w/<workshop_id>/votes/<vote_id>/names")
def names(workshop_id: str, vote_id: str) -> ResponseReturnValue:
    """Lists the ballots of a vote that is over to those who are in its room, and the team. Refusal `not_here` for any other
    vote, and where nobody is to see who is who."""
    with visitor.at(workshop_id) as here:
        vote, room = find(here, vote_id)
        if not named(here, room, vote):
            raise Refusal("not_here")
        called = {key: body.get("title") or body["text"] for key, body in here.session.execute(select(
            Contribution.id, Contribution.body).where(
            Contribution.activity_id == vote.settings.get("source"), Contribution.stream_id == vote.stream_id,
            Contribution.hidden_at.is_(None)))}
        rows = here.session.execute(select(Seat.name, Delegation.name, Ballot.choices).join(
            Seat, Seat.id == Ballot.seat_id).outerjoin(Delegation, Delegation.id == Seat.delegation_id).where(
            Ballot.activity_id == vote.id).order_by(Delegation.position, Delegation.name, Seat.name)).all()
        return show("votes/names.html", styles=("door",), workshop=here.workshop, room=room, vote=told(here, vote), rows=[
            (name, delegation, _said(vote, choices, called)) for name, delegation, choices in rows if choices])


def named(here: Place, room: Room, vote: Activity) -> bool:
    """Tells whether the visitor can read who chose what."""
    inside = here.viewer.is_staff or room.id in here.viewer.rooms or room.kind == "plenary"
    return inside and here.workshop.privacy != "anonymous" and voting.rules(vote.settings)["named"] == "all" \
        and vote.tally is not None and not is_open(room, vote, house().clock())


def _said(vote: Activity, choices: Choices, called: dict[str, str]) -> list[str]:
    """Words a ballot, a line for each thing chosen; one whose mandates are split, with how many."""
    options = {option["key"]: spoken(option["title"]) for option in vote.settings.get("options") or ()}
    found = []
    for n, part in voting.split(choices) or [(0, choices)]:
        for key, value in part.items():
            what = options.get(key) or called.get(key, "")
            how = options.get(value, "") if isinstance(value, str) else figure(value) if type(value) is int and (
                value != 1 or not what) else ""
            found.append(" · ".join(filter(None, (figure(n) if n else "", what, how))))
    return found
