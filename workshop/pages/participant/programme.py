"""Lists the programme by day, in the workshop's first time zone and the reader's language."""
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from workshop.actions.programme import videos
from workshop.domain.programme import forecast, in_order
from workshop.house import house
from workshop.pages.shell.visitor import Place
from workshop.store.models import Block, BlockRoom, Room, RoomSeat
from workshop.words.forms import day_said


def programme(here: Place) -> dict[str, list[Block]]:
    """Returns {'lunes 4 de octubre': [blocks in their order]} of a Place."""
    days: dict[str, list[Block]] = {}
    for block in _blocks(here):
        days.setdefault(day_said(date.fromisoformat(block.day)), []).append(block)
    return days


def films(here: Place, days: dict[str, list[Block]]) -> set[str]:
    """Lists the ids of the blocks whose video, or what it says, people find on a page of its own."""
    shown = {block.id: block for blocks in days.values() for block in blocks if block.kind == "video"}
    return {key for key, block in shown.items() if block.transcript} | videos.of_blocks(here.session, shown).keys() if (
        shown) else set()


def today(here: Place) -> str | None:
    """Returns the day of the programme on which it is now; before it and between its days the next one, after it the last.
    """
    zone = ZoneInfo(here.workshop.zones[0])
    days = sorted({date.fromisoformat(block.day) for block in _blocks(here)})
    now = house().clock().astimezone(zone).date()
    found = next((day for day in days if day >= now), days[-1] if days else None)
    return day_said(found) if found else None


def running(here: Place, now: datetime) -> Block | None:
    """Finds the block that was started and has not ended; where nobody starts them, the last one whose time this is."""
    blocks = _blocks(here)
    on = next((block for block in blocks if block.started_at and not block.ended_at), None)
    if on or any(block.day == _today(here, now) for block in blocks if block.started_at):
        return on
    found = [block for block in blocks if block.starts_at <= now < block.starts_at + timedelta(minutes=block.minutes)]
    return found[-1] if found else None


def started(here: Place) -> Block | None:
    """Finds the block that was started and has not ended."""
    return next((block for block in _blocks(here) if block.started_at and not block.ended_at), None)


def behind(here: Place, now: datetime) -> int:
    """Returns by how many minutes the block that was started ends after its plan, as far as that is known now; 0 in time."""
    block = started(here)
    if block is None or block.started_at is None:
        return 0
    long = timedelta(minutes=block.minutes)
    return max(0, int((max(block.started_at + long, now) - block.starts_at - long).total_seconds() // 60))


def rooms_now(here: Place) -> set[str] | None:
    """Returns the ids of the rooms of the block that was started; None where none was."""
    block = started(here)
    return set(here.session.scalars(select(BlockRoom.room_id).where(BlockRoom.block_id == block.id))) if block else None


def astray(here: Place) -> int:
    """Counts the people who are in a room, and in none of those that the block that was started opens; 0 where it opens
    none."""
    opens = rooms_now(here)
    if not opens:
        return 0
    elsewhere = select(func.count(func.distinct(RoomSeat.seat_id))).join(Room, Room.id == RoomSeat.room_id).where(
        Room.workshop_id == here.workshop.id, RoomSeat.left_at.is_(None), RoomSeat.room_id.not_in(opens))
    return here.session.scalar(elsewhere) or 0


def ends_at(here: Place, now: datetime) -> datetime | None:
    """Returns when the block that was started will end; None where none was, or its time is over."""
    block = started(here)
    ends = block.started_at + timedelta(minutes=block.minutes) if block and block.started_at else None
    return ends if ends and ends > now else None


def next_up(here: Place, now: datetime) -> Block | None:
    """Finds the block that is to be started next today: the one after the last that has begun."""
    day = [block for block in _blocks(here) if block.day == _today(here, now)]
    last = max((i for i, block in enumerate(day) if block.started_at), default=-1)
    return day[last + 1] if last + 1 < len(day) else None


def ahead(here: Place, now: datetime) -> list[tuple[Block, datetime]]:
    """Lists what still begins on this day, with when it really will."""
    day = [block for block in _blocks(here) if block.day == _today(here, now)]
    said = forecast(day, now)
    last = max((i for i, block in enumerate(day) if block.started_at), default=-1)
    return [(block, said[i].begins) for i, block in enumerate(day) if (i > last if last >= 0 else block.starts_at > now)]


def _today(here: Place, now: datetime) -> str:
    return now.astimezone(ZoneInfo(here.workshop.zones[0])).date().isoformat()


def _blocks(here: Place) -> list[Block]:
    """Lists the blocks of the programme in their order."""
    return in_order(here.session.scalars(select(Block).where(
        Block.workshop_id == here.workshop.id, Block.dropped_at.is_(None))))
