"""Writes the programme: blocks are added, corrected, moved, put aside, brought back and deleted."""
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import delete, select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.own_methods import method_of
from workshop.actions.programme import videos
from workshop.actions.programme.waiting import settle
from workshop.domain import programme
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import NAME, NOTES, ROUGH, TITLE, TRANSCRIPT, clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Block, BlockRoom, Room
from workshop.store.transaction import Session
from workshop.words import _

DAYS = 60  # of a workshop
ROOMS = 60  # of a block
TEXTS = {"aim": NOTES, "materials": NOTES, "notes": NOTES, "transcript": TRANSCRIPT}


class Said(Shape):
    """Says what of a block is written: `at`, its pinned start on the clocks of the workshop's first zone ('HH:MM'; '': it
    follows the block before it), the rooms that it opens, the address of a call outside, the key of a method."""

    workshop: str = Field(max_length=40)
    title: str = Field(default="", max_length=ROUGH * TITLE)
    kind: str = Field(default="plenary", max_length=20)
    minutes: int = 30
    at: str = Field(default="", max_length=8)
    aim: str = Field(default="", max_length=ROUGH * NOTES)
    leader: str = Field(default="", max_length=ROUGH * NAME)
    materials: str = Field(default="", max_length=ROUGH * NOTES)
    notes: str = Field(default="", max_length=ROUGH * NOTES)
    call: str = Field(default="", max_length=2000)
    transcript: str = Field(default="", max_length=ROUGH * TRANSCRIPT)
    method: str | None = Field(default=None, max_length=40)
    rooms: list[str] = Field(default=[], max_length=ROOMS)


class Add(Said):
    """Describes a new block on a day, before another one of that day, else at its end."""

    title: str = Field(max_length=ROUGH * TITLE)
    day: str = Field(max_length=10)
    before: str | None = Field(default=None, max_length=40)


class Edit(Said):
    """Gives a block and what is otherwise; what is not said stays."""

    block: str = Field(max_length=40)


class Move(Shape):
    """Gives a block, the day to which it goes, and the block before which it stands there: None at the end."""

    workshop: str = Field(max_length=40)
    block: str = Field(max_length=40)
    day: str = Field(max_length=10)
    before: str | None = Field(default=None, max_length=40)


class Which(Shape):
    """Names a block."""

    workshop: str = Field(max_length=40)
    block: str = Field(max_length=40)


class Drop(Which):
    """Says whether a block is put aside (`on`) or brought back."""

    on: bool = True


@verb("block.add", Add)
def add(work: InWorkshop, payload: Add) -> None:
    """Adds a block to the programme; the answer names it in `block`. Refusals: those of `read`, `bad_date`,
    `too_many_blocks`."""
    day = _day(work, payload.day)
    there = list(work.session.scalars(select(Block).where(Block.workshop_id == work.workshop.id)))
    if len(there) >= programme.BLOCKS_PER_WORKSHOP:
        raise Refusal("too_many_blocks", limit=programme.BLOCKS_PER_WORKSHOP)
    row = Block(id=new_id(), workshop_id=work.workshop.id, day=day, kind="plenary", title="", minutes=payload.minutes,
                starts_at=programme.at_clock(day, programme.MORNING, work.workshop.zones[0]), pinned=False)
    # Pydantic tells which fields were said; of a new block all others have their defaults.
    for name, value in read(work, payload, row, {*Said.model_fields} - {"workshop", "rooms"}).items():
        setattr(row, name, value)
    work.session.add(row)
    _stand(work, row, payload.before)
    open_with(work, row, payload.rooms)
    plan(work)
    work.beside["block"] = row.id
    work.remember(row.id, None, {"title": row.title, "day": day}, work.workshop.id)


@verb("block.edit", Edit)
def edit(work: InWorkshop, payload: Edit) -> None:
    """Corrects a block; those that follow it on its day are planned anew. Refusals: those of `read`, `no_such_block`."""
    row, said = find(work, payload.block), payload.model_fields_set
    found = read(work, payload, row, said)
    before = {name: getattr(row, name) for name, value in found.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, found[name])
    if "starts_at" in before:
        _stand(work, row, None)
    rooms = rooms_of(work.session, row.id)
    if "rooms" in said and {*payload.rooms} != {room.id for room in rooms}:
        before["rooms"] = [room.id for room in rooms]
        open_with(work, row, payload.rooms)
    if before:
        plan(work)
        tell_running(work, row)
        work.remember(row.id, plain(before) | {"title": before.get("title", row.title)},
                      plain({name: payload.rooms if name == "rooms" else getattr(row, name) for name in before})
                      | {"title": row.title}, work.workshop.id)


@verb("block.move", Move)
def move(work: InWorkshop, payload: Move) -> None:
    """Moves a block to another place in the programme; a pinned start keeps its hour on the new day. Refusals:
    `no_such_block`, `bad_date`."""
    row, zone = find(work, payload.block), ZoneInfo(work.workshop.zones[0])
    before = {"day": row.day, "position": row.position}
    day = _day(work, payload.day)
    if row.pinned and day != row.day:
        row.starts_at = programme.at_clock(day, row.starts_at.astimezone(zone).time(), zone.key)
    row.day = day
    _stand(work, row, payload.before)
    plan(work)
    if before != {"day": row.day, "position": row.position}:
        work.remember(row.id, before | {"title": row.title}, {"day": day, "position": row.position, "title": row.title},
                      work.workshop.id)


@verb("block.drop", Drop)
def drop(work: InWorkshop, payload: Drop) -> None:
    """Puts a block aside, out of everybody's programme, or brings it back; its rooms stay as they are. Refusals:
    `no_such_block`, `block_running`."""
    row = find(work, payload.block, aside=True)
    if (row.dropped_at is not None) == payload.on:
        return
    if payload.on and row.started_at and not row.ended_at:
        raise Refusal("block_running", title=row.title)
    row.dropped_at = work.now if payload.on else None
    if not payload.on:
        _day(work, row.day)  # which was taken out of the workshop meanwhile
    plan(work)
    settle(work.session, work.workshop.id, work.touch)
    work.remember(row.id, {"aside": not payload.on, "title": row.title}, {"aside": payload.on, "title": row.title},
                  work.workshop.id)


@verb("block.delete", Which)
def delete_block(work: InWorkshop, payload: Which) -> None:
    """Deletes a block that was put aside; its rooms stay. Refusals: `no_such_block`, `not_aside`."""
    row = find(work, payload.block, aside=True)
    if row.dropped_at is None:
        raise Refusal("not_aside", title=row.title)
    work.remember(row.id, {"title": row.title, "day": row.day}, None, work.workshop.id)
    work.session.execute(delete(BlockRoom).where(BlockRoom.block_id == row.id))
    videos.leave(work, row)
    work.session.delete(row)


@tells("block.add", "block.edit", "block.move", "block.drop", "block.delete", team="room")
def _written(act: Act) -> Sentence:
    title = act.after.get("title") or act.before.get("title") or "…"
    if act.verb == "block.add":
        return Sentence(team=_("put a block into the programme: {title}.", title=title))
    if act.verb == "block.move":
        return Sentence(team=_("moved a block of the programme: {title}.", title=title))
    if act.verb == "block.delete":
        return Sentence(team=_("deleted a block of the programme: {title}.", title=title))
    if act.verb == "block.drop":
        return Sentence(team=_("put a block aside: {title}.", title=title) if act.after.get("aside")
                        else _("brought a block back: {title}.", title=title))
    if (minutes := act.after.get("minutes")) is not None:
        return Sentence(team=_("changed a block of the programme: {title}, from {before} to {minutes} minutes.", title=title,
                               before=act.before.get("minutes"), minutes=minutes))
    return Sentence(team=_("changed a block of the programme: {title}.", title=title))


def read(work: InWorkshop, payload: Said, row: Block, said: set[str]) -> Json:
    """Reads {column: value} of what is said of a block that stands on its day. Refusals: `name_missing`, `too_long`,
    `bad_block`, `bad_minutes`, `bad_time`, `bad_call`, `not_here` (the method)."""
    found: Json = {}
    if "title" in said:
        found["title"] = typed_name(payload.title, TITLE)
        if not found["title"]:
            raise Refusal("name_missing")
    if "kind" in said:
        if payload.kind not in programme.BLOCKS:
            raise Refusal("bad_block")
        found["kind"] = payload.kind
    if "minutes" in said:
        if not 1 <= payload.minutes <= programme.MINUTES:
            raise Refusal("bad_minutes", limit=programme.MINUTES)
        found["minutes"] = payload.minutes
    for name in said & {*TEXTS}:
        found[name] = clean_text(getattr(payload, name))
        if len(found[name]) > TEXTS[name]:
            raise Refusal("too_long", limit=TEXTS[name], length=len(found[name]))
    if "leader" in said:
        found["leader"] = typed_name(payload.leader, NAME)
    if "call" in said:
        found["call"] = programme.checked_call(payload.call)
    if "method" in said:
        if payload.method:
            method_of(work.session, work.who.device.account_id, payload.method)
        found["method"] = payload.method or None
    if "at" in said:
        found["pinned"] = bool(payload.at)
        if payload.at:
            found["starts_at"] = _at(work, row.day, payload.at)
    return found


def find(work: InWorkshop, key: str, aside: bool = False) -> Block:
    """Finds a block of the workshop; `aside`: also one that was put aside. Refusal `no_such_block`."""
    row = work.session.get(Block, key)
    if row is None or row.workshop_id != work.workshop.id or (row.dropped_at and not aside):
        raise Refusal("no_such_block")
    return row


def rooms_of(session: Session, block_id: str) -> list[Room]:
    """Lists the rooms that a block opens, in their order."""
    return list(session.scalars(select(Room).join(BlockRoom, BlockRoom.room_id == Room.id).where(
        BlockRoom.block_id == block_id, Room.archived_at.is_(None)).order_by(Room.position, Room.number)))


def open_with(work: InWorkshop, row: Block, rooms: list[str]) -> None:
    """Says which rooms the block opens; those that have never been open are seen from its start on. Refusal `not_here`."""
    session = work.session
    known = {room.id: room for room in session.scalars(select(Room).where(
        Room.workshop_id == work.workshop.id, Room.kind == "group", Room.id.in_(rooms)))}
    if len(known) != len({*rooms}):
        raise Refusal("not_here")
    session.flush()
    session.execute(delete(BlockRoom).where(BlockRoom.block_id == row.id))
    session.add_all(BlockRoom(block_id=row.id, room_id=key) for key in known)
    settle(session, work.workshop.id, work.touch)


def plan(work: InWorkshop) -> None:
    """Writes the planned start of each block that follows another one."""
    work.session.flush()
    blocks = work.session.scalars(select(Block).where(Block.workshop_id == work.workshop.id, Block.dropped_at.is_(None)))
    for block, starts in programme.plan(list(blocks), work.workshop.zones[0]):
        if block.starts_at != starts:
            block.starts_at = starts


def tell_running(work: InWorkshop, row: Block) -> None:
    """Gives the plenary's room, which says what is on now, its next number where this is what is on."""
    if row.started_at and not row.ended_at:
        tell_all(work)


def tell_all(work: InWorkshop) -> None:
    """Gives the plenary and the open rooms their next numbers: every screen is told what is on now."""
    for room in work.session.scalars(select(Room).where(
            Room.workshop_id == work.workshop.id, Room.opened_at.is_not(None), Room.closed_at.is_(None))).all():
        work.touch(room, work.workshop.id)


def plain(values: Json) -> Json:
    """Returns columns as the record holds them: of private notes only that they were changed."""
    return {name: None if name == "notes" else value.isoformat() if isinstance(value, datetime) else value
            for name, value in values.items()}


def _stand(work: InWorkshop, row: Block, before: str | None) -> None:
    """Puts the block before another one of its day, where none is said by its hour or at the end; counts them anew."""
    others = [block for block in programme.in_order(work.session.scalars(select(Block).where(
        Block.workshop_id == work.workshop.id, Block.day == row.day))) if block is not row]
    if before is None and row.pinned:  # an hour was said: it stands before what begins later
        place = next((i for i, block in enumerate(others) if block.starts_at > row.starts_at), len(others))
    else:
        place = next((i for i, block in enumerate(others) if block.id == before), len(others))
    for position, block in enumerate([*others[:place], row, *others[place:]]):
        if block.position != position:
            block.position = position


def _day(work: InWorkshop, said: str) -> str:
    """Reads an ISO day; one that the workshop has not yet becomes one of its days."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Refusal("bad_date", example=work.now.date().isoformat()) from None
    if not 2000 <= day.year <= 2100:
        raise Refusal("bad_date", example=work.now.date().isoformat())
    if day.isoformat() not in work.workshop.days:
        if len(work.workshop.days) >= DAYS:
            raise Refusal("bad_date", example=work.workshop.days[0])
        work.workshop.days = sorted({*work.workshop.days, day.isoformat()})
    return day.isoformat()


def _at(work: InWorkshop, day: str, said: str) -> datetime:
    try:
        hour = time.fromisoformat(said)
    except ValueError:
        raise Refusal("bad_time", example="09:30") from None
    return programme.at_clock(day, hour.replace(tzinfo=None), work.workshop.zones[0])
