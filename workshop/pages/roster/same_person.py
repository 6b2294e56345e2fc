"""Serves the form that joins two seats which are one person: who it is, what will happen, whose ballot stands."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.actions.people import sessions
from workshop.actions.people.joining import both_voted
from workshop.domain.errors import Refusal
from workshop.domain.people.lookalikes import plain, skeleton
from workshop.house import house
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.participant.welcome import into
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.security import secret
from workshop.store.counts import numbers
from workshop.store.counts.participants import Person, participants
from workshop.words.people import channels

pages = Blueprint("same_person", __name__)
MANY = 40  # people to choose from


@pages.get("/w/<workshop_id>/people/<seat_id>/same")
def same(workshop_id: str, seat_id: str, problem: str = "") -> ResponseReturnValue:
    """Lists who else the person may be, likely ones first, ?q= part of a name; with ?as= one of them, what will happen."""
    with visitor.staff(workshop_id, leads=True) as here:
        found = participants(here.session, workshop_id)
        one = next((one for one in found.people if one.id == seat_id), None)
        if one is None:
            raise Refusal("not_here")
        asked, chosen = request.args.get("q", "")[:200], request.values.get("as", "")
        others = [other for other in found.here if other.id != one.id]
        into = next((other for other in others if other.id == chosen), None)
        open_votes, over = both_voted(here.session, house().clock(), one.id, into.id) if into else ([], [])
        listed = [other for other in others if plain(asked) in plain(other.name)] if asked else _likely(one, others)
        return show("roster/same.html", styles=("door", "people", "roster"), workshop=here.workshop,
                    delegations=here.delegations, one=one, into=into, others=listed[:MANY], asked=asked,
                    channels=channels(), problem=problem, open_votes=len(open_votes), over=len(over),
                    left=numbers.left_by(here.session, [one.id]))


@pages.post("/w/<workshop_id>/people/<seat_id>/same")
def join(workshop_id: str, seat_id: str) -> ResponseReturnValue:
    """Joins the two."""
    visitor.only_leads(workshop_id)
    form = request.form
    stays = form.get("as", "")[:40]
    try:
        done(form.get("client", ""), 1, "seat.join", {
            "workshop": workshop_id, "seat": seat_id, "into": stays,
            "keep": "seat" if form.get("keep") == "seat" else "into"})
    except Refusal as refusal:
        return same(workshop_id, seat_id, sentence(refusal))
    return redirect(f"/w/{workshop_id}/people/{stays}", 303)


@pages.post("/w/<workshop_id>/people/<seat_id>/write")
def write(workshop_id: str, seat_id: str) -> ResponseReturnValue:
    """Lets this device write for somebody who takes part by telephone or on paper; who entered it stands beside."""
    with visitor.staff(workshop_id, leads=True) as here:
        one = next((one for one in participants(here.session, workshop_id).here if one.id == seat_id), None)
        if one is None or one.channel not in ("phone", "paper"):
            raise Refusal("not_here")
    h = house()
    with h.store.write() as session:
        joined = sessions.come_back(session, h.clock(), secret(), one.code)
    return into(joined)


def _likely(one: Person, others: list[Person]) -> list[Person]:
    """Orders the others: those whose names look the same, then those who share a word with it, then the rest."""
    words = {plain(word) for word in one.name.split()}

    def unlike(other: Person) -> int:
        if skeleton(other.name) == skeleton(one.name):
            return 0
        return 1 if words & {plain(word) for word in other.name.split()} else 2
    return sorted(others, key=unlike)
