"""Takes the video of a block from the team: the file is written to the disk as it comes, and never in memory as a whole."""
import hashlib
from contextlib import suppress
from typing import IO, Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.actions.programme import videos
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.ids import new_id
from workshop.house import house
from workshop.media import upload_processing
from workshop.media.folder import Folder
from workshop.pages.input.commands import done
from workshop.pages.input.form_parser import incoming
from workshop.pages.input.refused_field import sentence
from workshop.pages.programme.page import shown
from workshop.pages.shell import visitor
from workshop.pages.shell.request_gate import asker, wait_for
from workshop.pages.shell.security import secret
from workshop.store.models import Block
from workshop.transport.offload import offload

pages = Blueprint("videos", __name__)
MB = 1024 * 1024
AROUND = 16 * 1024  # bytes of a form around its file
PIECE = 1 << 20
FULL = 5.0  # seconds until one tries again when the disk is full


@pages.url_value_preprocessor
def _larger(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a bigger form here, if it comes from somebody who leads the workshop."""
    if endpoint == "videos.put":
        with suppress(Refusal), visitor.staff((values or {}).get("workshop_id", ""), leads=True):
            incoming.max_content_length = house().config.video_mb * MB + AROUND
            incoming.spool = Folder(house().config.data).spool_paced


@pages.post("/w/<workshop_id>/programme/<block_id>/video")
def put(workshop_id: str, block_id: str) -> ResponseReturnValue:
    """Puts the video of the form on the block, or takes the one away that is there (`do`)."""
    visitor.only_leads(workshop_id)
    try:
        if request.form.get("do") == "remove":
            done(request.form.get("client", ""), 1, "video.remove", {"workshop": workshop_id, "block": block_id[:40]})
        else:
            _keep(workshop_id, block_id)
    except (Refusal, RetryLater) as wrong:
        return shown(workshop_id, sentence(wrong if isinstance(wrong, Refusal) else Refusal("later")))
    with visitor.staff(workshop_id, leads=True) as here:
        day = here.session.get_one(Block, block_id).day
    return redirect(f"/w/{workshop_id}/programme?day={day}&block={block_id}#video", 303)


def _keep(workshop_id: str, block_id: str) -> None:
    h = house()
    if wait := wait_for(h.uploads):
        raise RetryLater(round(wait, 2))
    with h.store.read() as session:
        videos.look(session, secret(), workshop_id, block_id)
    sent = request.files.get("video")
    if sent is None or not sent.filename:
        raise Refusal("no_file")
    folder, key = Folder(h.config.data), new_id()
    try:
        size, digest = offload(_measured, sent.stream)
        if size > h.config.video_mb * MB:
            raise Refusal("file_too_big", limit=h.config.video_mb)
        looked = upload_processing.watch(h.sandbox, sent.stream, size, asker())
        offload(folder.keep_large, key, digest, sent.stream, looked.edits, looked.still)
    except OSError as error:
        raise RetryLater(FULL) from error
    try:
        with h.store.write() as session:
            videos.put(session, h.clock(), secret(), workshop_id, block_id, videos.Film(
                key, looked.type, size, digest, looked.width, looked.height, looked.seconds, bool(looked.still)))
            session.flush()
            changes = session.changes
    except BaseException:
        folder.drop(key, digest)
        raise
    h.performer.announce(changes)


def _measured(file: IO[bytes]) -> tuple[int, str]:
    """Returns (size, SHA-256) of a file, piece by piece."""
    size, digest = 0, hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()
