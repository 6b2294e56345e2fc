"""Serves photos and voice notes: POST /api/attach takes one, /media gives it to those who may see its card."""
import hashlib
from collections.abc import Callable
from io import BytesIO
from typing import IO

from flask import Blueprint, Response, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workshop.actions.cards import uploads
from workshop.domain import limits
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.ids import ID
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.media import recording, upload_processing
from workshop.media.folder import Folder
from workshop.pages.shell.bearer import for_programs
from workshop.pages.shell.request_gate import asker, wait_for
from workshop.pages.shell.security import secret
from workshop.store.identity import look_up
from workshop.store.models import Attachment, Contribution, Room, Workshop
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import card_views, copies
from workshop.transport.offload import offload

pages = Blueprint("attach", __name__)
MOST = {"photo": limits.PHOTO, "voice": limits.VOICE}
PIECE = 64 * 1024
FULL = 5.0  # seconds until a device tries again when the disk is full


class Said(BaseModel):
    """Describes the headers of an upload: X-Attachment, X-Card, X-Kind, X-Seat, X-Seconds."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=ID.pattern)
    card: str = Field(pattern=ID.pattern)
    kind: str = Field(pattern="^(photo|voice)$")
    seat: str | None = Field(pattern=ID.pattern)
    seconds: int | None = Field(ge=0, le=limits.VOICE_SECONDS + recording.SLACK)


@pages.post("/api/attach")
@for_programs
def attach() -> ResponseReturnValue:
    """Takes the bytes of a photo or voice note -> {ok, id, kind, stream?, card?}. No card: its text waits in the late tray.
    """
    row, shown = keep(_offer(), _receive)
    return jsonify(ok=True, id=row.id, kind=row.kind, **shown)


def keep(offer: uploads.Offer, receive: Callable[[IO[bytes], int], str]) -> tuple[Attachment, Json]:
    """Stores what `receive(file, most bytes) -> SHA-256` writes; returns the row, and what is shown of its card."""
    h = house()
    if wait := wait_for(h.uploads):
        raise RetryLater(round(wait, 2))
    with h.store.read() as session:
        uploads.look(session, secret(), offer)
    folder = Folder(h.config.data)
    try:
        with folder.spool() as file:
            digest = receive(file, MOST[offer.kind])
            file.seek(0)
            taken = upload_processing.take(h.sandbox, offer.kind, file.read(), asker())
        offload(folder.keep, offer.id, digest, taken.files)
    except OSError as error:
        raise RetryLater(FULL) from error
    try:
        with h.store.write() as session:
            row, shown = uploads.attach(
                session, h.clock(), secret(), offer, type=taken.type, size=len(taken.files[""]), digest=digest,
                width=taken.width, height=taken.height, seconds=taken.seconds)
            session.flush()
            changes = session.changes
    except Refusal as refusal:
        if refusal.code != "id_reused":  # then they are, or may be, those of a row
            folder.drop(offer.id, digest)
        raise
    h.performer.announce(changes)
    return row, shown


def _offer() -> uploads.Offer:
    said = {name: request.headers.get(header) or None for name, header in (
        ("id", "X-Attachment"), ("card", "X-Card"), ("kind", "X-Kind"), ("seat", "X-Seat"), ("seconds", "X-Seconds"))}
    try:
        return uploads.Offer(**Said.model_validate(said).model_dump())
    except ValidationError as error:
        raise Refusal("bad_payload", field=str(error.errors()[0]["loc"][0])) from None


def _receive(file: IO[bytes], most: int) -> str:
    """Writes the body into the file, as far as it may go; returns its SHA-256. Refusal `file_too_big`, before anything is
    read where the length is told, else as soon as it is too much."""
    request.max_content_length = most  # more than commands get
    told = request.content_length
    if told is not None and told > most:
        raise _too_big(most)
    # Without a length Werkzeug gives an empty body, unless the server vouches for its end; ours does not say so.
    chunked = told is None and "chunked" in request.headers.get("Transfer-Encoding", "")
    source, size, digest = request.environ["wsgi.input"] if chunked else request.stream, 0, hashlib.sha256()
    while piece := source.read(PIECE):
        size += len(piece)
        if size > most:
            raise _too_big(most)
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest()


def _too_big(most: int) -> Refusal:
    return Refusal("file_too_big", limit=f"{most / 1024 / 1024:g}")


@pages.get("/media/<key>")
@for_programs
def whole(key: str) -> ResponseReturnValue:
    """Serves the photo or the recording."""
    return _give(key)


@pages.get("/media/<key>/small")
@for_programs
def small(key: str) -> ResponseReturnValue:
    """Serves the small form of a photo, which boards show first."""
    return _give(key, ".small")


def _give(key: str, ending: str = "") -> Response:
    with house().store.read() as session:
        row = session.get(Attachment, key) if ID.fullmatch(key) else None
        if row is None or row.removed_at or (ending and row.kind != "photo") or not _seen(session, row):
            raise Refusal("not_here")
        type, name = "image/webp" if ending else row.type, f"{row.id}{ending}"
    try:
        content = Folder(house().config.data).path(row.id, row.digest, ending).read_bytes()
    except FileNotFoundError:  # a store that was brought here without its media folder
        raise Refusal("not_here") from None
    # Browsers ask for a recording in parts; send_file answers those.
    etag = f"{row.digest[:32]}{ending}"
    answer = send_file(BytesIO(content), mimetype=type, download_name=name, etag=etag, max_age=86_400)
    answer.cache_control.public, answer.cache_control.no_cache, answer.cache_control.private = False, None, True
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return answer


def _seen(session: Session, row: Attachment) -> bool:
    """Tells whether the asker sees the card; what waits with a late text is for the seat that sent it and, unless that is
    private, for staff."""
    who = look_up(session, secret())
    card = session.get(Contribution, row.contribution_id) if row.contribution_id else None
    room = session.get_one(Room, row.room_id)
    viewer = viewers.viewer_for(session, who, None, card.stream_id if card else room.stream_id)
    if viewer is None:  # not in the room of the card, but perhaps in one to which it was copied
        viewer = viewers.viewer_in(session, who, session.get_one(Workshop, room.workshop_id))
        if card is None or card.stream_id != room.stream_id or not copies.may_look(session, viewer, card, room):
            return False
    if viewer is None:
        return False
    if card is None:
        late = uploads.late_text(session, row.seat_id, row.card_id) if row.seat_id else None
        return row.seat_id in viewer.seats or (viewer.is_staff and late is not None and late.stream_id == room.stream_id)
    return "gone" not in card_views.Look(session, viewer).card(card)
