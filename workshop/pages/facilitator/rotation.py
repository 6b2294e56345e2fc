"""Serves the rotation page (world café, carousel): the groups go round, the boards stay, and so do the hosts of the tables.
"""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions.core.registry import fingerprint
from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import Place
from workshop.store.models import History, Room, RoomSeat, Seat

pages = Blueprint("rounds", __name__)


@pages.get("/w/<workshop_id>/rounds")
def rounds(workshop_id: str, problem: str = "", sure: bool = False) -> ResponseReturnValue:
    """Shows the open rooms in the order in which the groups go through them, and who is in each."""
    with visitor.staff(workshop_id, leads=True) as here:
        rooms = [room for room in here.rooms if room.opened_at and not room.closed_at]
        inside: dict[str, list[Seat]] = {room.id: [] for room in rooms}
        for row, seat in here.session.execute(
                select(RoomSeat, Seat).join(Seat, Seat.id == RoomSeat.seat_id).where(
                    RoomSeat.room_id.in_(inside), RoomSeat.left_at.is_(None)).order_by(Seat.name)):
            inside[row.room_id].append(seat)
        asked = request.form if request.form else None
        stay = set(asked.getlist("stay")) if asked else _hosts(here)
        going = set(asked.getlist("rooms")) if asked else set(inside)
        tables = [(room, rooms[(at + 1) % len(rooms)], inside[room.id]) for at, room in enumerate(rooms)]
        moves = _moves([room for room in rooms if room.id in going], inside, stay) if sure else []
        return show("facilitator/rounds.html", workshop=here.workshop, delegations=here.delegations, problem=problem,
                    stay=stay, going=going, tables=tables, moves=moves, people=sum(n for *_, n in moves), chosen=_chosen())


@pages.post("/w/<workshop_id>/rounds")
def go_round(workshop_id: str) -> ResponseReturnValue:
    """Shows who goes where first; then moves everybody in the rooms that were chosen, but for those who stay."""
    form = request.form
    if len(form.getlist("rooms")) > 1 and form.get("sure") != _chosen():
        return rounds(workshop_id, sure=True)
    payload = {"workshop": workshop_id, "rooms": form.getlist("rooms"), "stay": form.getlist("stay")}
    answer = house().performer.perform(secret(), {
        "client": form.get("client", ""), "n": 1, "verb": "rooms.rotate", "seat": None, "payload": payload})
    if not answer.get("ok"):
        return rounds(workshop_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/desk", 303)


def _chosen() -> str:
    """Identifies one choice of rooms and hosts: a yes counts only for the choice that was shown."""
    return fingerprint([request.form.getlist("rooms"), sorted(request.form.getlist("stay"))])


def _moves(ring: list[Room], inside: dict[str, list[Seat]], stay: set[str]) -> list[tuple[Room, Room, int]]:
    """Lists [(room, the room to which its people go, how many)] of those who will move."""
    return [(room, ring[(at + 1) % len(ring)], sum(seat.id not in stay for seat in inside[room.id]))
            for at, room in enumerate(ring)]


def _hosts(here: Place) -> set[str]:
    """Lists the hosts: those who stayed the last time stay again, unless somebody decides otherwise."""
    last = here.session.scalar(select(History).where(
        History.stream_id == here.workshop.id, History.verb == "rooms.rotate").order_by(History.id.desc()).limit(1))
    return set((last.after or {}).get("stay", ())) if last else set()
