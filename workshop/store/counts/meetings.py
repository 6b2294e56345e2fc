"""Counts how often people have already been in one group."""
from itertools import combinations

from sqlalchemy import select

from workshop.store.models import Attended, Room, Sitting
from workshop.store.transaction import Session


def met(session: Session, workshop_id: str) -> dict[tuple[str, str], int]:
    """Returns {(seat, seat): in how many rooms they were during the same step}, of all days; both in the order of their ids.
    Steps of one room count once: it was one meeting."""
    inside: dict[str, dict[str, list[str]]] = {}
    for room, sitting, seat in session.execute(
            select(Sitting.room_id, Sitting.id, Attended.seat_id).join(Attended, Attended.sitting_id == Sitting.id)
            .join(Room, Room.id == Sitting.room_id).where(Room.workshop_id == workshop_id)):
        inside.setdefault(room, {}).setdefault(sitting, []).append(seat)
    found: dict[tuple[str, str], int] = {}
    for sittings in inside.values():
        for pair in {pair for seats in sittings.values() for pair in combinations(sorted(seats), 2)}:
            found[pair] = found.get(pair, 0) + 1
    return found
