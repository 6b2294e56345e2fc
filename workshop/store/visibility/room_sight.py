"""Decides which rooms people see, and what they are told of the programme that runs."""
from sqlalchemy import select

from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.models import Block, BlockRoom, Room
from workshop.store.transaction import Session


def awaits(room: Room) -> bool:
    """Tells whether the room waits unseen for the block of the programme that opens it."""
    return room.prepared and room.opened_at is None


def seen_by_people(room: Room) -> bool:
    """Tells whether those who take part see that there is the room: it is not put aside, and waits for no block."""
    return room.archived_at is None and not awaits(room)


def sees(viewer: Viewer, room: Room) -> bool:
    """Tells whether the room is on the viewer's screens: for people also one in which they are, for nobody one that is put
    aside."""
    return room.archived_at is None and (
        viewer.is_staff or not awaits(room) or bool(viewer.seats and room.id in viewer.rooms))


def may_open(viewer: Viewer, room: Room) -> bool:
    """Tells whether the viewer may look into the room: the team also where it is put aside."""
    return viewer.is_staff or sees(viewer, room)


def on_now(session: Session, workshop_id: str) -> Json | None:
    """Returns {block, kind, title, since, rooms: [ids]; minutes?, call?} of the block that runs; None where none does."""
    row = session.scalar(select(Block).where(
        Block.workshop_id == workshop_id, Block.started_at.is_not(None), Block.ended_at.is_(None),
        Block.dropped_at.is_(None)).order_by(Block.started_at.desc()).limit(1))
    if row is None or row.started_at is None:
        return None
    rooms = session.scalars(select(BlockRoom.room_id).where(BlockRoom.block_id == row.id).order_by(BlockRoom.room_id))
    told: Json = {"block": row.id, "kind": row.kind, "title": row.title, "since": row.started_at.isoformat(),
                  "rooms": list(rooms)}
    return told | {name: value for name, value in (("minutes", row.minutes), ("call", row.call)) if value}
