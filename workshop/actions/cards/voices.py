"""Keeps the text of a card in step with the transcripts of its voice notes, where it has no other text."""
from functools import cache

from sqlalchemy import select

from workshop.actions.core.context import CommandContext
from workshop.store.models import Attachment, Contribution
from workshop.words import N_, _, speaking

STANDS_FOR = (N_("(Voice note)"), N_("(Photo)"))  # a text that nobody wrote
LANGUAGES = ("en", "es", "fr")


def stands_for_a_text(text: str) -> bool:
    """Tells whether nobody has written the text: it is the placeholder, in whatever language, of a card that has none."""
    return text in _signs()


@cache
def _signs() -> frozenset[str]:
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found |= {_(one) for one in STANDS_FOR}
    return frozenset(found)


def written_down(work: CommandContext, card: Contribution, before: str) -> None:
    """Takes the card's new text as what its voice notes say, where the former was a placeholder, or the same as theirs."""
    if not card.files or card.body["text"] == before:
        return
    files = {file.id: file for file in work.session.scalars(select(Attachment).where(
        Attachment.contribution_id == card.id, Attachment.kind == "voice", Attachment.removed_at.is_(None)))
        if file.transcript == before or (file.transcript is None and stands_for_a_text(before))}
    for file in files.values():
        file.transcript, file.transcript_by, file.transcript_at = card.body["text"], work.actor(), work.now
    card.files = [files[one["id"]].shown() if one["id"] in files else one for one in card.files]


def spoken(work: CommandContext, card: Contribution, before: str | None, text: str) -> None:
    """Takes what a voice note says as the text of a card that has no other."""
    if card.kind == "idea" and (stands_for_a_text(card.body["text"]) or card.body["text"] == before):
        was = {"body": card.body, "place": card.place, "rev": card.rev}
        card.body, card.rev, card.edited_at = card.body | {"text": text}, card.rev + 1, work.now
        work.remember(card.id, was, {"body": card.body, "place": card.place, "rev": card.rev}, card.stream_id)
