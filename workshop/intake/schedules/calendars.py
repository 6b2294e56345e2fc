"""Reads iCalendar: every event that begins, also of a file whose lines, ends or time zones are not as they should be."""
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from workshop.domain.programme import BLOCKS, MINUTES
from workshop.intake.schedules import repeats, zones
from workshop.intake.schedules.content_lines import Line, lines, long_lines, plain
from workshop.intake.schedules.entries import USUAL, Mark, Schedule, address, entry, line

MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$", re.I)
LASTS = re.compile(r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$", re.I)
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
CALLS = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
HAS = {"SUMMARY", "DTSTART", "DTEND", "DURATION", "LOCATION", "DESCRIPTION", "UID", "STATUS", "RRULE", "RECURRENCE-ID",
       "URL", "CONTACT", "ORGANIZER", "X-TINKUY-KIND", *CALLS}
MANY = ("EXDATE", "RDATE")
EVENTS = 5000  # that begin in a file; what is more is not looked at
STEPS = 200_000  # days that are looked at for all events that repeat a number of times


@dataclass
class Event:
    """Holds the properties of an event, the first of each name, and what was wrong with its lines."""

    has: dict[str, Line] = field(default_factory=dict)
    many: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def said(self, name: str) -> str:
        """Returns the text of a property."""
        return plain(self.has[name].value).strip() if name in self.has else ""


@dataclass
class Calendar:
    """Reads the events of a file for a workshop: `zone`, its first one; `days`, its own."""

    zone: str
    days: list[date]
    floats: tzinfo  # of times that name no zone
    told: bool = False  # whether the file says of which zone these are
    offsets: dict[str, tzinfo] = field(default_factory=dict)  # of zones that the file describes
    describes: str = ""  # the one that it is describing
    cancels: bool = False
    moved: dict[str, set[datetime]] = field(default_factory=dict)  # times of repeated events that have an event of their own
    left: int = STEPS


def read(text: str, zone: str, days: Iterable[date]) -> Schedule:
    """Returns the events of a calendar."""
    schedule = Schedule()
    calendar = Calendar(zone, sorted(days), ZoneInfo(zone))
    events = list(_events(text, schedule, calendar))
    if (many := long_lines(text)):
        schedule.fault("long_lines", n=many)
    schedule.events = len(events)
    for event in events:
        if "RECURRENCE-ID" in event.has and (at := _start(calendar, event.has["RECURRENCE-ID"], [])):
            calendar.moved.setdefault(event.said("UID"), set()).add(at[0])
    for event in events:
        _take(schedule, calendar, event)
    return schedule


def _events(text: str, schedule: Schedule, calendar: Calendar) -> Iterator[Event]:
    """Gives the events, and notes what the file says of itself."""
    event: Event | None = None
    within: list[str] = []
    begun = 0
    for one in lines(text):
        what = one.value.strip().upper() if one.name in ("BEGIN", "END") else ""
        if what == "VEVENT" and one.name == "BEGIN":
            if event:
                event.marks.append(("not_ended", {"line": one.number}))
                yield event
            event, within, begun = Event(), [], begun + 1
            if begun > EVENTS:
                schedule.more += text.upper().count("BEGIN:VEVENT") - EVENTS
                return
        elif event and one.name == "END" and what in ("VEVENT", "VCALENDAR"):
            if what == "VCALENDAR":
                event.marks.append(("not_ended", {"line": one.number}))
            yield event
            event = None
        elif one.name == "BEGIN":
            within.append(what)
        elif one.name == "END":
            del within[-1:]
        elif event and not within:
            _note(event, one)
        elif not event:
            _of_file(schedule, calendar, one, within[-1] if within else "")
    if event:
        event.marks.append(("not_ended", {"line": text.count("\n") + 1}))
        yield event


def _note(event: Event, one: Line) -> None:
    if one.broken and "bad_folding" not in dict(event.marks):
        event.marks.append(("bad_folding", {"line": one.number}))
    if one.name in MANY:
        event.many.append(one)
    elif one.name in HAS:
        event.has.setdefault(one.name, one)


def _of_file(schedule: Schedule, calendar: Calendar, one: Line, part: str) -> None:
    """Notes what the file says of itself and of time zones: of a zone that nobody knows, the offset of its usual time."""
    if one.name in ("X-WR-CALNAME", "NAME") and not schedule.title:
        schedule.title = line(plain(one.value))
    elif one.name in ("X-WR-TIMEZONE", "VTIMEZONE"):
        if found := zones.find(one.value):
            calendar.floats, calendar.told = found, True
        if one.name == "VTIMEZONE":
            schedule.fault("zone_misplaced", zone=line(one.value, 60))
    elif one.name == "TZID":
        calendar.describes = one.value.strip()
    elif one.name == "TZOFFSETTO" and part == "STANDARD" and (at := OFFSET.match(one.value.strip())):
        minutes = (int(at[2]) * 60 + int(at[3])) * (-1 if at[1] == "-" else 1)
        if abs(minutes) < MINUTES:
            calendar.offsets[calendar.describes] = timezone(timedelta(minutes=minutes))
    elif one.name == "METHOD" and one.value.strip().upper() == "CANCEL":
        calendar.cancels = True


def _take(schedule: Schedule, calendar: Calendar, event: Event) -> None:
    """Makes the entries of an event: several, where it repeats."""
    marks, title = event.marks, line(event.said("SUMMARY"))
    if "DTSTART" not in event.has:
        schedule.fault("no_start", title)
        return
    found = _start(calendar, event.has["DTSTART"], marks)
    if not found:
        schedule.fault("bad_start", title, text=line(event.has["DTSTART"].value, 60))
        return
    starts, zone, all_day = found
    minutes = _minutes(calendar, event, starts, zone, all_day, marks)
    if all_day:
        marks.append(("all_day", {}))
    if calendar.cancels or event.said("STATUS").upper() == "CANCELLED":
        marks.append(("cancelled", {}))
    call, place = _call(event), event.said("LOCATION")
    said = {"title": event.said("SUMMARY"), "uid": event.said("UID"), "room": "" if place == call else place,
            "leader": _people(event), "aim": event.said("DESCRIPTION"), "call": call, "kind": _kind(event)}
    if "RECURRENCE-ID" in event.has and (at := _start(calendar, event.has["RECURRENCE-ID"], [])):
        said["uid"] = f"{said['uid']}/{at[0]:%Y%m%dT%H%M%SZ}"
        marks.append(("moved_one", {"day": at[0].astimezone(zone).date().isoformat()}))
    elif "RRULE" in event.has or any(one.name == "RDATE" for one in event.many):
        _repeat(schedule, calendar, event, found, minutes, said)
        return
    entry(schedule, calendar.zone, starts, minutes, said, marks)


def _repeat(schedule: Schedule, calendar: Calendar, event: Event, begins: tuple[datetime, tzinfo, bool], minutes: int,
            said: dict[str, str]) -> None:
    """Makes an entry for each time within the days of the workshop; where there is none, of the first time, and tells."""
    first, zone, _all_day = begins
    local = first.astimezone(zone)
    near = sorted({day + timedelta(days=n) for day in calendar.days for n in (-1, 0, 1)})  # another zone has another date
    out = {at[0] for one in event.many if one.name == "EXDATE" for at in _several(calendar, one)}
    out |= calendar.moved.get(said["uid"], set())
    times = {at[0] for one in event.many if one.name == "RDATE" for at in _several(calendar, one)} | {first}
    try:
        if "RRULE" in event.has:
            on, steps = repeats.days(event.has["RRULE"].value, local.date(), near, calendar.left)
            calendar.left -= steps
            times |= {zones.instant(datetime.combine(day, local.time()), zone) for day in on}
        told: Mark | None = None
    except ValueError:
        told = ("repeats_unread", {"rule": line(event.has["RRULE"].value, 80)})
    wanted = {*calendar.days}
    here = sorted(at for at in times - out if at.astimezone(ZoneInfo(calendar.zone)).date() in wanted)
    if not here and not told:
        told = ("repeats_elsewhere", {})
    shown = here or [at for at in [first] if at not in out] or sorted(times - out)[:1]
    if not shown:  # every time has been taken out, or has an event of its own
        schedule.fault("repeats_nowhere", line(said["title"]))
    for at in shown:
        marks = [*event.marks, told or ("repeats", {"n": len(shown)})]
        entry(schedule, calendar.zone, at, minutes, said | {"uid": f"{said['uid']}/{at:%Y%m%dT%H%M%SZ}"}, marks)


def _several(calendar: Calendar, one: Line) -> list[tuple[datetime, tzinfo, bool]]:
    found = [_start(calendar, Line(one.name, part.split("/")[0], one.params), []) for part in one.value.split(",")[:1000]]
    return [at for at in found if at]


def _start(calendar: Calendar, one: Line, marks: list[Mark]) -> tuple[datetime, tzinfo, bool] | None:
    """Reads (the instant, the zone on whose clocks it was said, whether it is a day without hour); None where it is none."""
    said = MOMENT.match(one.value.strip())
    if not said:
        return None
    try:
        day = datetime(int(said[1]), int(said[2]), int(said[3]))
        if said[4] is None:
            zone: tzinfo = ZoneInfo(calendar.zone)  # a day is one of the workshop's own
            return zones.instant(day, zone), zone, True
        at = day.replace(hour=int(said[4]), minute=int(said[5]), second=min(int(said[6] or 0), 59))
        if said[7]:
            exact = datetime.fromisoformat(at.isoformat() + said[7].upper().replace("Z", "+00:00"))
            return exact.astimezone(UTC), UTC, False
        zone = _zone(calendar, one, marks)
        return zones.instant(at, zone), zone, False
    except (ValueError, OverflowError):
        return None


def _zone(calendar: Calendar, one: Line, marks: list[Mark]) -> tzinfo:
    """Finds the zone of a time that is said by the clock; tells where it had to be guessed."""
    name = one.params.get("TZID", "")
    if not name:
        if not calendar.told:
            marks.append(("no_zone", {"zone": calendar.zone}))
        return calendar.floats
    if found := zones.find(name):
        return found
    found = calendar.offsets.get(name, calendar.floats)
    if "unknown_zone" not in dict(marks):
        marks.append(("unknown_zone", {"name": line(name, 60), "zone": getattr(found, "key", str(found))}))
    return found


def _minutes(calendar: Calendar, event: Event, starts: datetime, zone: tzinfo, all_day: bool, marks: list[Mark]) -> int:
    """Reads how long it lasts; tells where the file does not say it."""
    lasts: timedelta | None = None
    if "DTEND" in event.has and (ends := _start(calendar, event.has["DTEND"], [])):
        lasts = ends[0] - starts
    elif "DURATION" in event.has and (said := LASTS.match(event.has["DURATION"].value.strip())):
        with suppress(OverflowError):
            lasts = timedelta(weeks=int(said[2] or 0), days=int(said[3] or 0), hours=int(said[4] or 0),
                              minutes=int(said[5] or 0), seconds=int(said[6] or 0)) * (-1 if said[1] == "-" else 1)
    if lasts is not None and (lasts > timedelta(0) or (not lasts and "DTEND" not in event.has)):
        return max(1, round(lasts.total_seconds() / 60)) if lasts else 0
    if all_day:
        return MINUTES
    marks.append(("bad_end" if lasts is not None and lasts < timedelta(0) else "no_end", {"minutes": USUAL}))
    return USUAL


def _people(event: Event) -> str:
    """Finds who leads: who is to be asked, else who called it."""
    if "CONTACT" in event.has:
        return event.said("CONTACT")
    return plain(event.has["ORGANIZER"].params.get("CN", "")) if "ORGANIZER" in event.has else ""


def _call(event: Event) -> str:
    for name in CALLS:
        if said := event.has[name].value.strip() if name in event.has else "":
            return said
    return address(event.said("URL"), event.said("LOCATION"))


def _kind(event: Event) -> str:
    said = event.said("X-TINKUY-KIND").lower()
    return said if said in BLOCKS else ""
