"""Runs private work and its reveal: who shares a circle while a step runs, and how cards move on to the next, wider one.

Cards only ever come to more people, never to fewer: alone, pair, four, room.
"""
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from workshop.domain import steps
from workshop.domain.people import pairing
from workshop.domain.roles import PARTICIPANT
from workshop.domain.visibility import Viewer
from workshop.store.models import Contribution, Device, DeviceSeat, LateTray, Room, RoomSeat, Seat, Workshop
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.store.visibility import card_views
from workshop.store.visibility.circles import LINES, NAMES, join, new_line

WIDTH = tuple(NAMES)


def enter(session: Session, room: Room) -> None:
    """Prepares the room for a step: everybody gets the circle that it asks for, and cards in narrower ones move."""
    see = steps.sees(room)
    rows = session.scalars(select(RoomSeat).where(RoomSeat.room_id == room.id, or_(
        RoomSeat.left_at.is_(None), *(column.is_not(None) for column in LINES.values())))).all()
    held = {(row.id, name): getattr(row, name) for row in rows for name in NAMES.values()}
    if see == steps.ROOM:
        _reveal(session, room, rows)
    else:
        here = [row for row in rows if row.left_at is None]
        _group(session, room, see, here)
        for row in rows:
            wide = getattr(row, NAMES[see])
            for narrow in WIDTH[:WIDTH.index(see)]:
                line = getattr(row, NAMES[narrow])
                if line and wide:
                    change_over(session, line, wide)
                    setattr(row, NAMES[narrow], None)
    session.flush()
    if any(getattr(row, name) != held[row.id, name] for row in rows for name in NAMES.values()):
        session.changes.circles.add(room.id)


def let_out(session: Session, room: Room, cards: set[str] | None = None) -> int:
    """Lets ideas and comments out of the inbox (all, or those of these ids) into the room; returns how many."""
    if room.inbox is None:
        return 0
    rows = sorted(session.scalars(select(Contribution).where(Contribution.stream_id == room.inbox)), key=_in_turn)
    out = [row for row in rows if cards is None or row.id in cards or row.parent_id in cards]
    for row in out:
        if row.id in (cards or ()):  # it had been refused, and somebody thinks better of it
            row.hidden_at = row.hidden_by = row.hidden_for = None
        public(session, room, row, row.kind == "idea" and row.withdrawn_at is None)
    return len(out)


def public(session: Session, room: Room, row: Contribution | LateTray, number: bool) -> None:
    """Moves a card to the room's stream, with a number if it is to have one; a comment after its idea, wherever that is now.
    """
    if number and isinstance(row, Contribution) and row.number is None:
        row.number = numbering.count_up(session, room, "next_number") - 1
    parent = session.get(Contribution, row.parent_id) if isinstance(row, Contribution) and row.parent_id else None
    if parent and parent.activity_id != row.activity_id:
        row.activity_id = parent.activity_id
        change_line(session, row, parent.stream_id)
    else:
        change_line(session, row, room.stream_id)


def tell_author(session: Session, room: Room, row: Contribution) -> None:
    """Tells the author's devices, which do not follow the inbox, that a card waits there, or is refused."""
    if row.seat_id:
        workshop = session.get_one(Workshop, room.workshop_id)
        look = card_views.Look(session, Viewer(workshop.id, workshop.privacy, PARTICIPANT, frozenset({row.seat_id})), [row])
        session.changes.waiting.append((row.seat_id, room.stream_id, look.card(row) | {"waits": True}))


def _in_turn(card: Contribution) -> tuple[bool, datetime, str]:
    return card.kind == "comment", card.created_at.replace(second=0, microsecond=0), card.id


def change_line(session: Session, row: Contribution | LateTray, line: str) -> None:
    """Moves the row to another stream."""
    row.stream_id = line
    if isinstance(row, Contribution):
        row.hop += 1
    numbering.touch(session, row)


def _reveal(session: Session, room: Room, rows: Sequence[RoomSeat]) -> None:
    """Moves everything to the room, or to its inbox where the facilitator looks at it first; within a minute in an order
    that does not tell who wrote first."""
    lines = {getattr(row, name) for row in rows for name in NAMES.values()} - {None}
    cards = session.scalars(select(Contribution).where(Contribution.stream_id.in_(lines))).all() if lines else []
    for card in sorted(cards, key=_in_turn):
        if room.inbox:
            change_line(session, card, room.inbox)
            tell_author(session, room, card)
        else:
            public(session, room, card, card.kind == "idea" and card.withdrawn_at is None)
    for late in session.scalars(select(LateTray).where(LateTray.stream_id.in_(lines))) if lines else ():
        public(session, room, late, number=False)
    for row in rows:
        row.alone = row.pair = row.four = None


def change_over(session: Session, line: str, wide: str) -> None:
    """Moves all that is in one circle's stream to another."""
    rows: list[Contribution | LateTray] = [*session.scalars(select(Contribution).where(Contribution.stream_id == line)),
                                           *session.scalars(select(LateTray).where(LateTray.stream_id == line))]
    for row in rows:
        change_line(session, row, wide)


def _people(session: Session, ids: list[str]) -> list[pairing.Person]:
    """Lists these seats, with the device that some of them share."""
    shared: dict[str, list[str]] = {}
    for device, seat in session.execute(
            select(DeviceSeat.device_id, DeviceSeat.seat_id).join(Device, Device.id == DeviceSeat.device_id)
            .where(DeviceSeat.seat_id.in_(ids), Device.revoked_at.is_(None)).order_by(DeviceSeat.device_id)):
        shared.setdefault(device, []).append(seat)
    on = {seat: device for device, seats in shared.items() if len(seats) > 1 for seat in seats}
    return [pairing.Person(seat.id, seat.delegation_id, seat.channel, seat.site_id, on.get(seat.id))
            for seat in session.scalars(select(Seat).where(Seat.id.in_(ids)).order_by(Seat.id))]


def _group(session: Session, room: Room, see: str, rows: Sequence[RoomSeat]) -> None:
    """Makes circles for those who have none of this width."""
    name = NAMES[see]
    without = [row for row in rows if getattr(row, name) is None]
    if not without:
        return
    if see == steps.OWN:
        groups = [[row.seat_id] for row in without]
    elif see == steps.FOUR and any(row.pair for row in without):
        pairs: dict[str, list[str]] = {}
        for row in without:
            pairs.setdefault(row.pair or row.id, []).append(row.seat_id)
        groups = pairing.fours(list(pairs.values()))
    else:
        groups = pairing.pairs(_people(session, [row.seat_id for row in without]))
        groups = pairing.fours(groups) if see == steps.FOUR else groups
    of = {row.seat_id: row for row in without}
    for group in groups:
        if see != steps.OWN and len(group) == 1 and len(without) < len(rows):
            join(session, room, of[group[0]])  # the others have theirs from before
            continue
        line = new_line(session)
        for seat in group:
            setattr(of[seat], name, line)
