"""Follows the thread across rooms: which cards somebody may cite, where a card and its copies stand, what cites it."""
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import or_, select

from workshop.domain.visibility import Viewer, sees_item
from workshop.store.identity import Who
from workshop.store.models import Activity, Contribution, Link, Room, Workshop
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import copies

CITES = "cites"


class Stands(NamedTuple):
    """Holds a card, the room on whose board it stands, and the viewer as whom it is seen there."""

    card: Contribution
    room: Room
    viewer: Viewer


def seen(session: Session, who: Who | None, workshop: Workshop, ids: Iterable[str]) -> dict[str, Stands]:
    """Finds {id: where it stands} of the cards with these ids, in whatever room of the workshop, that `who` may see and
    cite: those that all of their room see, in rooms that `who` may look into or out of which they were copied to such a one.
    """
    found, eyes, outside = {}, {}, None
    cards = select(Contribution, Room).join(Activity, Activity.id == Contribution.activity_id).join(
        Room, Room.id == Activity.room_id)
    for card, room in session.execute(cards.where(
            Contribution.id.in_(set(ids)), Contribution.kind == "idea", Contribution.stream_id == Room.stream_id,
            Contribution.withdrawn_at.is_(None), Room.workshop_id == workshop.id, Room.kind == "group")):
        if room.id not in eyes:
            eyes[room.id] = viewers.viewer_in(session, who, workshop, room)
        viewer = eyes[room.id]
        if viewer is None:
            outside = outside or viewers.viewer_in(session, who, workshop)
            viewer = outside if copies.may_look(session, outside, card, room) else None
        if viewer and (viewer.is_staff or not card.hidden_at):
            found[card.id] = Stands(card, room, viewer)
    return found


def family(session: Session, card: Contribution) -> list[Contribution]:
    """Lists the card and its copies, whichever of them it is; the first is the original, where it is still there."""
    root = card.copy_of or card.id
    rows = session.scalars(select(Contribution).where(or_(Contribution.id == root, Contribution.copy_of == root)))
    return sorted(rows, key=lambda row: (row.id != root, row.created_at, row.id))


class Citation(NamedTuple):
    """Holds a sentence of a group's summary that cites a card."""

    item: Contribution
    activity: Activity
    room: Room


def cited_by(session: Session, item: str) -> list[str]:
    """Lists the ids of the cards that a sentence cites, in its order."""
    links = select(Link.target_id).where(Link.source_id == item, Link.kind == CITES)
    return list(session.scalars(links.order_by(Link.position)))


def citing(session: Session, cards: Iterable[str]) -> list[Citation]:
    """Lists the sentences that cite one of the cards (ids), by room and in their order."""
    rows = session.execute(select(Contribution, Activity, Room).join(Activity, Activity.id == Contribution.activity_id).join(
        Room, Room.id == Activity.room_id).where(
        Contribution.id.in_(select(Link.source_id).where(Link.kind == CITES, Link.target_id.in_(list(cards)))),
        Contribution.kind == "item", Contribution.withdrawn_at.is_(None)).order_by(Room.number, Contribution.number))
    return [Citation(*row) for row in rows]


def reads(session: Session, who: Who | None, workshop: Workshop, citation: Citation) -> bool:
    """Tells whether somebody of the workshop may read the sentence."""
    viewer = viewers.viewer_in(session, who, workshop, citation.room) or viewers.viewer_in(session, who, workshop)
    return viewer is not None and sees_item(viewer, citation.activity.published_at is not None, citation.room.id)


def grown(session: Session, card: Contribution) -> list[str]:
    """Lists the ids of the cards that say that they grew out of this one."""
    rows = session.execute(select(Contribution.id, Contribution.origins).join(
        Activity, Activity.id == Contribution.activity_id).where(
        Contribution.origins.is_not(None), Contribution.copy_of.is_(None), Contribution.withdrawn_at.is_(None),
        Activity.room_id.in_(select(Room.id).where(Room.workshop_id == (select(Room.workshop_id).join(
            Activity, Activity.room_id == Room.id).where(Activity.id == card.activity_id).scalar_subquery())))))
    return [key for key, origins in rows if card.id in (origins or ())]
