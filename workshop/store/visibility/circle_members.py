"""Finds who shares a pair's or a four's circle with somebody, as far as each may know of the other."""
from collections.abc import Collection, Iterable

from sqlalchemy import select

from workshop.domain import steps
from workshop.domain.roles import PARTICIPANT
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer, author
from workshop.store.models import Room, RoomSeat, Seat, Workshop
from workshop.store.transaction import Session, recall
from workshop.store.visibility.card_views import known

LINES = {steps.PAIR: RoomSeat.pair, steps.FOUR: RoomSeat.four}


def groups(session: Session, room: Room) -> list[list[Json]]:
    """Lists the pairs or fours in which the room works now, as what is known of their seats; none in other steps."""
    line = LINES.get(steps.sees(room))
    found: dict[str | None, list[Json]] = {}
    if line is not None:
        rows = select(line, Seat).join(Seat, Seat.id == RoomSeat.seat_id).where(
            RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None), line.is_not(None))
        for of, seat in session.execute(rows.order_by(Seat.created_at, Seat.id)):
            found.setdefault(of, []).append(known(seat))
    return list(found.values())


def of_rooms(session: Session, viewer: Viewer, rooms: Iterable[Room]) -> dict[str, list[list[Json]]]:
    """Lists {room: groups} of those rooms where people work in pairs or fours now, as far as `viewer` may know who they are.
    """
    if viewer.privacy == "anonymous":
        return {}
    found = {room.id: groups(session, room) for room in rooms if room.opened_at}
    return {room: [[author(viewer, seat) for seat in group] for group in made] for room, made in found.items() if made}


def of_room(session: Session, room_id: str) -> tuple[str, str, list[list[Json]]]:
    """Returns (what people see in the step that runs, the workshop's privacy, the groups) of a room, asked once for all."""
    def ask() -> tuple[str, str, list[list[Json]]]:
        room = session.get_one(Room, room_id)
        return steps.sees(room), session.get_one(Workshop, room.workshop_id).privacy, groups(session, room)
    return recall(session, ("company", room_id), ask)


def of_seats(told: tuple[str, str, list[list[Json]]], seats: Collection[str]) -> Json:
    """Returns {'pair' or 'four': {own seat: [what it may know of each of the others]}}, from what `of_room` answered; empty
    where none of these seats shares a circle."""
    see, privacy, found = told
    eyes = Viewer("", privacy, PARTICIPANT, frozenset(seats))
    mine = {seat["id"]: [author(eyes, other) for other in group if other is not seat]
            for group in found for seat in group if seat["id"] in eyes.seats}
    return {see: mine} if mine else {}
