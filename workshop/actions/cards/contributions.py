"""Adds, edits and withdraws ideas and comments."""
from typing import Any

from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.cards import conflicts, voices
from workshop.actions.core.context import CommandContext, InRoom, InWorkshop, OnBoard, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms.private_work import tell_author
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import CardRules, kinds
from workshop.domain.limits import CARDS_PER_ROOM, TEXT, clean_text
from workshop.domain.people.names import STAFF_MARK
from workshop.domain.roles import LEADS, STAFF
from workshop.domain.shapes import Body, Json, Place
from workshop.store.fast import fast_insert
from workshop.store.models import Account, Contribution, RoomSeat, Seat
from workshop.store.streams import numbering
from workshop.store.visibility import circles, threads
from workshop.words import _

TYPED = ("phone", "paper")  # channels of people who dictate, or write on paper: others type for them
ID = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")


class Add(Shape):
    """Describes a new idea, or a comment on `parent`. `id` is made on the device, so that sending twice is harmless."""

    activity: str = Field(max_length=40)
    id: str = ID
    body: dict[str, Any]
    place: dict[str, Any] = Field(default_factory=dict)
    parent: str | None = Field(default=None, max_length=40)
    origins: list[str] = Field(default_factory=list, max_length=12)


class Edit(Shape):
    """Carries the new text of an own card."""

    id: str = ID
    body: dict[str, Any] | None = None
    place: dict[str, Any] | None = None
    base_rev: int | None = None


class Withdraw(Shape):
    """Names a card to withdraw."""

    id: str = ID


@verb("contribution.add", Add, late_ok=True, blocked_when_paused=True, note=lambda work: notes_on(work), in_room=True)
def add(work: OnBoard, payload: Add, author: Seat | None = None, notes: Json | None = None) -> Contribution:
    """Puts an idea on a board, or a comment under an idea; `author` and `notes` when it is another's, admitted late."""
    seat = author or work.seat
    _accepts(work, "contribution.add")
    parent = _parent(work, payload.parent) if payload.parent else None
    if parent:
        body: Body = {"text": _comment(payload.body)}
        place: Place = {}
        kind = "comment"
        if work.room.opened_at is None:
            raise Refusal("room_not_open")
        own = is_mine(work, parent)
        if not work.admitted and not steps.lets(work.room, "comment", mine=own, staff=work.role in STAFF):
            raise Refusal("not_now")
    else:
        body, place = _rules(work).check(work.activity.settings, payload.body, _placed(work, payload.place))
        kind = "idea"
        if not work.admitted:
            _step_takes(work, seat, place)
        if payload.origins:
            _grows(work, payload.origins)
    if work.careful and work.session.get(Contribution, payload.id) is not None:
        raise Refusal("id_reused")  # at the first attempt the insert would fail, which brings us here
    if work.room.next_number > CARDS_PER_ROOM:
        raise Refusal("room_full", limit=CARDS_PER_ROOM)
    line = work.room.stream_id if work.admitted else circles.line_of(work.session, work.room, seat.id if seat else None)
    if parent and (line == work.room.stream_id or _narrower(work, parent.stream_id, line)):
        line = parent.stream_id
    notes = notes_on(work) if notes is None else notes
    if "helper" in notes:
        body = body | {"helper": notes["helper"]}
    return put(work, kind, payload.id, body, place, line, seat, notes.get("attach", True), parent_id=payload.parent,
               origins=payload.origins or None)


@tells("contribution.add", "contribution.bring")
def _added(act: Act) -> Sentence:
    idea = act.row is not None and act.row.kind == "idea"
    return Sentence(_("{who} wrote {card}.", **act.names) if idea else _("{who} commented.", **act.names))


def _grows(work: OnBoard, origins: list[str]) -> None:
    """Refuses with `no_such_card` unless the writer sees the cards out of which it grows: of this board what they can see,
    of other rooms what they may cite."""
    cards = [work.session.get(Contribution, origin) for origin in origins]
    foreign = {card.id for card in cards if card and card.activity_id != work.activity.id}
    if None in cards or (foreign and foreign - threads.seen(work.session, work.who, work.workshop, foreign).keys()):
        raise Refusal("no_such_card")
    for card in cards:
        if card and card.id not in foreign:
            before_us(work, card)


def put(work: OnBoard, kind: str, id: str, body: Body, place: Place, line: str, seat: Seat | None = None, files: bool = True,
        **more: Any) -> Contribution:
    """Writes a new card in the stream `line`, when everything has been checked; an idea that the room sees gets its next
    number. `files`: whether its author may attach to it, also when the bytes come after the step (actions/cards/uploads.py).
    """
    if kind == "idea" and line == work.room.stream_id:  # others get theirs when they are shown to the room
        more["number"] = numbering.count_up(work.session, work.room, "next_number") - 1
    row = fast_insert.born(
        Contribution, id=id, activity_id=work.activity.id, stream_id=line, kind=kind, body=body, place=place,
        seat_id=seat and seat.id, account_id=None if seat else work.who.device.account_id, created_at=work.now, rev=1, hop=0,
        **more)
    work.touch(row)
    fast_insert.add(work.session, row)
    if line == work.room.inbox:
        tell_author(work.session, work.room, row)  # on all their devices, that it waits
    work.remember(id, None, {"body": body, "place": place} | ({} if files else {"attach": False}), line)
    return row


@verb("contribution.edit", Edit, late_ok=True, blocked_when_paused=True, in_room=True)
def edit(work: OnCard, payload: Edit) -> Contribution:
    """Changes a card; the earlier text stays in the history.

    Text is worth more than its absence: editing a card that its author took back brings it back. Where a facilitator took it
    away, the new text goes to the tray. Where somebody else changed it since `base_rev`, both changes are kept if they can
    be (actions/cards/conflicts.py).
    """
    row = work.target
    before_us(work, row)
    _accepts(work, "contribution.edit")
    mine = is_mine(work, row)
    if not (mine or work.role in LEADS or (row.kind == "idea" and steps.lets(work.room, "edit", staff=work.role in STAFF))):
        raise Refusal("not_yours")
    if row.withdrawn_at and row.withdrawn_by != row.seat_id:
        raise Refusal("withdrawn")
    before: Json = {"body": row.body, "place": row.place, "rev": row.rev}
    if row.withdrawn_at:
        work.beside["restored"] = True
    if row.kind == "comment":
        row.body = {"text": _comment(payload.body or {})}
    else:
        if work.role not in LEADS:
            if refused := steps.takes(work.room, work.activity, work.now):
                raise Refusal(refused)
            if not steps.lets(work.room, "edit", mine=mine, staff=work.role in STAFF):
                raise Refusal("not_now")
        body = conflicts.body(work, row, payload.body, payload.base_rev) if payload.body else row.body
        row.body, row.place = _rules(work).check(work.activity.settings, body,
                                                 row.place if payload.place is None else payload.place)
    if "helper" in before["body"]:
        row.body = row.body | {"helper": before["body"]["helper"]}
    row.rev, row.edited_at, row.withdrawn_at = row.rev + 1, work.now, None
    voices.written_down(work, row, before["body"]["text"])
    work.touch(row)
    if "restored" in work.beside:
        told(work, row)
    work.remember(row.id, before, {"body": row.body, "place": row.place, "rev": row.rev}, row.stream_id)
    return row


@tells("contribution.edit")
def _edited(act: Act) -> Sentence:
    return Sentence(
        _("{who} changed {card}. Before:", **act.names), said=act.said_before(), back=_("Bring this text back"),
        command=("contribution.edit", {"id": act.row.id, "body": act.before["body"], "base_rev": act.row.rev})
        if act.row else None)


@verb("contribution.withdraw", Withdraw, blocked_when_paused=True, in_room=True)
def withdraw(work: OnCard, payload: Withdraw) -> Contribution:
    """Withdraws a card; it leaves every screen, its number is not used again."""
    row = work.target
    before_us(work, row)
    _accepts(work, "contribution.edit")
    if not is_mine(work, row) and work.role not in LEADS:
        raise Refusal("not_yours")
    if row.withdrawn_at:
        raise Refusal("withdrawn")
    row.withdrawn_at, row.withdrawn_by = work.now, work.actor()
    work.touch(row)
    told(work, row)
    work.remember(row.id, {"body": row.body, "place": row.place}, None, row.stream_id)
    return row


@tells("contribution.withdraw")
def _withdrawn(act: Act) -> Sentence:
    return Sentence(_("{who} took {card} back:", **act.names), _("took a card of room {room} off the board.", **act.names),
                    said=act.said_before(), back=_("Put it on the board again") if act.withdrawn() else "",
                    command=("contribution.restore", {"id": act.row.id}) if act.row else None)


def told(work: CommandContext, row: Contribution) -> None:
    """Updates the sentences that cite a card which goes or comes back: they say so."""
    if row.kind == "idea":
        for citation in threads.citing(work.session, [row.id]):
            work.touch(citation.item)


def notes_on(work: InRoom) -> Json:
    """Returns the notes stored with a text: {helper?: who typed it for somebody, as far as the workshop tells names,
    attach?: False where the step that runs lets its author attach nothing}."""
    notes: Json = {}
    if work.seat and work.seat.channel in TYPED and work.workshop.privacy != "anonymous" and (name := _helper(work)):
        notes["helper"] = name
    if work.role not in LEADS and not steps.lets(work.room, "attach", mine=True, staff=work.role in STAFF):
        notes["attach"] = False
    return notes


def _helper(work: InWorkshop) -> str | None:
    """Names the owner of the device: the account, else the first person on it."""
    account = work.who.device.account_id
    if account:
        return f"{STAFF_MARK} {work.session.get_one(Account, account).name}"
    first = next((seat for seat in work.who.seats.values() if seat.workshop_id == work.workshop.id), None)
    return first.name if first and first.channel not in TYPED else None


def _parent(work: OnBoard, key: str) -> Contribution:
    """Finds the idea to comment on."""
    parent = work.session.get(Contribution, key)
    if parent is None or parent.activity_id != work.activity.id or parent.parent_id or parent.withdrawn_at:
        raise Refusal("no_such_card")
    if not work.admitted:
        before_us(work, parent)
    return parent


def _narrower(work: InRoom, line: str, other: str) -> bool:
    """Tells whether fewer people of those who act follow `line` than `other`; they follow both."""
    mine = work.seat and work.session.scalar(select(RoomSeat).where(
        RoomSeat.room_id == work.room.id, RoomSeat.seat_id == work.seat.id))
    held = [getattr(mine, name) for name in circles.NAMES.values()] if mine else []
    order = [*held, work.room.inbox, work.room.stream_id]
    return line in order and (other not in order or order.index(line) < order.index(other))


def before_us(work: OnBoard, row: Contribution) -> None:
    """Refuses with `no_such_card` unless the actor can see the card: the room's, their circle's; staff the inbox."""
    if row.stream_id == work.activity.stream_id or (work.role in STAFF and row.stream_id == work.room.inbox):
        return
    if is_mine(work, row) or row.stream_id in circles.readable(work.session, work.room, work.seat.id if work.seat else None):
        return
    raise Refusal("no_such_card")


def is_mine(work: CommandContext, row: Contribution) -> bool:
    """Tells whether the acting seat wrote it."""
    return row.seat_id is not None and work.seat is not None and row.seat_id == work.seat.id


def _placed(work: InRoom, place: Place) -> Json:
    """Returns the place that was given; without a column it is the first that takes cards now."""
    open_now = steps.now(work.room).get("columns")
    return place if place.get("column") or not open_now else place | {"column": open_now[0]}


def _step_takes(work: OnBoard, seat: Seat | None, place: Place) -> None:
    """Refuses what the running step does not take: any idea, ideas from these people, in this column, more than so many."""
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
            Contribution.withdrawn_at.is_(None), Contribution.copy_of.is_(None),
            Contribution.created_at >= (work.room.step_at or work.now)))
        if made >= step["limit"]:
            raise Refusal("over_limit", limit=step["limit"])


def _accepts(work: OnBoard, verb_name: str) -> None:
    if verb_name not in kinds()[work.activity.kind].verbs:
        raise Refusal("not_for_this")


def _rules(work: OnBoard) -> CardRules:
    return kinds()[work.activity.kind].card_rules


def _comment(body: Body) -> str:
    text = clean_text(str(body.get("text", "")))
    if not text:
        raise Refusal("empty")
    if len(text) > TEXT:
        raise Refusal("too_long", limit=TEXT, length=len(text))
    return text
