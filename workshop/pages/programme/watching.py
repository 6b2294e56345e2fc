"""Gives the video of a block to the people of the workshop.

`told` is what any page says of it, the wall's too; `/video/<key>` gives the file in ranges to who may see its block, and
with `?screen=` to the wall. The file is never in memory as a whole.
"""
from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from workshop.actions.programme import videos
from workshop.domain.errors import Refusal
from workshop.domain.ids import ID
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.media.folder import Folder
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.security import secret
from workshop.store.identity import look_up
from workshop.store.models import Block, Video, Workshop
from workshop.store.streams import viewers
from workshop.store.transaction import Session

pages = Blueprint("watching", __name__)
MB = 1024 * 1024
PIECE = 128 * 1024  # bytes
ENDINGS = {"video/mp4": ".mp4", "video/webm": ".webm"}


def told(session: Session, block: Block, screen: str = "") -> Json | None:
    """Says what a page needs of the video of a block, None where it has none: {src, type, still, mb, minutes, width,
    height}; `screen`: the key of the wall, for whose page the addresses are then."""
    video = videos.of_blocks(session, [block.id]).get(block.id)
    if video is None:
        return None
    asks = f"?screen={screen}" if screen else ""
    lasts = str(timedelta(seconds=video.seconds)).removeprefix("0:") if video.seconds else ""
    return {"src": f"/video/{video.id}{asks}", "type": video.type, "mb": max(1, round(video.size / MB)),
            "still": f"/video/{video.id}/still{asks}" if video.still else "", "width": video.width,
            "height": video.height, "lasts": lasts}


@pages.get("/w/<workshop_id>/video/<block_id>")
def watch(workshop_id: str, block_id: str) -> ResponseReturnValue:
    """Shows the video of a block: before anything of it is loaded a still picture, how large it is, and what it says."""
    with visitor.at(workshop_id) as here:
        block = here.session.get(Block, block_id)
        if block is None or block.workshop_id != workshop_id or block.kind != "video" or (
                block.dropped_at and not here.viewer.is_staff):
            raise Refusal("not_here")
        return show("participant/video.html", styles=("door", "lobby", "video"), workshop=here.workshop, block=block,
                    video=told(here.session, block), begins=hours(block.starts_at, here.workshop.zones),
                    saves=request.headers.get("Save-Data") == "on" and not request.args.get("play"))


@pages.get("/video/<key>")
def whole(key: str) -> ResponseReturnValue:
    """Gives the video, or the range of it that is asked for."""
    return _give(key)


@pages.get("/video/<key>/still")
def still(key: str) -> ResponseReturnValue:
    """Gives the still picture of the video."""
    return _give(key, ".still")


def _give(key: str, ending: str = "") -> Response:
    with house().store.read() as session:
        row = session.get(Video, key) if ID.fullmatch(key) else None
        if row is None or row.removed_at or (ending and not row.still) or not may_see(session, row):
            raise Refusal("not_here")
        place, digest = Folder(house().config.data).path(row.file, row.digest, ending), row.digest
        type, name = ("image/jpeg", f"{row.id}.jpg") if ending else (row.type, f"{row.id}{ENDINGS[row.type]}")
    try:
        size = place.stat().st_size
    except FileNotFoundError:  # a store that was brought here without its media folder
        raise Refusal("not_here") from None
    answer = Response(Pieces(place), mimetype=type, direct_passthrough=True)
    answer.content_length, answer.cache_control.max_age = size, 86_400
    answer.set_etag(f"{digest[:32]}{ending}")
    answer.make_conditional(request, accept_ranges=True, complete_length=size)
    answer.cache_control.private = True
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox; frame-ancestors 'none'"
    return answer


class Pieces:
    """Iterates over a file in pieces. It is open only while one is read, so that nobody who stops listening leaves it open.
    """

    def __init__(self, place: Path):
        self.place, self.at = place, 0

    def seekable(self) -> bool:
        """Tells that a range begins where it begins, without what is before it being read."""
        return True

    def tell(self) -> int:
        """Returns where it stands."""
        return self.at

    def seek(self, at: int) -> None:
        """Goes to a place in the file."""
        self.at = at

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        with self.place.open("rb") as file:
            file.seek(self.at)
            piece = file.read(PIECE)
        if not piece:
            raise StopIteration
        self.at += len(piece)
        return piece


def may_see(session: Session, video: Video) -> bool:
    """Tells whether the asker sees the block of a video: people of the workshop and its wall; one put aside, the team."""
    workshop = session.get_one(Workshop, video.workshop_id)
    block = session.get(Block, video.block_id) if video.block_id else None
    if workshop.deleted_at or block is None:
        return False
    screen = request.args.get("screen")
    viewer = (viewers.viewer_for(session, None, screen, workshop.id) if screen
              else viewers.viewer_in(session, look_up(session, secret()), workshop))
    return viewer is not None and (block.dropped_at is None or viewer.is_staff)
