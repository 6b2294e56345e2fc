"""Marks which cards the team has read: with hundreds of them, so that none stays unread."""
from pydantic import Field
from sqlalchemy import delete

from workshop.actions.core.context import CommandContext, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import silent
from workshop.domain.errors import Refusal
from workshop.store.counts.read_marks import READ
from workshop.store.models import Contribution, Link


class Read(Shape):
    """Says that a card was read, or is unread after all."""

    id: str = Field(max_length=40)
    on: bool = True


@verb("contribution.read", Read, in_room=True)
def read(work: OnCard, payload: Read) -> None:
    """Marks an idea that the room sees; what is changed afterwards counts as unread again.

    The card itself does not change: no screen of a participant is told.
    """
    card = work.target
    if card.kind != "idea" or card.withdrawn_at or card.stream_id != work.activity.stream_id:
        raise Refusal("no_such_card")
    mark(work, card, payload.on)


def mark(work: CommandContext, card: Contribution, on: bool = True) -> None:
    """Marks the card as read in its present revision, or as not read."""
    work.session.execute(delete(Link).where(Link.source_id == card.id, Link.kind == READ))
    if on:
        work.session.add(Link(
            source_id=card.id, target_id=card.id, kind=READ, position=card.rev, by=work.actor(), at=work.now))


silent("contribution.read")
