"""Runs the programme: a block is started with its rooms, and ends."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.seats import put
from workshop.actions.programme.blocks import Which, find, plain, rooms_of, tell_all
from workshop.actions.programme.waiting import settle
from workshop.actions.rooms.rooms import let_in, shut, tell_closed, tell_opened
from workshop.actions.rooms.stepping import start as begin_step
from workshop.domain.errors import Refusal
from workshop.store.models import Block, Room, RoomSeat, Seat
from workshop.words import _


class Start(Which):
    """Names a block that begins; `shut`: the rooms of the block before it, as far as this one does not open them too, are
    closed. `along`: where it has as many rooms as that block had, and others, the groups go along, from the first room to
    the first. `saw`: the id of the block that ran when it was pressed ('' for none): two who press at once act once."""

    shut: bool = False
    along: bool = True
    saw: str | None = Field(default=None, max_length=40)


@verb("block.start", Start)
def start(work: InWorkshop, payload: Start) -> None:
    """Starts a block: it ends the one that runs, opens its rooms, starts their clocks and tells everybody.

    Refusals: `no_such_block`, `block_running` (it runs already), `stale` (another one was started meanwhile).
    """
    row, running = find(work, payload.block), _running(work)
    if row in running:
        raise Refusal("block_running", title=row.title)
    if payload.saw is not None and payload.saw != (running[0].id if running else ""):
        raise Refusal("stale")
    rooms = rooms_of(work.session, row.id)
    were = [room for other in running for room in rooms_of(work.session, other.id)]
    for other in running:
        _end(work, other)
    before = plain({"started_at": row.started_at, "ended_at": row.ended_at})
    row.started_at = row.started_at if row.ended_at else work.now  # one that had ended goes on
    row.started_by, row.ended_at = work.actor(), None
    for room in rooms:
        if let_in(work, room):
            continue
        if room.step == 0 and room.deadline and not room.paused_at:  # it was open before, and begins only now
            begin_step(work, 0, None, room)
        else:
            work.touch(room, work.workshop.id)
    if payload.along and len(were) == len(rooms) and not {room.id for room in were} & {room.id for room in rooms}:
        for left, room in zip(were, rooms, strict=True):
            _take_along(work, left, room)
    for room in were if payload.shut else ():
        if room not in rooms and room.opened_at and room.closed_at is None:
            shut(work, room)
    settle(work.session, work.workshop.id, work.touch)
    tell_all(work)
    work.remember(row.id, before | {"title": row.title}, {"started": True, "title": row.title}, work.workshop.id)


@verb("block.end", Which)
def end(work: InWorkshop, payload: Which) -> None:
    """Ends a block that runs; its rooms stay open. Refusals: `no_such_block`, `block_not_running`."""
    row = find(work, payload.block)
    if row not in _running(work):
        raise Refusal("block_not_running", title=row.title)
    _end(work, row)
    work.session.flush()
    tell_all(work)


@tells("block.start", "block.end", team="room")
def _told(act: Act) -> Sentence:
    if "open" in act.after:  # one of its rooms
        return tell_opened(act) if act.after["open"] else tell_closed(act)
    title = act.after.get("title", "…")
    return Sentence(team=_("started a block: {title}.", title=title) if act.after.get("started")
                    else _("ended a block: {title}.", title=title))


def _running(work: InWorkshop) -> list[Block]:
    """Lists the blocks that have begun and not ended: one, unless several were brought in as they ran."""
    return list(work.session.scalars(select(Block).where(
        Block.workshop_id == work.workshop.id, Block.started_at.is_not(None), Block.ended_at.is_(None),
        Block.dropped_at.is_(None)).order_by(Block.started_at)))


def _take_along(work: InWorkshop, left: Room, room: Room) -> None:
    """Brings those who are in a room into another one, as `seat.move` does."""
    for seat in work.session.scalars(select(Seat).join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
            RoomSeat.room_id == left.id, RoomSeat.left_at.is_(None)).order_by(Seat.id)).all():
        put(work.session, work.touch, room, seat, work.now)


def _end(work: InWorkshop, row: Block) -> None:
    row.ended_at = work.now
    work.remember(row.id, {"ended": False, "title": row.title}, {"ended": True, "title": row.title}, work.workshop.id)
