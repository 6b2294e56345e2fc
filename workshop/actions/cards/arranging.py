"""Arranges a board: moves cards, hides and restores them."""
from typing import Any

from pydantic import Field
from sqlalchemy import select

from workshop.actions.cards.contributions import ID, before_us, is_mine, told
from workshop.actions.core.context import OnBoard, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms.private_work import tell_author
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds
from workshop.domain.limits import clean_text
from workshop.domain.roles import LEADS, STAFF
from workshop.store.models import Activity, Contribution, Departure
from workshop.store.streams import numbering
from workshop.store.transaction import Session
from workshop.words import _

MANY = 200  # cards in one command
Cards = Field(min_length=1, max_length=MANY)
BOARD = Field(max_length=40)


class Move(Shape):
    """Moves cards of a board to another place on it: {column, row, lane, at, parent} as its layout has them."""

    activity: str = BOARD
    cards: list[str] = Cards
    place: dict[str, Any]


class Which(Shape):
    """Names a group or a card."""

    id: str = ID


class Hide(Shape):
    """Hides a card from everybody's screen, with a reason; None shows it again."""

    id: str = ID
    reason: str | None = Field(default=None, max_length=300)


@verb("contribution.move", Move, blocked_when_paused=True)
def move(work: OnBoard, payload: Move) -> Activity:
    """Moves cards on their board; the later of two moves holds."""
    rules, settings = kinds()[work.activity.kind].card_rules, work.activity.settings
    rows = cards_of(work, payload.cards)
    for row in rows:
        if work.role not in LEADS and not steps.lets(work.room, "move", mine=is_mine(work, row), staff=work.role in STAFF):
            raise Refusal("not_now")
    places = [rules.check(settings, row.body, {**row.place, **payload.place})[1] for row in rows]
    if payload.place.get("parent"):
        _no_circle(work, payload.place["parent"], {row.id for row in rows})
        under = work.session.get_one(Contribution, payload.place["parent"])
        if under.stream_id != work.activity.stream_id and any(row.stream_id != under.stream_id for row in rows):
            raise Refusal("no_such_card")  # else whoever sees the card would learn of the one above it
    for row, place in zip(rows, places, strict=True):
        work.remember(row.id, {"place": row.place}, {"place": place}, row.stream_id)
        row.place = place
        work.touch(row)
    return work.activity


@tells("contribution.move")
def _moved(act: Act) -> Sentence:
    return Sentence(_("{who} moved {card}.", **act.names))


@verb("contribution.restore", Which, blocked_when_paused=True)
def restore(work: OnCard, payload: Which) -> Contribution:
    """Restores a withdrawn card to the board."""
    row = work.target
    before_us(work, row)
    if not (is_mine(work, row) and row.withdrawn_by == row.seat_id) and work.role not in LEADS:
        raise Refusal("not_yours")
    if row.withdrawn_at:
        row.withdrawn_at = row.withdrawn_by = None
        work.touch(row)
        told(work, row)
        work.remember(row.id, None, {"body": row.body, "place": row.place}, row.stream_id)
    return row


@tells("contribution.restore")
def _restored(act: Act) -> Sentence:
    return Sentence(_("{who} put {card} on the board again.", **act.names))


@verb("contribution.hide", Hide)
def hide(work: OnCard, payload: Hide) -> Contribution:
    """Hides a card: staff still see it, with the reason; the others see it no more, until it is shown again. What waits in
    the inbox is refused by this."""
    row = work.target
    before_us(work, row)
    if row.kind not in ("idea", "comment"):
        raise Refusal("no_such_card")
    work.remember(row.id, {"hidden": row.hidden_for}, {"hidden": payload.reason}, row.stream_id)
    row.hidden_at, row.hidden_by = (work.now, work.actor()) if payload.reason is not None else (None, None)
    row.hidden_for = None if payload.reason is None else clean_text(payload.reason)
    work.touch(row)
    told(work, row)
    if row.stream_id == work.room.inbox:
        tell_author(work.session, work.room, row)
    return row


@tells("contribution.hide")
def _hidden(act: Act) -> Sentence:
    reason = act.after.get("hidden")
    if reason is None:
        return Sentence(_("{who} showed {card} again.", **act.names))
    return Sentence(
        _("{who} hid {card}. Reason:", **act.names) if reason else _("{who} hid {card}.", **act.names),
        _("hid a card of room {room}.", **act.names), said=reason,
        back=_("Show again") if act.row and act.row.hidden_at else "",
        command=("contribution.hide", {"id": act.row.id, "reason": None}) if act.row else None)


def depart(session: Session, row: Contribution | Activity) -> None:
    """Removes the row from its stream: those who follow only this one are told that it is gone."""
    gone = Departure(id=new_id(), stream_id=row.stream_id, card_id=row.id, hop=getattr(row, "hop", 0))
    session.add(gone)
    numbering.touch(session, gone)


def cards_of(work: OnBoard, ids: list[str], public: bool = False) -> list[Contribution]:
    """Finds the ideas of the board with these ids, in their order. Refusal `no_such_card` (`public`: all see them)."""
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


def _no_circle(work: OnBoard, parent: str | None, moved: set[str]) -> None:
    """Refuses a tree in which a card hangs under itself."""
    seen = set()
    while parent and parent not in seen:
        if parent in moved:
            raise Refusal("in_a_circle")
        seen.add(parent)
        row = work.session.get(Contribution, parent)
        if row is None or row.activity_id != work.activity.id:
            raise Refusal("no_such_card")
        parent = row.place.get("parent")
