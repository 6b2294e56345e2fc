"""Decides which rooms people see at all; the team sees more, and what is put aside on its own list."""
from workshop.store.models import Room


def seen_by_people(room: Room) -> bool:
    """Tells whether those who take part see that there is the room: it is not put aside, nor prepared for a block that has
    not begun."""
    return room.archived_at is None and not (room.prepared and room.opened_at is None)
