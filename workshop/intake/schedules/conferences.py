"""Reads the schedules of conferences: schedule.json and schedule.xml, as frab, pentabarf, pretalx and others write them."""
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from xml.parsers import expat
from zoneinfo import ZoneInfo

from workshop.domain.shapes import Json
from workshop.intake.schedules import zones
from workshop.intake.schedules.entries import USUAL, Mark, Schedule, address, entry, line

ELEMENTS, DEPTH = 200_000, 30  # of an XML file
EVENTS = 5000
LASTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d\d)(?::\d\d)?$")
HOUR = re.compile(r"(\d\d?):(\d\d)(?::\d\d)?$")
TEXTS = ("title", "subtitle", "abstract", "description", "start", "duration", "room", "date", "url", "status", "end")


class NotOurs(ValueError):
    """Reports a file that is no schedule; its text is the code of the fault."""


@dataclass
class Node:
    """Holds an element with what is in it."""

    name: str
    has: dict[str, str] = field(default_factory=dict)
    within: list["Node"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """Lists the elements of this name right within."""
        return [one for one in self.within if one.name == name]

    def said(self, name: str) -> str:
        """Returns the text of the first element of this name."""
        return next(("".join(one.text).strip() for one in self.within if one.name == name), "")


def read_json(text: str, zone: str) -> Schedule:
    """Returns the events of a schedule.json. Raises NotOurs."""
    try:
        whole = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).decode(text)
    except json.JSONDecodeError as broken:
        raise NotOurs("json_broken", {"at": broken.lineno, "character": broken.colno}) from None
    except (ValueError, RecursionError):
        raise NotOurs("schedule_broken", {"line": 1}) from None
    inside = _object(_object(whole).get("schedule", whole))
    conference = _object(inside.get("conference"))
    days = conference.get("days", inside.get("days"))
    if not isinstance(days, list):
        raise NotOurs("not_a_schedule", {})
    schedule = Schedule(line(_text(conference.get("title"))))
    own = zones.find(_text(conference.get("time_zone_name")) or _text(conference.get("timezone")))
    for day in map(_object, days):
        for room, events in _rooms(day.get("rooms")):
            for event in map(_object, events[:EVENTS]):
                persons = [_person(one) for one in _list(event.get("persons")) or _list(event.get("speakers"))]
                links = [_text(_object(one).get("url")) for one in _list(event.get("links"))]
                said = {name: _text(event.get(name)) for name in TEXTS} | {
                    "uid": _text(event.get("guid")) or _text(event.get("id"))}
                _take(schedule, zone, own, _text(day.get("date")), room, said, persons, links)
    return schedule


def read_xml(text: str, zone: str) -> Schedule:
    """Returns the events of a schedule.xml. Raises NotOurs."""
    root = _parsed(text)
    if root.name != "schedule":
        raise NotOurs("not_a_schedule", {})
    conference = next(iter(root.all("conference")), Node(""))
    schedule = Schedule(line(conference.said("title")))
    own = zones.find(conference.said("time_zone_name"))
    for day in root.all("day"):
        for room in day.all("room"):
            for event in room.all("event"):
                persons = ["".join(one.text).strip() for part in event.all("persons") for one in part.all("person")]
                links = [one.has.get("href", "") for part in event.all("links") for one in part.all("link")]
                said = {name: event.said(name) for name in TEXTS} | {"uid": event.has.get("guid") or event.has.get("id", "")}
                _take(schedule, zone, own, day.has.get("date", ""), room.has.get("name", ""), said, persons, links)
    return schedule


def _take(schedule: Schedule, zone: str, own: tzinfo | None, day: str, room: str, said: dict[str, str], persons: list[str],
          links: list[str]) -> None:
    """Makes the entry of an event; `own`: the zone that the file says."""
    schedule.events += 1
    marks: list[Mark] = []
    title = line(said["title"])
    starts = _starts(said, day, own, zone, marks)
    if starts is None:
        code = "bad_start" if said["date"] or said["start"] else "no_start"
        schedule.fault(code, title, text=line(f"{said['date']} {said['start']}", 60))
        return
    if said["status"].lower() in ("cancelled", "canceled"):
        marks.append(("cancelled", {}))
    parts = [said["subtitle"], said["abstract"] or said["description"]]
    entry(schedule, zone, starts, _minutes(said["duration"], marks), {
        "title": said["title"], "uid": said["uid"], "room": said["room"] or room,
        "leader": ", ".join(filter(None, persons)), "aim": "\n\n".join(filter(None, parts)), "call": address(*links[:20])},
        marks, _day(day))


def _starts(said: dict[str, str], day: str, own: tzinfo | None, zone: str, marks: list[Mark]) -> datetime | None:
    """Reads when it begins: as it says itself, else the hour on the day under which it stands."""
    at: datetime | None = None
    try:
        if len(said["date"]) > 10:
            at = datetime.fromisoformat(said["date"].replace("Z", "+00:00"))
        elif (hour := HOUR.match(said["start"])) and (on := _day(said["date"] or day)):
            at = datetime(on.year, on.month, on.day, int(hour[1]) % 24, int(hour[2]))
            at += timedelta(days=int(hour[1]) // 24)
        if at is None:
            return None
        if at.tzinfo is None:
            if own is None:
                marks.append(("no_zone", {"zone": zone}))
            return zones.instant(at, own or ZoneInfo(zone))
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _minutes(said: str, marks: list[Mark]) -> int:
    found = LASTS.match(said)
    minutes = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0
    if found:
        minutes = int(found[1] or 0) * 1440 + int(found[2]) * 60 + int(found[3])
    if not minutes:
        marks.append(("no_end", {"minutes": USUAL}))
    return minutes or USUAL


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _rooms(rooms: Any) -> Iterator[tuple[str, list[Any]]]:
    """Gives (name, events) of the rooms of a day: an object by names, or a list of objects."""
    if isinstance(rooms, dict):
        yield from ((name, _list(events)) for name, events in rooms.items())
    for one in map(_object, _list(rooms)):
        yield _text(one.get("name")), _list(one.get("events"))


def _person(said: Any) -> str:
    if isinstance(said, str):
        return said
    return next((_text(said[name]) for name in ("public_name", "name", "full_public_name")
                 if isinstance(said, dict) and said.get(name)), "")


def _parsed(text: str) -> Node:
    """Reads the elements: bounded, no document type and so no entities. What the file says of its encoding is passed over,
    for it has been decoded. Raises NotOurs."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    open_, left = [Node("")], [ELEMENTS]

    def start(name: str, has: dict[str, str]) -> None:
        left[0] -= 1
        if left[0] < 0 or len(open_) > DEPTH:
            raise NotOurs("schedule_too_big", {})
        node = Node(name.rpartition(":")[2], has)
        open_[-1].within.append(node)
        open_.append(node)

    def refused(*_declared: object) -> None:
        raise NotOurs("xml_type", {})
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: open_.pop()
    parser.CharacterDataHandler = lambda data: open_[-1].text.append(data)
    parser.StartDoctypeDeclHandler = refused
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as broken:
        raise NotOurs("schedule_broken", {"line": broken.lineno}) from None
    return open_[0].within[0]


def _object(said: Any) -> Json:
    return said if isinstance(said, dict) else {}


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []


def _text(said: Any) -> str:
    return said.strip() if isinstance(said, str) else ""
