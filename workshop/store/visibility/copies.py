"""Finds where cards were copied to, and which earlier boards somebody may look at because of it."""
from collections.abc import Collection

from sqlalchemy import select

from workshop.domain.roles import OBSERVER, PARTICIPANT
from workshop.domain.visibility import Viewer
from workshop.store.models import Activity, Contribution, Link, Room
from workshop.store.transaction import Session

CARRIES = "carries"


def onward(session: Session, workshop_id: str, cards: Collection[str] | None = None) -> dict[str, list[int]]:
    """Lists {card: numbers of the rooms onto whose boards it was copied}; of `cards`, or of all in the workshop."""
    query = select(Link.target_id, Room.number).join(Contribution, Contribution.id == Link.source_id).join(
        Activity, Activity.id == Contribution.activity_id).join(Room, Room.id == Activity.room_id).where(
        Link.kind == CARRIES, Room.workshop_id == workshop_id, Contribution.withdrawn_at.is_(None))
    if cards is not None:
        query = query.where(Link.target_id.in_(cards))
    found: dict[str, list[int]] = {}
    for card, number in session.execute(query.order_by(Room.number)):
        found.setdefault(card, []).append(number)
    return found


def earlier(session: Session, room: Room) -> list[Room]:
    """Lists the closed rooms of the parts before this one, where it is a part of a process."""
    mine = (room.method or {}).get("process")
    if not mine:
        return []
    rooms = session.scalars(select(Room).where(
        Room.workshop_id == room.workshop_id, Room.closed_at.is_not(None), Room.archived_at.is_(None)))
    places = [((one.method or {}).get("process") or {}, one) for one in rooms]
    before = [(place["part"], one) for place, one in places
              if place.get("id") == mine["id"] and place["part"] < mine["part"]]
    return [one for _part, one in sorted(before, key=lambda pair: pair[0])]


def origins(session: Session, room: Room) -> list[Contribution]:
    """Lists the cards of other rooms that were copied onto the boards of this one, as long as they stand there."""
    copies = select(Link.target_id).join(Contribution, Contribution.id == Link.source_id).join(
        Activity, Activity.id == Contribution.activity_id).where(
        Link.kind == CARRIES, Activity.room_id == room.id, Contribution.withdrawn_at.is_(None))
    return list(session.scalars(select(Contribution).where(
        Contribution.id.in_(copies), Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None))))


def may_look(session: Session, viewer: Viewer | None, card: Contribution, room: Room) -> bool:
    """Tells whether somebody who is not in the card's `room` sees the card, because it, or all of its board, was copied
    forward."""
    if viewer is None or viewer.role not in (PARTICIPANT, OBSERVER):
        return False
    for later in session.scalars(select(Room).where(Room.id.in_(viewer.rooms))):
        if room in earlier(session, later) or card in origins(session, later):
            return True
    return False
