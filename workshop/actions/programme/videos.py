"""Puts a video on a block, and takes it away. The bytes are not handled here, except when nobody needs them any more."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import Field
from sqlalchemy import select, update

from workshop.actions.core import record
from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.roles import LEADS
from workshop.media.folder import Folder
from workshop.store.identity import Who, identify
from workshop.store.models import Block, Video, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.words import _

VERB = "video.put"  # in the history
KEPT = timedelta(days=1)  # what was taken away, until its bytes go


@dataclass(frozen=True)
class Film:
    """Describes a video whose file is on the disk."""

    file: str
    type: str
    size: int
    digest: str
    width: int | None = None
    height: int | None = None
    seconds: int | None = None
    still: bool = False


class Remove(Shape):
    """Names the block whose video is taken away."""

    workshop: str = Field(max_length=40)
    block: str = Field(max_length=40)


def look(session: Session, secret: str | None, workshop_id: str, block_id: str) -> tuple[Who, Workshop, Block]:
    """Checks whether a video would be taken: asked before its bytes are read, and again when they are here. Refusals:
    who_are_you, not_here, forbidden, workshop_closed, no_such_block."""
    who = identify(session, secret)
    if who is None:
        raise Refusal("who_are_you")
    workshop, role = session.get(Workshop, workshop_id), who.role_in(workshop_id)
    if workshop is None or workshop.deleted_at or role is None:
        raise Refusal("not_here")
    if role not in LEADS:
        raise Refusal("forbidden")
    if workshop.closed_at:
        raise Refusal("workshop_closed")
    block = session.get(Block, block_id)
    if block is None or block.workshop_id != workshop_id or block.dropped_at:
        raise Refusal("no_such_block")
    return who, workshop, block


def put(session: Session, now: datetime, secret: str | None, workshop_id: str, block_id: str, film: Film) -> Video:
    """Writes the row of a video whose file is on the disk; one that was there before is taken away."""
    numbering.lock(session, {workshop_id})
    who, workshop, block = look(session, secret, workshop_id, block_id)
    account = who.device.account_id
    for before in _of(session, [block.id]):
        before.removed_at, before.removed_by = now, account
    row = Video(id=new_id(), workshop_id=workshop.id, block_id=block.id, file=film.file, type=film.type, size=film.size,
                width=film.width, height=film.height, seconds=film.seconds, still=film.still, digest=film.digest,
                account_id=account, created_at=now)
    session.add(row)
    record.keep(session, now, workshop.id, account, VERB, block.id, who.program, title=block.title)
    session.flush()
    return row


@verb("video.remove", Remove)
def remove(work: InWorkshop, payload: Remove) -> None:
    """Takes the video of a block away; for a day its file is kept. Refusals: `no_such_block`, `no_such_file`."""
    row = work.session.get(Block, payload.block)
    if row is None or row.workshop_id != work.workshop.id:
        raise Refusal("no_such_block")
    found = _of(work.session, [row.id])
    if not found:
        raise Refusal("no_such_file")
    for video in found:
        video.removed_at, video.removed_by = work.now, work.actor()
    work.remember(row.id, {"title": row.title}, {"title": row.title}, work.workshop.id)


@tells(VERB, "video.remove", team="room")
def _told(act: Act) -> Sentence:
    title = act.after.get("title", "…")
    return Sentence(team=_("put a video on a block: {title}.", title=title) if act.verb == VERB
                    else _("took a video away from a block: {title}.", title=title))


def of_blocks(session: Session, blocks: Iterable[str]) -> dict[str, Video]:
    """Finds {block: its video} of those blocks that have one."""
    return {video.block_id: video for video in _of(session, blocks) if video.block_id}


def leave(work: InWorkshop, block: Block) -> None:
    """Lets go of the videos of a block that is deleted."""
    work.session.execute(update(Video).where(Video.block_id == block.id, Video.removed_at.is_(None)).values(
        removed_at=work.now, removed_by=work.actor()))
    work.session.execute(update(Video).where(Video.block_id == block.id).values(block_id=None))


def copied(session: Session, now: datetime, blocks: dict[str, Block]) -> None:
    """Puts the videos of blocks on their copies, {id of the original: copy}; they share the file."""
    for block_id, video in of_blocks(session, blocks).items():
        block = blocks[block_id]
        session.add(Video(id=new_id(), workshop_id=block.workshop_id, block_id=block.id, file=video.file, type=video.type,
                          size=video.size, width=video.width, height=video.height, seconds=video.seconds,
                          still=video.still, digest=video.digest, created_at=now))
    session.flush()


def files_of(session: Session, workshop_id: str) -> list[tuple[str, str]]:
    """Lists (file, digest) of the videos that only this workshop has."""
    found = session.execute(select(Video.file, Video.digest).where(Video.workshop_id == workshop_id)).all()
    shared = set(session.scalars(select(Video.file).where(
        Video.file.in_([file for file, _digest in found]), Video.workshop_id != workshop_id)))
    return [(file, digest) for file, digest in {*map(tuple, found)} if file not in shared]


def sweep(store: Store, now: datetime, media: Folder) -> int:
    """Removes for good what was taken away more than a day ago, with its file unless another block has it; returns how
    many."""
    with store.read() as session:
        due = list(session.scalars(select(Video.id).where(Video.removed_at <= now - KEPT)))
    for key in due:
        with store.write() as session:
            video = session.get(Video, key)
            if video is None or not video.removed_at:
                continue
            numbering.lock(session, {video.workshop_id})
            others = session.scalar(select(Video.id).where(Video.file == video.file, Video.id != key).limit(1))
            file, digest = video.file, video.digest
            session.delete(video)
            session.flush()
        if others is None:
            media.drop(file, digest)
    return len(due)


def _of(session: Session, blocks: Iterable[str]) -> list[Video]:
    return list(session.scalars(select(Video).where(
        Video.block_id.in_(list(blocks)), Video.removed_at.is_(None)).order_by(Video.created_at, Video.id)))
