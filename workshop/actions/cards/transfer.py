"""Transfers an idea to the board of another room, and back."""
from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.cards.arranging import depart
from workshop.actions.cards.contributions import ID
from workshop.actions.core.context import CommandContext, OnBoard, OnCard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.rooms.private_work import change_line
from workshop.activities.ideas import places, rules
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Contribution, History, Room
from workshop.store.transaction import Session
from workshop.words import _


class Send(Shape):
    """Names a card and the board of another room (`to`: its id)."""

    id: str = ID
    to: str = Field(max_length=40)


@verb("contribution.send", Send)
def send(work: OnCard, payload: Send) -> Contribution:
    """Moves an idea to another room of the workshop: it keeps its number, its comments and the sentences that cite it.

    What was merged into it goes with it. Fields that the other board does not have become part of the text. Where it comes
    back to a board from which it was sent, it stands again where it stood.
    """
    session, row = work.session, work.target
    room = session.get(Room, payload.to)
    if room is None or room.workshop_id != work.workshop.id or room.kind != "group":
        raise Refusal("not_here")
    if room.archived_at:
        raise Refusal("room_put_aside")
    board = session.scalar(select(Activity).where(Activity.room_id == room.id, Activity.kind == "ideas"))
    if board is None:  # out of a file, where rooms may have none
        raise Refusal("not_here")
    if row.kind != "idea" or row.withdrawn_at or row.stream_id != work.activity.stream_id or board is work.activity:
        raise Refusal("no_such_card")
    if session.scalar(select(Contribution.id).where(
            Contribution.activity_id == board.id, Contribution.withdrawn_at.is_(None), Contribution.id != row.id,
            func.coalesce(Contribution.copy_of, Contribution.id) == (row.copy_of or row.id)).limit(1)):
        raise Refusal("card_is_there")
    along = session.scalars(select(Contribution).where(Contribution.merged_into == row.id)).all()
    carried = [(one, *_carried(work, one, board)) for one in (row, *along)]  # all that can be refused, before anything moves
    for one, body, place, group in carried:
        before = _state(one)
        for comment in session.scalars(select(Contribution).where(
                Contribution.parent_id == one.id, Contribution.stream_id == one.stream_id)):  # others follow when seen
            _go(session, comment, board)
        _go(session, one, board)
        home = one.home or work.room.number
        one.home = None if home == room.number else home
        one.rev += one.body != body
        one.body, one.place, one.group_id = body, place, group
        if one is row:
            one.merged_into = None
        work.remember(one.id, before, {"activity": board.id, "body": body})
    room.used(work.now)
    return row


@tells("contribution.send")
def _sent(act: Act) -> Sentence:
    return Sentence(_("{who} sent {card} to another room.", **act.names))


def _state(row: Contribution) -> Json:
    return {"activity": row.activity_id, "body": row.body, "rev": row.rev, "place": row.place, "group": row.group_id}


def _carried(work: OnBoard, row: Contribution, board: Activity) -> tuple[Json, Json, str | None]:
    """Returns the (body, place, group) of the card on the other board."""
    session = work.session
    stood, left = _stood(work, row, board)
    body = stood["body"] if row.body == left.get("body") else rules.carry(
        work.activity.settings, board.settings, row.body, work.workshop.languages)
    group = stood.get("group") and session.get(Contribution, stood["group"])
    group = group.id if group and group.activity_id == board.id and not group.withdrawn_at else None
    try:
        return body, places.check(board.settings, stood.get("place", {})), group
    except Refusal:  # the board has other columns by now
        return body, places.check(board.settings, {}), group


def _stood(work: CommandContext, row: Contribution, board: Activity) -> tuple[Json, Json]:
    """Finds how the card stood on that board and how it left, when it was last sent from there; nothing if it never was."""
    acts = [(one["verb"], one["before"], one["after"]) for one in work.session.changes.history
            if one["target_id"] == row.id]
    kept = select(History.verb, History.before, History.after).where(
        History.target_id == row.id, History.verb == "contribution.send").order_by(History.id)
    for verb_, before, after in reversed([*work.session.execute(kept), *acts]):
        if verb_ == "contribution.send" and before["activity"] == board.id and "body" in before:
            return before, after
    return {}, {}


def _go(session: Session, row: Contribution, board: Activity) -> None:
    """Moves it to the other board's stream."""
    depart(session, row)
    row.activity_id = board.id
    change_line(session, row, board.stream_id)
