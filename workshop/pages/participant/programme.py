"""Lists the programme by day, in the workshop's first time zone and the reader's language."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.house import house
from workshop.pages.shell.visitor import Place
from workshop.store.models import Block
from workshop.words.forms import day_said


def programme(here: Place) -> dict[str, list[Block]]:
    """Returns {'lunes 4 de octubre': [blocks in their order]} of a Place."""
    days: dict[str, list[Block]] = {}
    zone = ZoneInfo(here.workshop.zones[0])
    for block in _blocks(here):
        days.setdefault(day_name(block.starts_at.astimezone(zone)), []).append(block)
    return days


def today(here: Place) -> str | None:
    """Returns the day of the programme on which it is now; before it and between its days the next one, after it the last.
    """
    zone = ZoneInfo(here.workshop.zones[0])
    days = sorted({block.starts_at.astimezone(zone).date() for block in _blocks(here)})
    now = house().clock().astimezone(zone).date()
    found = next((day for day in days if day >= now), days[-1] if days else None)
    return day_said(found) if found else None


def day_name(at: datetime) -> str:
    """Returns the day of an instant in words."""
    return day_said(at.date())


def running(here: Place, now: datetime) -> Block | None:
    """The block of the programme that it is time for: the last one whose time this is."""
    found = [block for block in _blocks(here) if block.starts_at <= now < block.starts_at + timedelta(minutes=block.minutes)]
    return found[-1] if found else None


def ahead(here: Place, now: datetime) -> list[Block]:
    """What still begins on this day."""
    zone = ZoneInfo(here.workshop.zones[0])
    return [block for block in _blocks(here) if block.starts_at > now
            and block.starts_at.astimezone(zone).date() == now.astimezone(zone).date()]


def _blocks(here: Place) -> list[Block]:
    """The blocks of the programme in their order."""
    return list(here.session.scalars(select(Block).where(Block.workshop_id == here.workshop.id).order_by(Block.starts_at)))
