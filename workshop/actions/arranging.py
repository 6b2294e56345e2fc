"""Arranging a board: moving cards, grouping them under a name, merging what says the same; each step can be taken back.

Nothing is lost: a merged card keeps its text and its number and is shown under the one that it went into; who grouped what
and when is in the history.
"""
from typing import Any

from pydantic import Field
from sqlalchemy import select

from workshop.actions.circles import change_line
from workshop.actions.contributions import ID, before_us, is_mine
from workshop.actions.registry import Shape, verb
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.limits import clean_name, clean_text
from workshop.domain.roles import LEADS, STAFF
from workshop.store import sync
from workshop.store.models import Activity, Contribution, Departure, Room

MANY = 200  # cards in one command
Cards = Field(min_length=1, max_length=MANY)
BOARD = Field(max_length=40)


class Move(Shape):
    """Cards of a board to another place on it: {column, row, lane, at, parent} as its layout has them."""

    activity: str = BOARD
    cards: list[str] = Cards
    place: dict[str, Any]


class Send(Shape):
    """A card to the board of another room (`to`: its id)."""

    id: str = ID
    to: str = Field(max_length=40)


class Make(Shape):
    """A group with a name, and the cards that are in it from now on."""

    activity: str = BOARD
    group: str = ID
    name: str = Field(max_length=200)
    cards: list[str] = Field(default=[], max_length=MANY)


class Put(Shape):
    """Cards into a group, or (None) out of theirs."""

    activity: str = BOARD
    group: str | None = Field(default=None, max_length=40)
    cards: list[str] = Cards


class Which(Shape):
    """A group or a card."""

    id: str = ID


class Name(Shape):
    """A group's new name."""

    id: str = ID
    name: str = Field(max_length=200)


class Merge(Shape):
    """Cards that say the same go into one."""

    activity: str = BOARD
    cards: list[str] = Cards
    into: str = ID


class Hide(Shape):
    """Take a card from everybody's screen, with a reason; None shows it again."""

    id: str = ID
    reason: str | None = Field(default=None, max_length=300)


@verb("contribution.move", Move)
def move(work, payload: Move) -> Activity:
    """Put cards elsewhere on their board; the later of two moves holds."""
    rules, settings = kinds()[work.activity.kind].rules, work.activity.settings
    rows = _cards(work, payload.cards)
    for row in rows:
        if work.role not in LEADS and not steps.lets(work.room, "move", mine=is_mine(work, row), staff=work.role in STAFF):
            raise Refusal("not_now")
    places = [rules.check(settings, row.body, {**row.place, **payload.place})[1] for row in rows]
    if payload.place.get("parent"):
        _no_circle(work, payload.place["parent"], {row.id for row in rows})
    for row, place in zip(rows, places, strict=True):
        work.remember(row.id, {"place": row.place}, {"place": place}, row.stream_id)
        row.place = place
        work.touch(row)
    return work.activity


@verb("contribution.send", Send)
def send(work, payload: Send) -> Contribution:
    """Move an idea to another room of the workshop: it keeps its number, its comments and whoever cites it."""
    session, row = work.session, work.target
    room = session.get(Room, payload.to)
    if room is None or room.workshop_id != work.workshop.id or room.kind != "group":
        raise Refusal("not_here")
    board = session.scalar(select(Activity).where(Activity.room_id == room.id, Activity.kind == "ideas"))
    if row.kind != "idea" or row.withdrawn_at or row.stream_id != work.activity.stream_id or board is work.activity:
        raise Refusal("no_such_card")
    _body, place = kinds()["ideas"].rules.check(board.settings, row.body, {})
    for one in [row, *session.scalars(select(Contribution).where(Contribution.parent_id == row.id))]:
        depart(session, one)
        one.activity_id = board.id
        if one is row:
            one.home, one.place, one.group_id, one.merged_into = row.home or work.room.number, place, None, None
        change_line(session, one, board.stream_id)
    if row.home == room.number:
        row.home = None
    work.remember(row.id, {"activity": work.activity.id}, {"activity": board.id})
    return row


@verb("group.make", Make)
def make(work, payload: Make) -> Contribution:
    """A new group on the board."""
    _may_group(work)
    name = clean_name(payload.name)
    if not name:
        raise Refusal("empty")
    rows = _cards(work, payload.cards, public=True) if payload.cards else []
    if work.session.get(Contribution, payload.group):
        raise Refusal("id_reused")
    group = Contribution(
        id=payload.group, activity_id=work.activity.id, stream_id=work.activity.stream_id, kind="group", body={"text": name},
        place=dict(rows[0].place) if rows else {}, seat_id=work.seat and work.seat.id,
        account_id=None if work.seat else work.who.device.account_id, created_at=work.now, rev=1, hop=0)
    work.session.add(group)
    work.session.flush()
    work.touch(group)
    work.remember(group.id, None, {"name": name, "cards": payload.cards})
    _put(work, rows, group.id)
    return group


@verb("group.put", Put)
def put(work, payload: Put) -> Activity:
    """Into the group, or out of any."""
    _may_group(work)
    if payload.group:
        _group(work, work.session.get(Contribution, payload.group))
    _put(work, _cards(work, payload.cards, public=True), payload.group)
    return work.activity


@verb("group.name", Name)
def name(work, payload: Name) -> Contribution:
    """Call it otherwise."""
    _may_group(work)
    group, said = _group(work, work.target), clean_name(payload.name)
    if not said:
        raise Refusal("empty")
    work.remember(group.id, {"name": group.body["text"]}, {"name": said})
    group.body, group.rev = {"text": said}, group.rev + 1
    work.touch(group)
    return group


@verb("group.drop", Which)
def drop(work, payload: Which) -> Contribution:
    """Dissolve the group; its cards stay on the board."""
    _may_group(work)
    group = _group(work, work.target)
    rows = work.session.scalars(select(Contribution).where(Contribution.group_id == group.id)).all()
    work.remember(group.id, {"name": group.body["text"], "cards": [row.id for row in rows]}, None)
    _put(work, rows, None)
    group.withdrawn_at, group.withdrawn_by = work.now, work.actor()
    work.touch(group)
    return group


@verb("contribution.merge", Merge)
def merge(work, payload: Merge) -> Activity:
    """Cards go into another; what had gone into them goes along."""
    _may_group(work)
    rows = _cards(work, payload.cards, public=True)
    [into] = _cards(work, [payload.into], public=True)
    if into.merged_into or into in rows:
        raise Refusal("no_such_card")
    for row in rows:
        for under in [row, *work.session.scalars(select(Contribution).where(Contribution.merged_into == row.id))]:
            work.remember(under.id, {"into": under.merged_into}, {"into": into.id})
            under.merged_into = into.id
            work.touch(under)
    return work.activity


@verb("contribution.split", Which)
def split(work, payload: Which) -> Contribution:
    """A merged card stands for itself again."""
    _may_group(work)
    row = work.target
    before_us(work, row)
    if row.merged_into:
        work.remember(row.id, {"into": row.merged_into}, {"into": None})
        row.merged_into = None
        work.touch(row)
    return row


@verb("contribution.restore", Which)
def restore(work, payload: Which) -> Contribution:
    """A card that was taken back stands on the board again."""
    row = work.target
    before_us(work, row)
    if not (is_mine(work, row) and row.withdrawn_by == row.seat_id) and work.role not in LEADS:
        raise Refusal("not_yours")
    if row.withdrawn_at:
        row.withdrawn_at = row.withdrawn_by = None
        work.touch(row)
        work.remember(row.id, None, {"body": row.body, "place": row.place}, row.stream_id)
    return row


@verb("contribution.hide", Hide)
def hide(work, payload: Hide) -> Contribution:
    """Staff still see it, with the reason; the others see it no more, until it is shown again."""
    row = work.target
    before_us(work, row)
    if row.kind not in ("idea", "comment"):
        raise Refusal("no_such_card")
    work.remember(row.id, {"hidden": row.hidden_for}, {"hidden": payload.reason}, row.stream_id)
    on = payload.reason is not None
    row.hidden_at, row.hidden_by = (work.now, work.actor()) if on else (None, None)
    row.hidden_for = clean_text(payload.reason) if on else None
    work.touch(row)
    return row


def depart(session, row) -> None:
    """The row leaves its line: whoever follows only this one is told that it is gone."""
    gone = Departure(id=new_id(), stream_id=row.stream_id, card_id=row.id, hop=getattr(row, "hop", 0))
    session.add(gone)
    sync.touch(session, gone)


def _may_group(work) -> None:
    if work.activity.kind != "ideas":
        raise Refusal("not_for_this")
    if work.role not in LEADS and not steps.lets(work.room, "group", staff=work.role in STAFF):
        raise Refusal("not_now")


def _cards(work, ids: list[str], public: bool = False) -> list[Contribution]:
    """The ideas of the board with these ids, in their order.  Refusal `no_such_card` (`public`: all see them)."""
    wanted = list(dict.fromkeys(ids))
    found = {row.id: row for row in work.session.scalars(select(Contribution).where(Contribution.id.in_(wanted)))}
    for key in wanted:
        row = found.get(key)
        if row is None or row.activity_id != work.activity.id or row.kind != "idea" or row.withdrawn_at:
            raise Refusal("no_such_card")
        if row.stream_id != work.activity.stream_id:
            if public:
                raise Refusal("no_such_card")
            before_us(work, row)
    return [found[key] for key in wanted]


def _group(work, row: Contribution | None) -> Contribution:
    if row is None or row.kind != "group" or row.activity_id != work.activity.id or row.withdrawn_at:
        raise Refusal("no_such_card")
    return row


def _put(work, rows: list[Contribution], group: str | None) -> None:
    for row in rows:
        if row.group_id != group:
            work.remember(row.id, {"group": row.group_id}, {"group": group})
            row.group_id = group
            work.touch(row)


def _no_circle(work, parent: str, moved: set[str]) -> None:
    """Refuse a tree in which a card hangs under itself."""
    seen = set()
    while parent and parent not in seen:
        if parent in moved:
            raise Refusal("in_a_circle")
        seen.add(parent)
        row = work.session.get(Contribution, parent)
        if row is None or row.activity_id != work.activity.id:
            raise Refusal("no_such_card")
        parent = row.place.get("parent")
