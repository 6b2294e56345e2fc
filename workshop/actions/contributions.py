"""Ideas and comments: add, edit, withdraw."""
from typing import Any

from pydantic import Field

from workshop.actions.registry import Shape, verb
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import CARDS_PER_ROOM, TEXT, clean_text
from workshop.domain.roles import LEADS
from workshop.store import scribe
from workshop.store.models import Contribution, Seat

ID = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")


class Add(Shape):
    """A new idea, or a comment on `parent`.  `id` is made on the device, so that sending twice is harmless."""

    activity: str = Field(max_length=40)
    id: str = ID
    body: dict[str, Any]
    place: dict[str, Any] = {}
    parent: str | None = Field(default=None, max_length=40)


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
    if payload.parent:
        body, place, kind = {"text": _comment(payload.body)}, {}, "comment"
        parent = work.session.get(Contribution, payload.parent)
        if parent is None or parent.activity_id != work.activity.id or parent.parent_id or parent.withdrawn_at:
            raise Refusal("no_such_card")
        if work.room.closed_at or work.room.opened_at is None:
            raise Refusal("room_closed" if work.room.closed_at else "room_not_open")
    else:
        body, place = _rules(work).check(work.activity.settings, payload.body, payload.place)
        kind = "idea"
        if not work.admitted and (refused := steps.takes(work.room, work.activity.kind, work.now)):
            raise Refusal(refused)
    if work.careful and work.session.get(Contribution, payload.id):
        raise Refusal("id_reused")  # at first go the insert would fail, which brings us here
    if work.room.next_number > CARDS_PER_ROOM:
        raise Refusal("room_full", limit=CARDS_PER_ROOM)
    return put(work, kind, payload.id, body, place, seat, payload.parent)


def put(work, kind: str, id: str, body: dict, place: dict, seat: Seat | None = None,
        parent: str | None = None) -> Contribution:
    """Write a new card of the activity that everything has been asked of; an idea gets the room's next number."""
    row = Contribution(
        id=id, activity_id=work.activity.id, stream_id=work.activity.stream_id, kind=kind, body=body, place=place,
        seat_id=seat and seat.id, account_id=None if seat else work.who.device.account_id,
        parent_id=parent, created_at=work.now, rev=1)
    if kind == "idea":
        row.number = scribe.count_up(work.session, work.room, "next_number") - 1
    work.touch(row)
    scribe.add(work.session, row)
    work.remember(row.id, None, {"body": body, "place": place})
    return row


@verb("contribution.edit", Edit)
def edit(work, payload: Edit) -> Contribution:
    """Change an own card; the earlier text stays in the history."""
    row = _own(work)
    before = {"body": row.body, "place": row.place, "rev": row.rev}
    if row.kind == "comment":
        row.body = {"text": _comment(payload.body or {})}
    else:
        if refused := steps.takes(work.room, work.activity.kind, work.now):
            raise Refusal(refused)
        row.body, row.place = _rules(work).check(work.activity.settings, payload.body or row.body,
                                                 row.place if payload.place is None else payload.place)
    row.rev, row.edited_at = row.rev + 1, work.now
    work.touch(row)
    work.remember(row.id, before, {"body": row.body, "place": row.place, "rev": row.rev})
    return row


@verb("contribution.withdraw", Withdraw)
def withdraw(work, payload: Withdraw) -> Contribution:
    """Take a card back; it leaves every screen, its number is not used again."""
    row = _own(work)
    row.withdrawn_at, row.withdrawn_by = work.now, work.actor()
    work.touch(row)
    work.remember(row.id, {"body": row.body, "place": row.place}, None)
    return row


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


def _own(work) -> Contribution:
    row = work.target
    _accepts(work, "contribution.edit")
    mine = row.seat_id is not None and work.seat is not None and row.seat_id == work.seat.id
    if not mine and work.role not in LEADS:
        raise Refusal("not_yours")
    if row.withdrawn_at:
        raise Refusal("withdrawn")
    return row
