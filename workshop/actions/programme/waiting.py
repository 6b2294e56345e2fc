"""Notes which rooms wait unseen for the block of the programme that opens them: the only place that writes it."""
from collections.abc import Callable

from sqlalchemy import select

from workshop.store.models import Block, BlockRoom, Room
from workshop.store.transaction import Session


def settle(session: Session, workshop_id: str, touch: Callable[[Room, str], object] | None = None) -> None:
    """Writes `Room.prepared` of all rooms of the workshop: they have never been open, some block opens them, and none of
    those that are not put aside has begun. `touch`: called with each room whose state is another than before."""
    session.flush()
    begun: dict[str, bool] = {}
    for room_id, started in session.execute(select(BlockRoom.room_id, Block.started_at).join(
            Block, Block.id == BlockRoom.block_id).where(Block.workshop_id == workshop_id, Block.dropped_at.is_(None))):
        begun[room_id] = begun.get(room_id, False) or started is not None
    for room in session.scalars(select(Room).where(Room.workshop_id == workshop_id, Room.kind == "group")).all():
        waits = room.opened_at is None and begun.get(room.id) is False
        if room.prepared != waits:
            room.prepared = waits
            if touch:
                touch(room, workshop_id)
    session.flush()
