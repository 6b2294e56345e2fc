"""Ideas and comments: add, edit, withdraw."""
from typing import Any

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions import meeting
from workshop.actions.registry import Shape, verb
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import CARDS_PER_ROOM, TEXT, clean_text
from workshop.domain.roles import LEADS, STAFF
from workshop.store import circles, scribe
from workshop.store.models import Contribution, Seat

ID = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")


class Add(Shape):
    """A new idea, or a comment on `parent`.  `id` is made on the device, so that sending twice is harmless."""

    activity: str = Field(max_length=40)
    id: str = ID
    body: dict[str, Any]
    place: dict[str, Any] = {}
    parent: str | None = Field(default=None, max_length=40)
    origins: list[str] = Field(default=[], max_length=12)


class Edit(Shape):
    """The new text of an own card."""

    id: str = ID
    body: dict[str, Any] | None = None
    place: dict[str, Any] | None = None
    base_rev: int | None = None


class Withdraw(Shape):
    """Take a card back."""

    id: str = ID


@verb("contribution.add", Add, late=True)
def add(work, payload: Add, author: Seat | None = None) -> Contribution:
    """Put an idea on a board, or a comment under an idea; `author` when it is another's, let in late."""
    seat = author or work.seat
    _accepts(work, "contribution.add")
    line = work.room.stream_id if work.admitted else circles.line_of(work.session, work.room, seat and seat.id)
    if payload.parent:
        body, place, kind = {"text": _comment(payload.body)}, {}, "comment"
        parent = work.session.get(Contribution, payload.parent)
        if parent is None or parent.activity_id != work.activity.id or parent.parent_id or parent.withdrawn_at:
            raise Refusal("no_such_card")
        if parent.stream_id != work.room.stream_id:
            before_us(work, parent)
            line = parent.stream_id
        elif line != work.room.inbox:
            line = work.room.stream_id
        if work.room.closed_at or work.room.opened_at is None:
            raise Refusal("room_closed" if work.room.closed_at else "room_not_open")
        if not steps.lets(work.room, "comment", staff=work.role in STAFF):
            raise Refusal("not_now")
    else:
        body, place = _rules(work).check(work.activity.settings, payload.body, payload.place)
        kind = "idea"
        if not work.admitted:
            _step_takes(work, seat, place)
        for origin in payload.origins:
            card = work.session.get(Contribution, origin)
            if card is None or card.activity_id != work.activity.id:
                raise Refusal("no_such_card")
            before_us(work, card)
    if work.careful and work.session.get(Contribution, payload.id):
        raise Refusal("id_reused")  # at first go the insert would fail, which brings us here
    if work.room.next_number > CARDS_PER_ROOM:
        raise Refusal("room_full", limit=CARDS_PER_ROOM)
    return put(work, kind, payload.id, body, place, line, seat, parent_id=payload.parent, origins=payload.origins or None)


def put(work, kind: str, id: str, body: dict, place: dict, line: str, seat: Seat | None = None, **more) -> Contribution:
    """Write a new card on `line`, when everything has been asked; an idea that the room sees gets its next number."""
    row = Contribution(
        id=id, activity_id=work.activity.id, stream_id=line, kind=kind, body=body, place=place,
        seat_id=seat and seat.id, account_id=None if seat else work.who.device.account_id, created_at=work.now, rev=1, hop=0,
        **more)
    if kind == "idea" and line == work.room.stream_id:  # others get theirs when they are shown to the room
        row.number = scribe.count_up(work.session, work.room, "next_number") - 1
    work.touch(row)
    scribe.add(work.session, row)
    work.remember(row.id, None, {"body": body, "place": place}, line)
    return row


@verb("contribution.edit", Edit, late=True)
def edit(work, payload: Edit) -> Contribution:
    """Change a card; the earlier text stays in the history.

    Text is worth more than its absence: editing a card that its author took back brings it back.  Where a facilitator took
    it away, the new text goes to the tray.  Where somebody else changed it since `base_rev`, both changes are kept if they
    can be (actions/meeting.py).
    """
    row = work.target
    before_us(work, row)
    _accepts(work, "contribution.edit")
    mine = is_mine(work, row)
    if not (mine or work.role in LEADS or (row.kind == "idea" and steps.lets(work.room, "edit", staff=work.role in STAFF))):
        raise Refusal("not_yours")
    if row.withdrawn_at and row.withdrawn_by != row.seat_id:
        raise Refusal("withdrawn")
    before = {"body": row.body, "place": row.place, "rev": row.rev}
    if row.kind == "comment":
        row.body = {"text": _comment(payload.body or {})}
    else:
        if work.role not in LEADS:
            if refused := steps.takes(work.room, work.activity, work.now):
                raise Refusal(refused)
            if not steps.lets(work.room, "edit", mine=mine, staff=work.role in STAFF):
                raise Refusal("not_now")
        body = meeting.body(work, row, payload.body, payload.base_rev) if payload.body else row.body
        row.body, row.place = _rules(work).check(work.activity.settings, body,
                                                 row.place if payload.place is None else payload.place)
    row.rev, row.edited_at, row.withdrawn_at = row.rev + 1, work.now, None
    work.touch(row)
    work.remember(row.id, before, {"body": row.body, "place": row.place, "rev": row.rev}, row.stream_id)
    return row


@verb("contribution.withdraw", Withdraw)
def withdraw(work, payload: Withdraw) -> Contribution:
    """Take a card back; it leaves every screen, its number is not used again."""
    row = work.target
    before_us(work, row)
    _accepts(work, "contribution.edit")
    if not is_mine(work, row) and work.role not in LEADS:
        raise Refusal("not_yours")
    if row.withdrawn_at:
        raise Refusal("withdrawn")
    row.withdrawn_at, row.withdrawn_by = work.now, work.actor()
    work.touch(row)
    work.remember(row.id, {"body": row.body, "place": row.place}, None, row.stream_id)
    return row


def before_us(work, row: Contribution) -> None:
    """Refusal `no_such_card` unless whoever acts has the card before them: the room's, their circle's; staff the inbox."""
    if row.stream_id == work.activity.stream_id or (work.role in STAFF and row.stream_id == work.room.inbox):
        return
    if is_mine(work, row) or row.stream_id in circles.readable(work.session, work.room, work.seat and work.seat.id):
        return
    raise Refusal("no_such_card")


def is_mine(work, row: Contribution) -> bool:
    """Whether the seat that acts wrote it."""
    return row.seat_id is not None and work.seat is not None and row.seat_id == work.seat.id


def _step_takes(work, seat: Seat | None, place: dict) -> None:
    """Refuse what the running step does not take: any idea, ideas from these people, in this column, more than so many."""
    if refused := steps.takes(work.room, work.activity, work.now):
        raise Refusal(refused)
    step = steps.now(work.room)
    if not steps.lets(work.room, "add", mine=True, staff=work.role in STAFF):
        raise Refusal("step_closed")
    if step.get("columns") and place.get("column") not in step["columns"] and place.get("column"):
        raise Refusal("column_closed")
    if step.get("limit") and seat is not None:
        made = work.session.scalar(select(func.count()).select_from(Contribution).where(
            Contribution.activity_id == work.activity.id, Contribution.seat_id == seat.id, Contribution.kind == "idea",
            Contribution.withdrawn_at.is_(None), Contribution.created_at >= (work.room.step_at or work.now)))
        if made >= step["limit"]:
            raise Refusal("over_limit", limit=step["limit"])


def _accepts(work, verb_name: str) -> None:
    if verb_name not in kinds()[work.activity.kind].verbs:
        raise Refusal("not_for_this")


def _rules(work):
    return kinds()[work.activity.kind].rules


def _comment(body: dict) -> str:
    text = clean_text(str(body.get("text", "")))
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    return text
