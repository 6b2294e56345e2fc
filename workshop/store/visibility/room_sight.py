"""Decides which rooms people see, and what they are told of the programme that runs."""
from sqlalchemy import select

from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.models import Block, BlockRoom, Room
from workshop.store.transaction import Session


def seen_by_people(room: Room) -> bool:
    """Tells whether people see the room: one that waits for its block is the facilitators' until it is opened."""
    return not room.prepared or room.opened_at is not None


def sees(viewer: Viewer, room: Room) -> bool:
    """Tells whether the viewer sees the room: people also one in which they are."""
    return viewer.is_staff or seen_by_people(room) or bool(viewer.seats and room.id in viewer.rooms)


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
