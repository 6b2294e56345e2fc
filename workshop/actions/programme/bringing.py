"""Brings a programme in from a file, many blocks in one act; makes the address under which calendars follow it."""
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.entrance import Which
from workshop.actions.programme.blocks import DAYS, tell_running
from workshop.actions.programme.taking_back import stood
from workshop.actions.programme.waiting import settle
from workshop.domain import programme
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id, new_token
from workshop.domain.limits import NAME, NOTES, ROUGH, TITLE, clean_text
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Block
from workshop.words import _, count

UID = 255  # characters
YEARS = range(2000, 2101)


class Brought(BaseModel):
    """Says a block: `at` is its start, 'HH:MM' on the clocks of the first zone, or an instant with its offset. `uid`: what
    its file calls it; one that is there already is corrected, and keeps what is not said."""

    model_config = ConfigDict(extra="forbid", strict=True)
    day: str = Field(max_length=10)
    at: str = Field(max_length=40)
    minutes: int
    title: str = Field(max_length=ROUGH * TITLE)
    kind: str | None = Field(default=None, max_length=20)
    aim: str | None = Field(default=None, max_length=ROUGH * NOTES)
    leader: str | None = Field(default=None, max_length=ROUGH * NAME)
    call: str | None = Field(default=None, max_length=2000)
    uid: str | None = Field(default=None, max_length=UID)


class Bring(Shape):
    """Lists the blocks."""

    workshop: str = Field(max_length=40)
    blocks: list[Brought] = Field(min_length=1, max_length=programme.BLOCKS_PER_WORKSHOP)


@verb("programme.bring", Bring)
def bring(work: InWorkshop, payload: Bring) -> None:
    """Writes all of them or, where one is refused, none: the refusal names its `item`, from 0. Each is pinned to its start,
    and what is there already keeps its own; days that the workshop has not yet become its days. The answer says how many
    are new (`added`) and otherwise than before (`changed`). Refusals: `name_missing`, `too_long`, `bad_block`,
    `bad_minutes`, `bad_time`, `bad_date`, `bad_call`, `too_many_blocks`."""
    session, workshop = work.session, work.workshop
    rows = list(session.scalars(select(Block).where(Block.workshop_id == workshop.id)))
    known = {block.id + programme.OWN_UID: block for block in rows} | {block.uid: block for block in rows if block.uid}
    added, changed, days = [], [], set()
    were: dict[str, Json] = {}
    loose = {block.id for block in rows if not block.pinned and block.dropped_at is None}
    for number, said in enumerate(payload.blocks):
        try:
            values = _read(work, said)
        except Refusal as refusal:
            raise Refusal(refusal.code, **refusal.values | {"item": number}) from None
        block = known.get(said.uid) if said.uid else None
        if block is None:
            block = Block(id=new_id(), workshop_id=workshop.id, uid=said.uid or None, **{"kind": "plenary"} | values)
            rows.append(block)
            added.append(block)
            if said.uid:
                known[said.uid] = block
        elif any(getattr(block, name) != value for name, value in values.items()):
            days.add(block.day)
            if block not in added:
                were.setdefault(block.id, stood(block, values))
            for name, value in values.items():
                setattr(block, name, value)
            if block not in added:
                changed.append(block)
    if len(rows) > programme.BLOCKS_PER_WORKSHOP:
        raise Refusal("too_many_blocks", limit=programme.BLOCKS_PER_WORKSHOP)
    work.beside |= {"added": len(added), "changed": len({block.id for block in changed})}
    if added or changed:
        new = {block.day for block in [*added, *changed]}
        before = _new_days(work, new)
        session.add_all(added)
        _stand([block for block in rows if block.day in days | new], workshop.zones[0])
        settle(session, workshop.id, work.touch)  # what was put aside comes back with its rooms
        for block in changed:
            tell_running(work, block)
        fixed = [block.id for block in rows if block.id in loose and block.pinned and block.id not in were]
        was = (before or {}) | ({"blocks": were} if were else {}) | ({"pinned": fixed} if fixed else {})
        work.remember(workshop.id, was or None, {
            "added": [block.id for block in added], "changed": list(dict.fromkeys(block.id for block in changed))}
            | ({"days": workshop.days} if before else {}), workshop.id)


@tells("programme.bring", team="room")
def _brought(act: Act) -> Sentence:
    added, changed = len(act.after.get("added", ())), len(act.after.get("changed", ()))
    parts = [count("{n} block is new", "{n} blocks are new", added)] if added else []
    parts += [count("{n} block changed", "{n} blocks changed", changed)] if changed else []
    return Sentence(team=_("brought in a programme: {what}.", what=", ".join(parts)))


@verb("workshop.calendar", Which)
def calendar(work: InWorkshop, payload: Which) -> None:
    """Makes an address under which calendars follow the programme; an older one leads nowhere from now on."""
    work.remember(work.workshop.id, {"calendar_key": work.workshop.calendar_key}, None, work.workshop.id)
    work.workshop.calendar_key = new_token()


@tells("workshop.calendar", team="room")
def _new_calendar(act: Act) -> Sentence:
    return Sentence(team=_("made a new address of the programme for calendars."))


def _read(work: InWorkshop, said: Brought) -> Json:
    """Reads {column: value} of what is said."""
    day, starts = _when(work, said)
    found: Json = {"title": typed_name(said.title, TITLE), "day": day, "starts_at": starts, "pinned": True,
                   "minutes": said.minutes, "dropped_at": None}
    if not found["title"]:
        raise Refusal("name_missing")
    if not 0 <= said.minutes <= programme.MINUTES:
        raise Refusal("bad_minutes", limit=programme.MINUTES)
    if said.kind is not None:
        if said.kind not in programme.BLOCKS:
            raise Refusal("bad_block")
        found["kind"] = said.kind
    if said.aim is not None:
        found["aim"] = clean_text(said.aim)
        if len(found["aim"]) > NOTES:
            raise Refusal("too_long", limit=NOTES, length=len(found["aim"]))
    if said.leader is not None:
        found["leader"] = typed_name(said.leader, NAME)
    if said.call is not None:
        found["call"] = programme.checked_call(said.call)
    return found


def _when(work: InWorkshop, said: Brought) -> tuple[str, datetime]:
    """Reads the day, and the start on it: it may pass midnight, but stands no further away than a day."""
    try:
        day = date.fromisoformat(said.day)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise Refusal("bad_date", example=work.now.date().isoformat())
    zone = work.workshop.zones[0]
    try:
        starts = (datetime.fromisoformat(said.at) if len(said.at) > 8
                  else programme.at_clock(day.isoformat(), time.fromisoformat(said.at), zone))
    except ValueError:
        raise Refusal("bad_time", example="09:30") from None
    if starts.tzinfo is None or abs(starts - programme.at_clock(day.isoformat(), time(12), zone)) > timedelta(days=2):
        raise Refusal("bad_time", example="09:30")
    return day.isoformat(), starts.astimezone(UTC)


def _new_days(work: InWorkshop, days: Iterable[str]) -> dict[str, Any] | None:
    """Adds the days that the workshop has not yet; returns what they were, None where they stay."""
    before = work.workshop.days
    after = sorted({*before, *days})
    if after == before:
        return None
    if len(after) > DAYS:
        raise Refusal("bad_date", example=before[0] if before else work.now.date().isoformat())
    work.workshop.days = after
    return {"days": before}


def _stand(rows: list[Block], zone: str) -> None:
    """Orders each day by its starts. What followed the block before it, and would now begin at another time, is pinned to
    the time that it had."""
    rows.sort(key=lambda block: (block.day, block.starts_at, block.uid is not None, block.position or 0))
    day, position = "", 0
    for block in rows:
        day, position = block.day, position + 1 if block.day == day else 0
        if block.position != position:
            block.position = position
    day, follows = "", datetime.min.replace(tzinfo=UTC)
    for block in (block for block in rows if block.dropped_at is None):
        if block.day != day:
            day, follows = block.day, programme.at_clock(block.day, programme.MORNING, zone)
        block.pinned = block.pinned or block.starts_at != follows
        follows = block.starts_at + timedelta(minutes=block.minutes)
