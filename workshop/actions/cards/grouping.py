"""Groups cards under a name and merges cards that say the same, with a record; each step can be undone.

A merged card keeps its text and its number and is shown under the one it was merged into; who grouped what and when is in
the history.
"""
from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import select

from workshop.actions.cards.arranging import BOARD, MANY, Cards, Which, cards_of
from workshop.actions.cards.contributions import ID, before_us
from workshop.actions.core.context import InRoom, OnBoard, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.votes.counting import groups_changed
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.people.names import typed_name
from workshop.domain.roles import LEADS, STAFF
from workshop.store.models import Activity, Contribution
from workshop.words import _, count


class Make(Shape):
    """Describes a group with a name, and the cards that are in it from now on."""

    activity: str = BOARD
    group: str = ID
    name: str = Field(max_length=2000)
    cards: list[str] = Field(default=[], max_length=MANY)


class Put(Shape):
    """Puts cards into a group, or (None) out of theirs."""

    activity: str = BOARD
    group: str | None = Field(default=None, max_length=40)
    cards: list[str] = Cards


class Name(Shape):
    """Renames a group."""

    id: str = ID
    name: str = Field(max_length=2000)


class Merge(Shape):
    """Merges cards that say the same into one."""

    activity: str = BOARD
    cards: list[str] = Cards
    into: str = ID


@verb("group.make", Make, blocked_when_paused=True)
def make(work: OnBoard, payload: Make) -> Contribution:
    """Makes a group on the board."""
    _may_group(work)
    name = typed_name(payload.name)
    if not name:
        raise Refusal("empty")
    rows = cards_of(work, payload.cards, public=True) if payload.cards else []
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


@tells("group.make")
def _made(act: Act) -> Sentence:
    if "name" not in act.after:  # of each card that came into it: the group's entry covers it
        return Sentence()
    n = count("{n} card", "{n} cards", len(act.after.get("cards") or ()))
    return Sentence(_("{who} made the group «{card}»: {n}.", **act.names | {"card": act.after["name"], "n": n}))


@verb("group.put", Put, blocked_when_paused=True)
def put(work: OnBoard, payload: Put) -> Activity:
    """Puts cards into the group, or out of any."""
    _may_group(work)
    if payload.group:
        _group(work, work.session.get(Contribution, payload.group))
    _put(work, cards_of(work, payload.cards, public=True), payload.group)
    return work.activity


@tells("group.put")
def _put_in(act: Act) -> Sentence:
    if act.after.get("group"):
        return Sentence(_("{who} put {card} into the group «{other}».", **act.names))
    return Sentence(_("{who} took {card} out of its group.", **act.names))


@verb("group.name", Name, blocked_when_paused=True)
def name(work: OnCard, payload: Name) -> Contribution:
    """Renames the group."""
    _may_group(work)
    group, said = _group(work, work.target), typed_name(payload.name)
    if not said:
        raise Refusal("empty")
    work.remember(group.id, {"name": group.body["text"]}, {"name": said})
    group.body, group.rev = {"text": said}, group.rev + 1
    work.touch(group)
    return group


@tells("group.name")
def _named(act: Act) -> Sentence:
    return Sentence(_("{who} called the group «{card}».", **act.names | {"card": act.after.get("name", "")}))


@verb("group.drop", Which, blocked_when_paused=True)
def drop(work: OnCard, payload: Which) -> Contribution:
    """Dissolves the group; its cards stay on the board."""
    _may_group(work)
    group = _group(work, work.target)
    rows = work.session.scalars(select(Contribution).where(Contribution.group_id == group.id)).all()
    work.remember(group.id, {"name": group.body["text"], "cards": [row.id for row in rows]}, None)
    _put(work, rows, None)
    group.withdrawn_at, group.withdrawn_by = work.now, work.actor()
    work.touch(group)
    groups_changed(work, work.activity)
    return group


@tells("group.drop")
def _dropped(act: Act) -> Sentence:
    if "name" not in act.before:
        return Sentence()
    return Sentence(_("{who} dissolved the group «{card}».", **act.names | {"card": act.before["name"]}),
                    _("dissolved a group of room {room}.", **act.names))


@verb("contribution.merge", Merge, blocked_when_paused=True)
def merge(work: OnBoard, payload: Merge) -> Activity:
    """Merges cards into another; what had been merged into them goes with them."""
    _may_group(work)
    rows = cards_of(work, payload.cards, public=True)
    [into] = cards_of(work, [payload.into], public=True)
    if into.merged_into or into in rows:
        raise Refusal("no_such_card")
    for row in rows:
        for under in [row, *work.session.scalars(select(Contribution).where(Contribution.merged_into == row.id))]:
            work.remember(under.id, {"into": under.merged_into}, {"into": into.id})
            under.merged_into = into.id
            work.touch(under)
    return work.activity


@tells("contribution.merge")
def _merged(act: Act) -> Sentence:
    return Sentence(_("{who} merged {card} with {other}.", **act.names),
                    back=_("Take apart") if act.row and act.row.merged_into else "",
                    command=("contribution.split", {"id": act.row.id}) if act.row else None)


@verb("contribution.split", Which, blocked_when_paused=True)
def split(work: OnCard, payload: Which) -> Contribution:
    """Splits a merged card off again."""
    _may_group(work)
    row = work.target
    before_us(work, row)
    if row.merged_into:
        work.remember(row.id, {"into": row.merged_into}, {"into": None})
        row.merged_into = None
        work.touch(row)
    return row


@tells("contribution.split")
def _split(act: Act) -> Sentence:
    return Sentence(_("{who} took {card} apart.", **act.names))


def _may_group(work: OnBoard) -> None:
    if work.activity.kind != "ideas":
        raise Refusal("not_for_this")
    if work.role not in LEADS and not steps.lets(work.room, "group", staff=work.role in STAFF):
        raise Refusal("not_now")


def _group(work: OnBoard, row: Contribution | None) -> Contribution:
    if row is None or row.kind != "group" or row.activity_id != work.activity.id or row.withdrawn_at:
        raise Refusal("no_such_card")
    return row


def _put(work: InRoom, rows: Sequence[Contribution], group: str | None) -> None:
    for row in rows:
        if row.group_id != group:
            work.remember(row.id, {"group": row.group_id}, {"group": group})
            row.group_id = group
            work.touch(row)
