"""Copies a workshop without its people: what it is called, where it is, its rooms and its programme, as if nothing had been
done yet. It goes the way of an exported file that is read back."""
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.actions.importing import FORMAT, import_workshop
from workshop.actions.programme import videos
from workshop.actions.programme.waiting import settle
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.store.files import dump
from workshop.store.models import Account, Activity, Block, Delegation, Room, Workshop
from workshop.store.transaction import Session

SET_UP = ("stream", "workshop", "delegation", "site", "axis", "block", "room", "block_room", "activity", "floor", "wall")
# What a column of these tables holds before anything was done.
FRESH: dict[str, Json] = {
    "workshop": {"closed_at": None, "retention_until": None},
    "room": {"step": 0, "step_at": None, "paused_at": None, "paused_for": None, "deadline": None, "next_number": 1,
             "opened_at": None, "opened_by": None, "closed_at": None, "closed_by": None, "active_at": None},
    "activity": {"tally": None, "uncounted_since": None, "published_at": None, "published_by": None,
                 "opened_at": None, "opened_by": None, "closed_at": None, "closed_by": None, "closes_at": None,
                 "outcome": None, "parts": None, "hands": None},
    "block": {"started_at": None, "started_by": None, "ended_at": None}}


def copy_workshop(session: Session, now: datetime, workshop: Workshop, owner: Account, title: str, first_day: str
                  ) -> Workshop:
    """Makes the copy, without what is put aside. Raises Refusal `bad_day`."""
    tables = {name: rows if name in SET_UP else [] for name, rows in dump.rows(session, workshop.id).items()}
    aside = {room["id"] for room in tables["room"] if room["archived_at"]} | {
        block["id"] for block in tables["block"] if block["dropped_at"]}
    for name in ("room", "block"):
        tables[name] = [row for row in tables[name] if row["id"] not in aside]
    for name in ("block_room", "activity"):
        tables[name] = [row for row in tables[name] if not {row["room_id"], row.get("block_id")} & aside]
    tables["stream"] = [row for row in tables["stream"] if row["id"] not in aside]
    for name, values in FRESH.items():
        tables[name] = [row | values for row in tables[name]]
    [it] = tables["workshop"]
    it |= {"title": title, "created_at": now.isoformat()}
    for room in tables["room"]:
        if room["kind"] == "plenary":
            room["opened_at"] = now.isoformat()
    if first_day:
        _shift(tables, first_day)
    made = import_workshop(session, now, {"format": FORMAT, "tables": tables}, owner, ours=True)
    _name_columns(session, workshop, made)
    _show_videos(session, now, workshop, made)
    settle(session, made.id)
    return made


def _name_columns(session: Session, workshop: Workshop, made: Workshop) -> None:
    """Gives the columns that boards have for delegations the keys of the copy's delegations."""
    old, new = (session.scalars(select(Delegation.id).where(Delegation.workshop_id == of.id).order_by(
        Delegation.position, Delegation.name)).all() for of in (workshop, made))
    keys = dict(zip(old, new, strict=True))
    for room in session.scalars(select(Room).where(Room.workshop_id == made.id)).all():
        room.steps = [step | {"columns": [keys.get(key, key) for key in step["columns"]]} if step.get("columns") else step
                      for step in room.steps]
        for board in session.scalars(select(Activity).where(Activity.room_id == room.id, Activity.kind == "ideas")).all():
            if any(column["key"] in keys for column in board.settings.get("columns") or ()):
                board.settings = board.settings | {"columns": [
                    column | {"key": keys.get(column["key"], column["key"])} for column in board.settings["columns"]]}
    session.flush()


def _show_videos(session: Session, now: datetime, workshop: Workshop, made: Workshop) -> None:
    """Puts the videos of the blocks on those of the copy."""
    old, new = (session.scalars(select(Block).where(Block.workshop_id == of.id, Block.dropped_at.is_(None)).order_by(
        Block.day, Block.position, Block.title, Block.minutes)).all() for of in (workshop, made))
    videos.copied(session, now, {one.id: copy for one, copy in zip(old, new, strict=True)})


def _shift(tables: dict[str, list[Json]], first_day: str) -> None:
    """Moves days and programme so that they begin on that day, at the same hours of the clocks there."""
    [it] = tables["workshop"]
    days = sorted({*it["days"], *(block["day"] for block in tables["block"])})
    try:
        first = date.fromisoformat(first_day)
        by = first - date.fromisoformat(days[0]) if days else timedelta(0)
        it["days"] = [_later(day, by) for day in it["days"]] or [first.isoformat()]
        zone = ZoneInfo(it["zones"][0])
        for block in tables["block"]:
            at = datetime.fromisoformat(block["starts_at"]).astimezone(zone) + by
            block |= {"day": _later(block["day"], by), "starts_at": at.astimezone(UTC).isoformat()}
    except (ValueError, OverflowError):
        raise Refusal("bad_day") from None


def _later(day: str, by: timedelta) -> str:
    return (date.fromisoformat(day) + by).isoformat()
