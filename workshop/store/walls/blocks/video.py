"""The video of a block of the programme: whoever stands at the wall starts it with one tap, so that there is sound."""
from sqlalchemy import select

from workshop.domain.shapes import Json
from workshop.store.models import Block, Video
from workshop.store.walls.kind import HallSight, Kind, Offered
from workshop.words import N_


def _films(sight: HallSight) -> dict[str, tuple[Block, Video]]:
    """Finds {block: (it, its video)} of the programme's blocks that have one; the newest stands."""
    rows = sight.session.execute(select(Block, Video).join(Video, Video.block_id == Block.id).where(
        Block.workshop_id == sight.workshop.id, Block.dropped_at.is_(None), Video.removed_at.is_(None)).order_by(
        Block.starts_at, Video.created_at))
    return {block.id: (block, video) for block, video in rows}


def _offers(sight: HallSight) -> dict[str, Offered]:
    return {"block": [(key, block.title) for key, (block, _video) in _films(sight).items()]}


def _read(sight: HallSight, block: Json) -> list[Json]:
    found = _films(sight).get(block.get("block", ""))
    if found is None:
        return []
    row, video = found
    return [{"heading": row.title, "video": video.id, "still": video.still, "type": video.type}]


KIND = Kind("video", N_("Video"), _read, ("block",), offers=_offers, order=85)
