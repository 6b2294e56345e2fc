"""Words the programme of the report: what was planned when, and when it took place."""
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from workshop.exports.model import Entry
from workshop.store.models import Block
from workshop.words import _
from workshop.words.forms import day_said


def place_of(zone: str) -> str:
    """Returns the city of a zone: 'America/La_Paz' -> 'La Paz'."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def planned(blocks: Sequence[Block], zones: list[str]) -> list[tuple[str, list[Entry]]]:
    """Lists the blocks by the days under which they stand."""
    days: dict[str, list[Entry]] = {}
    for block in blocks:
        day = date.fromisoformat(block.day) if block.day else block.starts_at.astimezone(ZoneInfo(zones[0])).date()
        days.setdefault(day_said(day, year=True), []).append(
            Entry(_hours(block.starts_at, zones), block.minutes, block.title, _real(block, zones)))
    return list(days.items())


def _hours(at: datetime, zones: list[str]) -> str:
    return " · ".join(f"{at.astimezone(ZoneInfo(zone)):%H:%M} {place_of(zone)}" for zone in zones)


def _real(block: Block, zones: list[str]) -> str:
    """Words when a block took place where that was a minute or more from its plan, and how long it took; '' where not."""
    if block.started_at is None:
        return ""
    begun = _hours(block.started_at, zones)
    lasted = round((block.ended_at - block.started_at).total_seconds() / 60) if block.ended_at else None
    if begun == _hours(block.starts_at, zones) and lasted in (None, block.minutes) and abs(
            block.started_at - block.starts_at) < timedelta(days=1):
        return ""
    if lasted is None:
        return _("began {hours}", hours=begun)
    return _("began {hours}, took {n} of {planned} min", hours=begun, n=lasted, planned=block.minutes)
