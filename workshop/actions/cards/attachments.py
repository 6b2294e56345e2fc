"""Changes a stored photo or voice note: its transcript, its removal."""
from pydantic import Field

from workshop.actions.cards import voices
from workshop.actions.cards.contributions import ID, before_us
from workshop.actions.core.context import OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal
from workshop.domain.limits import TEXT, clean_text
from workshop.domain.roles import LEADS
from workshop.domain.shapes import Json
from workshop.store.models import Attachment, Contribution
from workshop.words import _


class Transcribe(Shape):
    """Transcribes the voice note `file` of the card `id`."""

    id: str = ID
    file: str = ID
    text: str = Field(max_length=4 * TEXT)


class Remove(Shape):
    """Names the photo or voice note `file` of the card `id`."""

    id: str = ID
    file: str = ID


@verb("attachment.transcribe", Transcribe)
def transcribe(work: OnCard, payload: Transcribe) -> Contribution:
    """Writes down what a voice note says; the card shows it."""
    file = _file(work, payload.file)
    text = clean_text(payload.text)
    if file.kind != "voice":
        raise Refusal("not_for_this")
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    before = {"text": file.transcript, "by": file.transcript_by}
    file.transcript, file.transcript_by, file.transcript_at = text, work.actor(), work.now
    voices.spoken(work, work.target, before["text"], text)
    return _show(work, file, before, {"text": text})


@tells("attachment.transcribe")
def _transcribed(act: Act) -> Sentence:
    return Sentence(_("{who} wrote down what {card} says. Before:", **act.names), said=act.said_before())


@verb("attachment.remove", Remove, blocked_when_paused=True)
def remove(work: OnCard, payload: Remove) -> Contribution:
    """Removes a photo or voice note from its card; its address answers no more."""
    file = _file(work, payload.file)
    mine = work.seat is not None and work.target.seat_id == work.seat.id
    if not mine and work.role not in LEADS:
        raise Refusal("not_yours")
    file.removed_at, file.removed_by = work.now, work.actor()
    return _show(work, file, {"kind": file.kind}, None)


@tells("attachment.remove")
def _removed(act: Act) -> Sentence:
    return Sentence(team=_("removed a file in room {room}.", **act.names))


def _file(work: OnCard, key: str) -> Attachment:
    before_us(work, work.target)
    file = work.session.get(Attachment, key)
    if work.target.withdrawn_at:
        raise Refusal("withdrawn")
    if file is None or file.contribution_id != work.target.id or file.removed_at:
        raise Refusal("no_such_file")
    return file


def _show(work: OnCard, file: Attachment, before: Json, after: Json | None) -> Contribution:
    kept = [one for one in work.target.files or () if one["id"] != file.id or not file.removed_at]
    work.target.files = [file.shown() if one["id"] == file.id else one for one in kept]
    work.touch(work.target)
    work.remember(file.id, before, after, work.target.stream_id)
    return work.target
