"""Finds which cards the team has read; this is for the team alone and travels in no stream.

A card that was read is linked with itself; `position` is the revision that was read.
"""
from collections.abc import Collection

from sqlalchemy import select

from workshop.store.models import Activity, Contribution, Link
from workshop.store.transaction import Session

READ = "read"


def read(session: Session, rooms: Collection[str]) -> dict[str, list[str]]:
    """Lists {room id: ids of the cards on its board that were read in their present revision}."""
    found: dict[str, list[str]] = {}
    for room, card in session.execute(select(Activity.room_id, Contribution.id).join(
            Contribution, Contribution.activity_id == Activity.id).join(Link, Link.source_id == Contribution.id).where(
            Activity.room_id.in_(rooms), Link.kind == READ, Link.position == Contribution.rev, Contribution.kind == "idea",
            Contribution.withdrawn_at.is_(None), Contribution.merged_into.is_(None), Contribution.hidden_at.is_(None))):
        found.setdefault(room, []).append(card)
    return found
