"""Lists the programme by day, in the workshop's first time zone and the reader's language."""
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import select

from workshop.house import house
from workshop.pages.shell.visitor import Place
from workshop.store.models import Block
from workshop.words import language

DAY = "EEEE d MMMM"


def programme(here: Place) -> dict[str, list[Block]]:
    """Returns {'lunes 4 octubre': [blocks in their order]} of a Place."""
    days: dict[str, list[Block]] = {}
    zone = ZoneInfo(here.workshop.zones[0])
    for block in here.session.scalars(select(Block).where(Block.workshop_id == here.workshop.id).order_by(Block.starts_at)):
        days.setdefault(day_name(block.starts_at.astimezone(zone)), []).append(block)
    return days


def today(here: Place) -> str | None:
    """Returns the day of the programme on which it is now; before it and between its days the next one, after it the last.
    """
    zone = ZoneInfo(here.workshop.zones[0])
    days = sorted({at.astimezone(zone).date() for at in here.session.scalars(
        select(Block.starts_at).where(Block.workshop_id == here.workshop.id))})
    now = house().clock().astimezone(zone).date()
    found = next((day for day in days if day >= now), days[-1] if days else None)
    return format_date(found, DAY, locale=language()) if found else None


def day_name(at: datetime) -> str:
    """Returns the day of an instant in words."""
    return format_date(at.date(), DAY, locale=language())
