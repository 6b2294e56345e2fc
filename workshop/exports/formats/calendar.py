"""Writes the programme as iCalendar, for calendars that follow it, and as schedule.json. Nothing private is in either."""
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from workshop.domain.json_codec import dumps
from workshop.domain.programme import OWN_UID, in_order
from workshop.domain.shapes import Json
from workshop.store.models import Block, Workshop

BYTES = 75  # of a line, without its end
SPECIAL = re.compile(r"([\\;,])")
AGAIN = "PT15M"  # how often calendars may look again


def icalendar(workshop: Workshop, blocks: Sequence[Block], revision: int, at: datetime, page: str) -> bytes:
    """Returns the blocks as a calendar; those that were put aside are cancelled. `revision`: how often the programme was
    changed, `at`: when last; a change of one block moves others, so all of them have these. `page`: the workshop's address.
    """
    found = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tinkuy//Programme//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             f"NAME:{_text(workshop.title)}", f"X-WR-CALNAME:{_text(workshop.title)}",
             f"REFRESH-INTERVAL;VALUE=DURATION:{AGAIN}", f"X-PUBLISHED-TTL:{AGAIN}"]
    for block in _by_time(blocks):
        ends = block.starts_at + timedelta(minutes=block.minutes)
        found += ["BEGIN:VEVENT", f"UID:{block.id}{OWN_UID}", f"DTSTAMP:{_moment(at)}", f"LAST-MODIFIED:{_moment(at)}",
                  f"SEQUENCE:{revision}", f"DTSTART:{_moment(block.starts_at)}"]
        found += [f"DTEND:{_moment(ends)}" if block.minutes else "DURATION:PT0S"]
        found += [f"SUMMARY:{_text(block.title)}"]
        found += [f"DESCRIPTION:{_text(block.aim)}"] if block.aim else []
        found += [f"CONTACT:{_text(block.leader)}"] if block.leader else []
        # LOCATION is what calendars show; CONFERENCE says what it is.
        found += [f"LOCATION:{_text(block.call)}", f"CONFERENCE;VALUE=URI:{block.call}"] if block.call else []
        found += [f"URL:{page}", f"STATUS:{'CANCELLED' if block.dropped_at else 'CONFIRMED'}",
                  f"X-TINKUY-KIND:{block.kind}", "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*found, "END:VCALENDAR"]).encode()


def schedule_json(workshop: Workshop, blocks: Sequence[Block], revision: int) -> bytes:
    """Returns the blocks that were not put aside as schedule.json, in one room with the workshop's name."""
    zone = ZoneInfo(workshop.zones[0])
    days: dict[str, list[Json]] = {}
    for block in in_order(block for block in blocks if block.dropped_at is None):
        local = block.starts_at.astimezone(zone)
        days.setdefault(block.day or local.date().isoformat(), []).append({
            "guid": block.id + OWN_UID, "date": local.isoformat(), "start": f"{local:%H:%M}",
            "duration": f"{block.minutes // 60:02}:{block.minutes % 60:02}", "room": workshop.title, "title": block.title,
            "abstract": block.aim, "type": block.kind, "persons": [{"public_name": block.leader}] if block.leader else [],
            "links": [{"url": block.call, "title": block.call}] if block.call else []})
    return dumps({"schedule": {"version": str(revision), "conference": {
        "acronym": workshop.code, "title": workshop.title, "start": min(days, default=""), "end": max(days, default=""),
        "daysCount": len(days), "timeslot_duration": "00:05", "time_zone_name": zone.key,
        "days": [{"index": number, "date": day, "day_start": _midnight(day, zone, 0), "day_end": _midnight(day, zone, 1),
                  "rooms": {workshop.title: events}} for number, (day, events) in enumerate(days.items(), 1)]}}}).encode()


def _by_time(blocks: Iterable[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: (block.starts_at, block.position, block.id))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _midnight(day: str, zone: ZoneInfo, after: int) -> str:
    at = date.fromisoformat(day) + timedelta(days=after)
    return datetime(at.year, at.month, at.day, tzinfo=zone).isoformat()


def _text(said: str) -> str:
    return SPECIAL.sub(r"\\\1", said).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Folds a line so that no part of it has more than BYTES bytes, and no character is cut."""
    parts, size = [""], 0
    for sign in line:
        long = len(sign.encode())
        if size + long > BYTES:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += long
    return "\r\n".join(parts)
