"""The programme of the day that runs, or of the next one."""
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workshop.domain import programme
from workshop.domain.shapes import Json
from workshop.store.models import Block
from workshop.store.walls.kind import HallSight, Kind
from workshop.words import N_


def _read(sight: HallSight, block: Json) -> list[Json]:
    rows = list(sight.session.scalars(select(Block).where(
        Block.workshop_id == sight.workshop.id, Block.dropped_at.is_(None))))
    zone = ZoneInfo(sight.workshop.zones[0])
    today = f"{sight.now.astimezone(zone):%Y-%m-%d}"
    running = next((row.day for row in rows if row.started_at and not row.ended_at), None)
    days = sorted({row.day for row in rows})
    day = running or next((one for one in days if one >= today), days[-1] if days else None)
    rows = [row for row in programme.in_order(rows) if row.day == day]
    on = next((i for i, row in enumerate(rows) if row.started_at and not row.ended_at), 0)  # what was stands nowhere
    return [{"heading": "", "day": day, "rows": [
        {"title": row.title, "at": f"{row.starts_at.astimezone(zone):%H:%M}", "minutes": row.minutes,
         "now": row.started_at is not None and row.ended_at is None, "over": row.ended_at is not None}
        for row in rows[on:]]}]


KIND = Kind("programme", N_("Programme"), _read, order=80)
