"""Checks who may add a photo or voice note to which card, and writes its row. The bytes are not handled here.

They have no envelope: the device makes the id, and sending again under it is harmless.
"""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from workshop.actions.core.telling import silent
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.limits import FILES_PER_CARD, FILES_PER_ROOM
from workshop.domain.roles import LEADS, STAFF
from workshop.domain.shapes import Json
from workshop.store.identity import Who, identify, seat_of
from workshop.store.models import Activity, Attachment, Contribution, History, LateTray, Room, Seat, Workshop
from workshop.store.streams import numbering, viewers
from workshop.store.transaction import Session
from workshop.store.visibility import card_views

VERB = "attachment.add"  # in the history


@dataclass(frozen=True)
class Offer:
    """Describes a file before a device sends it. `seat` is None where staff attach to what they wrote themselves."""

    id: str
    card: str
    kind: str
    seat: str | None = None
    seconds: int | None = None


@dataclass
class Ground:
    """Holds the rows that an offer depends on: the card, or its text in the late tray; `known` when it was taken before."""

    who: Who
    seat: Seat | None
    workshop: Workshop
    room: Room
    card: Contribution | None
    known: Attachment | None
    late: LateTray | None = None


def look(session: Session, secret: str | None, offer: Offer) -> Ground:
    """Checks whether the offer would be taken: asked before its bytes are read, and again when they are here.

    Refusals: who_are_you, no_such_card (also for a card that the asker may not see), not_your_seat, not_yours, withdrawn,
    not_for_this, workshop_closed, voice_tells_who, id_reused, too_many_files, not_now.

    The step and the room may be over: a picture takes longer than the words that it belongs to. What counts is whether the
    step in which the card was written took files; for a card that was copied from an earlier room, the step that runs.
    """
    who = identify(session, secret)
    if who is None:
        raise Refusal("who_are_you")
    seat = seat_of(session, who, offer.seat) if offer.seat else None
    card = session.get(Contribution, offer.card)
    late = None if card or seat is None else late_text(session, seat.id, offer.card)
    room = _room(session, card, late)
    viewer = room and viewers.viewer_for(session, who, None, card.stream_id if card else room.stream_id)
    own = seat is not None and card is not None and card.seat_id == seat.id  # also when the seat has gone to another room
    if room is None or not (viewer or own or late) or (card and card.kind != "idea"):
        raise Refusal("no_such_card")
    ground = Ground(who, seat, session.get_one(Workshop, room.workshop_id), room, card, None, late)
    _check(session, offer, ground)
    ground.known = _known(session, who, offer, room)
    return ground


def _check(session: Session, offer: Offer, on: Ground) -> None:
    """Refuses what may not be put where it is offered."""
    card, seat, workshop = on.card, on.seat, on.workshop
    if offer.seat and (seat is None or seat.workshop_id != workshop.id):
        raise Refusal("not_your_seat")
    if card and not _may(on.who, card, seat, workshop, on.room):
        raise Refusal("not_yours")
    if card and card.withdrawn_at:
        raise Refusal("withdrawn")
    if not _step_took(session, on.who, card, on.late, seat, on.room):
        raise Refusal("not_now")
    if workshop.closed_at:
        raise Refusal("workshop_closed")
    if offer.kind == "voice" and workshop.privacy == "anonymous":
        raise Refusal("voice_tells_who")


def attach(session: Session, now: datetime, secret: str | None, offer: Offer, *, type: str, size: int, digest: str,
           width: int | None = None, height: int | None = None, seconds: int | None = None) -> tuple[Attachment, Json]:
    """Writes the row of a file that is on the disk; the card gets a new number. Returns (row, {stream, card} or {})."""
    room_id = session.scalar(select(Activity.room_id).join(Contribution, Contribution.activity_id == Activity.id)
                             .where(Contribution.id == offer.card))
    if room_id:
        numbering.lock(session, {session.get_one(Room, room_id).workshop_id})
    ground = look(session, secret, offer)
    card, seat = ground.card, ground.seat
    if ground.known:
        if ground.known.digest != digest:
            raise Refusal("id_reused")
        return ground.known, _shown(session, ground)
    account = None if seat else ground.who.device.account_id
    row = Attachment(
        id=offer.id, workshop_id=ground.workshop.id, room_id=ground.room.id, card_id=offer.card,
        contribution_id=card and card.id, kind=offer.kind, type=type, size=size, width=width, height=height,
        seconds=seconds or offer.seconds, digest=digest, seat_id=seat and seat.id, account_id=account, created_at=now)
    session.add(row)
    ground.room.used(now)
    text = card or ground.late
    assert text  # it is for one of the two
    session.add(History(stream_id=text.stream_id, verb=VERB, seat_id=row.seat_id, account_id=account,
                        program=ground.who.program or None, target_id=row.id,
                        after={"card": offer.card, "kind": offer.kind}, at=now))
    if card:
        card.files = [*(card.files or ()), row.shown()]
        numbering.touch(session, card)
    session.flush()
    return row, _shown(session, ground)


def admitted(session: Session, late: LateTray, card: Contribution) -> None:
    """Moves the files of a late idea to the card, which is on the board under a new id."""
    rows = session.scalars(select(Attachment).where(
        Attachment.card_id == str(late.payload.get("id")), Attachment.seat_id == late.seat_id,
        Attachment.contribution_id.is_(None), Attachment.removed_at.is_(None)).order_by(Attachment.created_at)).all()
    if rows:
        for row in rows:
            row.contribution_id = card.id
        card.files = [row.shown() for row in rows]
        # The card was inserted beside the session (store/fast/fast_insert.py).
        session.execute(update(Contribution).where(Contribution.id == card.id).values(files=card.files))


def _step_took(session: Session, who: Who, card: Contribution | None, late: LateTray | None, seat: Seat | None,
               room: Room) -> bool:
    """Tells whether the step let the author attach when the words were written; facilitators may at any time."""
    if seat is None and who.role_in(room.workshop_id) in LEADS:
        return True
    if card is None:
        return late is not None and bool(late.payload.get("notes", {}).get("attach", True))
    written = session.scalar(select(History.after).where(
        History.target_id == card.id, History.verb.in_(("contribution.add", "tray.admit"))).order_by(History.id).limit(1))
    return bool(written.get("attach", True)) if written else steps.lets(room, "attach", mine=True, staff=seat is None)


def late_text(session: Session, seat_id: str, card: str) -> LateTray | None:
    """Finds the seat's text in the tray that should have become the card of this id."""
    mine = select(LateTray).where(LateTray.seat_id == seat_id, LateTray.admitted_at.is_(None))
    return next((row for row in session.scalars(mine) if row.payload.get("id") == card), None)


def _room(session: Session, card: Contribution | None, late: LateTray | None) -> Room | None:
    if card:
        return session.get(Room, session.get_one(Activity, card.activity_id).room_id)
    return session.get(Room, late.room_id) if late else None


def _may(who: Who, card: Contribution, seat: Seat | None, workshop: Workshop, room: Room) -> bool:
    """Tells whether they may: its author; facilitators any card; other staff what they wrote themselves."""
    if seat:
        return card.seat_id == seat.id
    role = who.role_in(workshop.id, room.id)
    return role in LEADS or (role in STAFF and card.account_id == who.device.account_id)


def _known(session: Session, who: Who, offer: Offer, room: Room) -> Attachment | None:
    known = session.get(Attachment, offer.id)
    if known is None:
        for where, most in ((Attachment.card_id == offer.card, FILES_PER_CARD),
                            (Attachment.room_id == room.id, FILES_PER_ROOM)):
            if _count(session, where) >= most:
                raise Refusal("too_many_files", limit=most)
        return None
    account = None if offer.seat else who.device.account_id
    if (known.card_id, known.kind, known.seat_id, known.account_id) != (offer.card, offer.kind, offer.seat, account):
        raise Refusal("id_reused")
    return known


def _count(session: Session, where: ColumnElement[bool]) -> int:
    found = select(func.count()).select_from(Attachment).where(where, Attachment.removed_at.is_(None))
    return session.scalar(found) or 0


def _shown(session: Session, ground: Ground) -> Json:
    viewer = viewers.viewer_for(session, ground.who, None, ground.room.stream_id)
    if ground.card is None or viewer is None:
        return {}
    return {"stream": ground.card.stream_id, "card": card_views.Look(session, viewer).card(ground.card)}


silent(VERB)  # the card shows its files
