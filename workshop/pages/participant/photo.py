"""Takes a photo for an own card as a plain form, for people without script."""
import hashlib
from contextlib import suppress
from typing import IO, Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.actions.cards import uploads
from workshop.domain import limits
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.ids import ID
from workshop.pages.participant.attachments import PIECE, keep
from workshop.pages.participant.room import show_room
from workshop.pages.shell import visitor
from workshop.words.refusals import sentence

pages = Blueprint("photo", __name__)
AROUND = 16 * 1024  # bytes of a form around its file


@pages.url_value_preprocessor
def _larger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a bigger form here, if it comes from somebody in the room."""
    with suppress(Refusal), visitor.at(**values or {}):
        request.max_content_length = limits.PHOTO + AROUND


@pages.post("/w/<workshop_id>/r/<int:number>/photo")
def photo(workshop_id: str, number: int) -> ResponseReturnValue:
    """Puts the photo on the card, and leads back to it. The form's `client` makes sending it twice harmless."""
    form = request.form
    key, card, seat = form.get("client", "")[:16], form.get("card", ""), form.get("seat") or None
    try:
        if not (ID.fullmatch(key) and ID.fullmatch(card) and "photo" in request.files):
            raise Refusal("bad_payload", field="form")
        keep(uploads.Offer(key, card, "photo", seat), _receive)
    except (Refusal, RetryLater) as wrong:
        code, values = ("later", {}) if isinstance(wrong, RetryLater) else (wrong.code, wrong.values)
        return show_room(workshop_id, number, sentence(Refusal(code, **values)))
    return redirect(f"/w/{workshop_id}/r/{number}?seat={seat or ''}#{card}", 303)


def _receive(file: IO[bytes], _most: int) -> str:
    digest, source = hashlib.sha256(), request.files["photo"].stream
    while piece := source.read(PIECE):
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest()
