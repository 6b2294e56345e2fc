"""Shows who votes for whom in a room: people give their voice to somebody and take it back, the team writes down who did."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.domain.errors import Refusal
from workshop.domain.limits import PROXIES, clean_text
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Account, Delegation, RoomSeat, Seat
from workshop.store.votes import voices
from workshop.words.refusals import sentence

pages = Blueprint("proxies", __name__)
LISTED = 500  # names that are offered to the team; of more it writes the name
HIDDEN = "anonymous"  # where people do not know each other's names, the team alone writes this down


@pages.get("/w/<workshop_id>/r/<int:number>/proxies")
def listed(workshop_id: str, number: int, problem: str = "") -> ResponseReturnValue:
    """Lists the voices that were given in the room, or in the plenary (0): to the team all of them, to people their own."""
    with visitor.at(workshop_id, number) as here:
        leads, mine = here.viewer.leads, {seat["id"]: seat["name"] for seat in _mine(here)}
        found = [one for one in voices.in_force(here.session, here.room)
                 if leads or one.giver_id in mine or one.holder_id in mine]
        ids = {seat for one in found for seat in (one.giver_id, one.holder_id)}
        names = dict(here.session.execute(select(Seat.id, Seat.name).where(Seat.id.in_(ids))).all())
        by = dict(here.session.execute(select(Account.id, Account.name).where(
            Account.id.in_({one.account_id for one in found} - {None}))).all())
        rows = [{"id": one.id, "giver": names[one.giver_id], "holder": names[one.holder_id],
                 "by": by.get(one.account_id or ""), "at": hours(one.at, here.workshop.zones[:1]),
                 "mine": leads or one.giver_id in mine} for one in found]
        there = _people(here) if leads else []
        back = f"/w/{workshop_id}/r/{number}" if here.room.kind == "group" else f"/w/{workshop_id}/plenary"
        return show("votes/proxies.html", styles=("door", "seldom"), workshop=here.workshop, room=here.room, rows=rows,
                    mine=mine, leads=leads, form=request.form, problem=problem, most=PROXIES, back=back,
                    names=[called for _id, _name, called in there] if len(there) <= LISTED else [],
                    hidden=here.workshop.privacy == HIDDEN and not leads)


@pages.post("/w/<workshop_id>/r/<int:number>/proxies")
def change(workshop_id: str, number: int) -> ResponseReturnValue:
    """Gives a voice, takes one back, or says how many one person may hold."""
    form, seat = request.form, None
    try:
        with visitor.at(workshop_id, number) as here:
            room, leads = here.room.id, here.viewer.leads
            what, _sep, key = form.get("do", "").partition(":")
            payload: Json = {"room": room}
            if what == "limit":
                payload |= {"most": _whole(form.get("most", ""))}
            elif what == "end":
                payload |= {"proxy": key}
                seat = None if leads else _giver_of(here, key)
            else:
                what, people = "give", _people(here)
                if here.workshop.privacy == HIDDEN and not leads:
                    raise Refusal("forbidden")
                payload |= {"holder": _called(people, form.get("holder", ""))}
                if leads:
                    payload |= {"giver": _called(people, form.get("giver", ""))}
                else:
                    seat = form.get("seat", "")
        answer: Json = house().performer.perform(secret(), {
            "client": form.get("client", ""), "n": 1, "verb": f"proxy.{what}", "payload": payload, "seat": seat})
        if not answer.get("ok"):
            raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    except Refusal as refusal:
        return listed(workshop_id, number, sentence(refusal))
    return redirect(f"/w/{workshop_id}/r/{number}/proxies", 303)


def _mine(here: RoomPlace) -> list[Json]:
    return [seat for seat in here.seats if here.room.kind != "group" or seat["room"] == here.room.id]


def _people(here: RoomPlace) -> list[tuple[str, str, str]]:
    """Lists (id, name, name with the delegation) of those who are in the room, or in the workshop where it is the plenary.
    """
    asked = select(Seat.id, Seat.name, Delegation.name).outerjoin(Delegation, Delegation.id == Seat.delegation_id).where(
        Seat.workshop_id == here.workshop.id, Seat.revoked_at.is_(None), Seat.joined_id.is_(None)).order_by(Seat.name)
    if here.room.kind == "group":
        asked = asked.join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
            RoomSeat.room_id == here.room.id, RoomSeat.left_at.is_(None))
    return [(seat, name, f"{name} · {of}" if of else name) for seat, name, of in here.session.execute(asked)]


def _called(people: list[tuple[str, str, str]], typed: str) -> str:
    """Finds the one who is called so, alone or with the delegation. Refusal `no_such_person`."""
    wanted = " ".join(clean_text(typed[:400]).split()).casefold()
    found = {seat for seat, *names in people if wanted in {name.casefold() for name in names}}
    if len(found) != 1:
        raise Refusal("no_such_person")
    return found.pop()


def _giver_of(here: RoomPlace, proxy: str) -> str:
    """Finds which seat of the device gave it. Refusal `not_here`."""
    mine = {seat["id"] for seat in here.seats}
    found = [one.giver_id for one in voices.in_force(here.session, here.room) if one.id == proxy and one.giver_id in mine]
    if not found:
        raise Refusal("not_here")
    return found[0]


def _whole(text: str) -> int:
    """Reads a whole number. Refusal `bad_payload`."""
    try:
        return whole(text.strip())
    except ValueError:
        raise Refusal("bad_payload", field="most") from None
