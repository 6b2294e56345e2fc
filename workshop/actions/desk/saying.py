"""Has what messages, calls and asked help share: who says it, whom it reaches, and how it ends."""
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from workshop.actions.core.context import CommandContext, InWorkshop
from workshop.actions.core.registry import shows
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.store.models import Account, Notice, NoticeRead, Room, RoomSeat, Seat
from workshop.store.visibility import card_views

KEPT = 20  # messages and calls that stand on screens at once: of one more, the first goes


@shows(Notice)
def shown(work: InWorkshop, row: Notice) -> Json:
    """Shows {stream, card}, as the sender of the command may see it."""
    look = card_views.Look(work.session, Viewer(work.workshop.id, work.workshop.privacy, work.role,
                                                frozenset({work.seat.id}) if work.seat else frozenset()))
    told = {"stream": row.stream_id, "card": look.card(row)}
    work.session.changes.authors.update(look.seats)
    return told


def actor_name(work: CommandContext) -> str:
    """Returns the name of whoever of the team acts."""
    account = work.session.get(Account, work.who.device.account_id) if work.who.device.account_id else None
    return account.name if account else ""


def rooms_of(work: InWorkshop, keys: Sequence[str] | None) -> list[Room] | None:
    """Finds the group rooms, in their order; None for all of the workshop. Refusal `not_here`: one of them is none."""
    if keys is None:
        return None
    found = {room.id: room for room in work.session.scalars(select(Room).where(
        Room.id.in_(keys), Room.workshop_id == work.workshop.id, Room.kind == "group", Room.archived_at.is_(None)))}
    if not set(keys) <= found.keys():
        raise Refusal("not_here")
    return sorted(found.values(), key=lambda room: (room.position, room.number))


def people_in(work: InWorkshop, rooms: Collection[Room] | None) -> list[str]:
    """Lists the seats that are in these rooms now, or (None) that take part. Refusal `nobody_there` where it is nobody."""
    asked = select(Seat.id).where(Seat.workshop_id == work.workshop.id, Seat.revoked_at.is_(None))
    if rooms is not None:
        asked = asked.join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
            RoomSeat.left_at.is_(None), RoomSeat.room_id.in_([room.id for room in rooms]))
    if not (people := sorted(set(work.session.scalars(asked)))):
        raise Refusal("nobody_there")
    return people


def say(work: InWorkshop, kind: str, rooms: list[Room] | None, **more: Any) -> Notice:
    """Puts a message or a call on the screens of these rooms' people (None: of everybody); where there are very many, the
    first of them ends."""
    standing = work.session.scalars(select(Notice).where(
        Notice.stream_id == work.workshop.id, Notice.over_at.is_(None)).order_by(Notice.at, Notice.id)).all()
    for one in standing[:max(0, len(standing) - KEPT + 1)]:
        end(work, one)
    row = Notice(id=new_id(), stream_id=work.workshop.id, workshop_id=work.workshop.id, kind=kind, at=work.now,
                 by=actor_name(work), rooms=None if rooms is None else [room.id for room in rooms], **more)
    work.session.add(row)
    work.session.flush()
    work.touch(row)
    return row


def end(work: CommandContext, row: Notice) -> None:
    """Takes it off all screens."""
    row.over_at = work.now
    work.touch(row)


def notice_of(work: InWorkshop, key: str, *kinds: str) -> Notice:
    """Finds a notice of the workshop. Refusal `not_here`."""
    row = work.session.get(Notice, key)
    if row is None or row.workshop_id != work.workshop.id or row.kind not in kinds:
        raise Refusal("not_here")
    return row


def note_read(work: CommandContext, row: Notice, seats: Collection[str]) -> None:
    """Notes that these seats have read it."""
    for seat in seats:
        if work.session.get(NoticeRead, (row.id, seat)) is None:
            work.session.add(NoticeRead(notice_id=row.id, seat_id=seat, at=work.now))
    work.session.flush()


def numbers_of(rooms: Collection[Room] | None) -> list[int] | None:
    """Lists the numbers of the rooms, for the record."""
    return None if rooms is None else [room.number for room in rooms]
