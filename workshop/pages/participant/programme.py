"""The programme by day, in the workshop's first time zone and the reader's language."""
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy import select

from workshop.house import house
from workshop.store.models import Block
from workshop.words import language


def programme(here) -> dict[str, list[Block]]:
    """{'lunes 4 octubre': [blocks in their order]} of a Place."""
    days: dict[str, list[Block]] = {}
    zone = ZoneInfo(here.workshop.zones[0])
    for block in here.session.scalars(select(Block).where(Block.workshop_id == here.workshop.id).order_by(Block.starts_at)):
        days.setdefault(day_name(block.starts_at.astimezone(zone)), []).append(block)
    return days


def today(workshop) -> str:
    """The day that it is now where the workshop is at home, as the programme calls it."""
    return day_name(house().clock().astimezone(ZoneInfo(workshop.zones[0])))


def day_name(at) -> str:
    """The day of an instant in words."""
    return format_date(at.date(), "EEEE d MMMM", locale=language())
