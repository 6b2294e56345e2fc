"""Reads foreign programmes in a child process (workshop/sandbox): `read` asks for it, `read_schedule` is what that does."""
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from workshop.domain.shapes import Json
from workshop.intake import schedules
from workshop.intake.schedules import Schedule
from workshop.sandbox import Failed, Pool
from workshop.words.schedules import known
from workshop.work_queue import Asker

# A child that reads foreign bytes may be made to say anything, but only in this shape.
SCHEDULE = TypeAdapter(Schedule)


def read(pool: Pool, device: Asker | str, content: bytes, zone: str, days: list[str]) -> Schedule:
    """Returns what a file says, for a workshop with this first zone and these days. What cannot be read within its bounds is
    a fault. RetryLater where too much waits."""
    try:
        found: Schedule = pool.ask("schedule", {"zone": zone, "days": days}, content, device, check=_checked)
        return found
    except Failed:
        return Schedule().fault("schedule_too_hard")


def _checked(said: Any, _parts: list[bytes]) -> Schedule:
    schedule = SCHEDULE.validate_python(said)
    for one in schedule.entries:
        date.fromisoformat(one.day)
        if datetime.fromisoformat(one.starts).tzinfo is None:
            raise ValueError(one.starts)
    if not all(map(known, [*(code for one in schedule.entries for code, _values in one.marks),
                           *(code for _event, code, _values in schedule.faults)])):
        raise ValueError("a mark that is none")
    return schedule


def read_schedule(values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Reads, in the child."""
    return schedules.read(content, values["zone"], values["days"]).as_json(), []


def prepare() -> None:
    """Loads what is loaded late: a child opens no file any more."""
    schedules.prepare()
    for content in (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:S\xed\nDTSTART:20211004T140000Z\nRRULE:FREQ=DAILY\n",
                    b'{"schedule": {"conference": {"days": []}}}', b"<schedule><day/></schedule>"):
        schedules.read(content, "America/Lima", ["2021-10-04"])
