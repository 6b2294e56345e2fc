"""Finds the card that somebody names by its number, like R3-045."""
from sqlalchemy import select

from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Contribution, Room


def card_of(here: Place, typed: str) -> tuple[str, str | None]:
    """Returns (id of the card, id of its room); of what is no number what was typed, and None. A number of no card: ("-",
    None)."""
    room, _dash, number = typed.strip().upper().removeprefix("R").partition("-")
    if not (room.isascii() and room.isdecimal() and number.isascii() and number.isdecimal() and len(room + number) < 12):
        return typed.strip()[:40], None
    found = here.session.execute(select(Contribution.id, Activity.room_id).join(
        Activity, Activity.id == Contribution.activity_id).join(Room, Room.id == Activity.room_id).where(
        Room.workshop_id == here.workshop.id, Room.number == int(room), Contribution.number == int(number),
        Contribution.kind == "idea", Contribution.home.is_(None)).limit(1)).first()
    return (found.id, found.room_id) if found else ("-", None)
