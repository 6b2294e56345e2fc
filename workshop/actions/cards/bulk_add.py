"""Adds many ideas at once, from a list or a table: staff bring them in, before the room opens or while it works."""
from collections.abc import Collection
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select

from workshop.actions.cards.contributions import ID, put
from workshop.actions.core.context import OnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import CARDS_BROUGHT, CARDS_PER_ROOM
from workshop.domain.shapes import Json
from workshop.store.models import Contribution


class Item(Shape):
    """Describes one card; `id` is made by the sender, so that sending twice is harmless. `origins`: cards of the board, or
    of the same command, out of which it grew; so is a `parent` in its place."""

    id: str = ID
    body: dict[str, Any]
    place: dict[str, Any] = {}
    origins: list[Annotated[str, ID]] = Field(default=[], max_length=12)


class Bring(Shape):
    """Lists new ideas of a board, in their order."""

    activity: str = Field(max_length=40)
    items: list[Item] = Field(min_length=1, max_length=CARDS_BROUGHT)


@verb("contribution.bring", Bring)
def bring(work: OnBoard, payload: Bring) -> Contribution:
    """Puts all of them on the board or, where one is refused, none: the refusal names its `item`.

    Those that are there stay as they are. Neither step, deadline nor inbox matter, as long as the room is not closed.
    Returns the last card.
    """
    if "contribution.bring" not in kinds()[work.activity.kind].verbs:
        raise Refusal("not_for_this")
    if work.room.closed_at:
        raise Refusal("room_closed")
    there = _there(work, [item.id for item in payload.items])
    fresh: dict[str, tuple[Json, Json]] = {}
    for item in payload.items:
        if item.id not in there and fresh.setdefault(item.id, checked := _checked(work, item)) != checked:
            raise Refusal("id_reused", item=item.id)
    if work.room.next_number + len(fresh) - 1 > CARDS_PER_ROOM:
        raise Refusal("room_full", limit=CARDS_PER_ROOM)
    origins = {item.id: _above(work, item, fresh.keys()) for item in payload.items if item.id in fresh}
    rows = there | {id: put(work, "idea", id, body, place, work.room.stream_id, origins=origins[id] or None)
                    for id, (body, place) in fresh.items()}
    return rows[payload.items[-1].id]


def _there(work: OnBoard, ids: list[str]) -> dict[str, Contribution]:
    """Finds those that this account has brought to this board before; an id that something else has is refused."""
    rows = {row.id: row for row in work.session.scalars(select(Contribution).where(Contribution.id.in_(ids)))}
    account = work.who.device.account_id
    for row in rows.values():
        if (row.activity_id, row.kind, row.account_id) != (work.activity.id, "idea", account):
            raise Refusal("id_reused", item=row.id)
    return rows


def _above(work: OnBoard, item: Item, fresh: Collection[str]) -> list[str]:
    """Finds the cards out of which it grew. Refusal `no_such_card` for those, and for a card above it, that are not here."""
    for one in {*item.origins, item.place.get("parent")} - {None, "", *fresh}:
        row = work.session.get(Contribution, one)
        if row is None or row.activity_id != work.activity.id or row.stream_id != work.activity.stream_id:
            raise Refusal("no_such_card", item=item.id)
    return item.origins


def _checked(work: OnBoard, item: Item) -> tuple[Json, Json]:
    try:
        return kinds()[work.activity.kind].card_rules.check(work.activity.settings, item.body, item.place)
    except Refusal as refusal:
        raise Refusal(refusal.code, **refusal.values, item=item.id) from None
