"""Chooses the reader of a programme by what stands in the file, not by its name."""
import re
from datetime import date

from workshop.intake.decoding import decode
from workshop.intake.schedules import calendars, conferences, zones
from workshop.intake.schedules.entries import Schedule, finished
from workshop.intake.table import BYTES

CALENDAR = re.compile(r"^\s*BEGIN\s*:\s*(?:VCALENDAR|VEVENT)", re.I | re.M)


def read(data: bytes, zone: str, days: list[str]) -> Schedule:
    """Returns what a file says, for a workshop with this first zone and these days."""
    if len(data) > BYTES:
        return Schedule().fault("too_many_bytes", limit=BYTES // 1024 ** 2)
    text = decode(data)
    if text is None:
        return Schedule().fault("not_a_schedule")
    begins = text[:2000].lstrip()
    try:
        if begins[:1] == "{":
            schedule = conferences.read_json(text, zone)
        elif begins[:1] == "<":
            schedule = conferences.read_xml(text, zone)
        elif CALENDAR.search(text[:200_000]):
            schedule = calendars.read(text, zone, map(date.fromisoformat, days))
        else:
            return Schedule().fault("not_a_schedule")
    except conferences.NotOurs as fault:
        return Schedule().fault(fault.args[0], **fault.args[1])
    if "\ufffd" in text:
        schedule.fault("odd_characters")
    return finished(schedule)


def prepare() -> None:
    """Loads what is loaded late: a child opens no file any more."""
    zones.known()
    zones.windows()
