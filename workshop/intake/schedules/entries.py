"""Defines what the readers of programmes give: entries with their marks, faults of what could become none; finishes them."""
import hashlib
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workshop.domain.limits import NAME, NOTES, TITLE, clean_text
from workshop.domain.people.names import clean_name
from workshop.domain.programme import BLOCKS_PER_WORKSHOP, MINUTES, is_call
from workshop.domain.shapes import Json
from workshop.intake.html_text import strip

Mark = tuple[str, dict[str, Any]]  # a stable code with the values of its sentence
USUAL = 30  # minutes of an event that does not say when it ends
NIGHT = 6  # until this hour, what a programme has under the day before belongs to that
CALL, UID = 400, 255  # characters
KEPT = 2 * BLOCKS_PER_WORKSHOP  # entries that are looked at more closely
YEARS = range(2000, 2101)
OUT = frozenset({"cancelled", "all_day"})  # marks of what is not brought in unless somebody wants it
TAGS = re.compile(r"</?(?:p|br|div|ul|ol|li|a|i|b|em|strong|code|h[1-6]|span)\b[^<>]{0,500}>", re.I)
CALLS = re.compile(r"^https?://(?:[^/]*\.)?(?:meet\.|meet\.google\.com|zoom\.us|teams\.microsoft\.com|teams\.live\.com|jit\.si|"
                   r"whereby\.com|bbb\.|[^/]*bigbluebutton)[^\s]*$", re.I)
BREAKS = re.compile(r"(?:(?:coffee|tea|lunch|short|long)[ -])?break|lunch|dinner|breakfast|pausa(?: .{1,20})?|"
                    r"pause(?: .{1,20})?|almuerzo|desayuno|cena|refrigerio|receso|recreo|(?:petit[- ])?d[ée]jeuner|"
                    r"d[îi]ner", re.I)


@dataclass
class Entry:
    """An event as it can become a block. `day`: under which it stands; `starts`: the instant, in UTC; `kind` '' where the
    file does not tell; `marks`: what is to be known of it; `ticked`: whether it is brought in unless somebody says else."""

    uid: str
    title: str
    day: str
    starts: str
    minutes: int
    room: str = ""
    leader: str = ""
    aim: str = ""
    call: str = ""
    kind: str = ""
    marks: list[Mark] = field(default_factory=list)
    ticked: bool = True


@dataclass
class Schedule:
    """A file's events in the order of their starts; `faults`: [(the event's title, '' for the file; code, values)];
    `events`: how many it has, `more`: times of them that are too many, `rooms`: their names."""

    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    events: int = 0
    more: int = 0
    rooms: list[str] = field(default_factory=list)

    def fault(self, code: str, event: str = "", **values: Any) -> "Schedule":
        """Notes a fault of the file, or of an event that became no entry."""
        self.faults.append((line(event), code, values))
        return self

    def as_json(self) -> Json:
        """Returns it as JSON has it."""
        return asdict(self)


def line(text: str, most: int = TITLE) -> str:
    """Returns a text on one line, as a name is kept."""
    return clean_name(text[:4 * most], most)


def words(text: str) -> str:
    """Returns a text of several lines, without the marks of web pages."""
    return clean_text(strip(text) if TAGS.search(text) else text)


def address(*said: str) -> str:
    """Returns the first that leads to a call, as far as its address tells."""
    return next((one.strip() for one in said if len(one) <= CALL and CALLS.match(one.strip()) and is_call(one.strip())), "")


def entry(schedule: Schedule, zone: str, starts: datetime, minutes: int, said: dict[str, str], marks: list[Mark],
          day: date | None = None) -> None:
    """Adds the event that begins at the instant. `said`: title, uid, room, leader, aim, call, kind as the file has them;
    `day`: under which it has the event, where it says so. What is not within YEARS is a fault."""
    local = starts.astimezone(ZoneInfo(zone))
    title = line(said.get("title", ""))
    if local.year not in YEARS:
        schedule.fault("bad_start", title, text=local.date().isoformat())
        return
    if len(schedule.entries) == KEPT:
        schedule.more += 1
        return
    stands = local.date()
    if day and day + timedelta(days=1) == stands and local.hour < NIGHT:
        stands = day
    ends = local + timedelta(minutes=minutes)
    over = ends.date() > stands and (ends.hour, ends.minute) != (0, 0) and "all_day" not in dict(marks)
    if over or stands != local.date():
        marks.append(("past_midnight", {}))
    if minutes > MINUTES:
        marks.append(("over_a_day", {}))
        minutes = MINUTES
    if not title:
        marks.append(("no_title", {}))
    if len(line(said.get("title", ""), 10 * TITLE)) > TITLE:
        marks.append(("title_cut", {}))
    leader = line(said.get("leader", ""))
    if len(leader) > NAME:
        leader = _names(leader)
        marks.append(("people_cut", {}))
    aim = words(said.get("aim", "")[:20 * NOTES])
    if len(aim) > NOTES:
        aim = aim[:NOTES - 1].rstrip() + "…"
        marks.append(("text_cut", {}))
    call = said.get("call", "").strip()
    schedule.entries.append(Entry(
        said.get("uid", "").strip(), title or "?", stands.isoformat(), starts.astimezone(UTC).isoformat(), minutes,
        line(said.get("room", "")), leader, aim, call if len(call) <= CALL and is_call(call) else "",
        said.get("kind", "") or ("break" if BREAKS.fullmatch(title) else ""), marks, not OUT & dict(marks).keys()))


def finished(schedule: Schedule) -> Schedule:
    """Orders the entries and gives each a uid of its own: what has none, or one that others have too, is known by its start
    and its title, so that the same file gives the same ones again."""
    found = schedule.entries
    found.sort(key=lambda one: (one.day, one.starts, one.room, one.title))
    schedule.rooms = sorted({one.room for one in found if one.room})
    if not (found or schedule.faults):
        schedule.fault("no_events")
    if many := max(0, len(found) - BLOCKS_PER_WORKSHOP) + schedule.more:
        schedule.fault("too_many_events", limit=BLOCKS_PER_WORKSHOP, n=many)
        del found[BLOCKS_PER_WORKSHOP:]
    often = Counter(one.uid for one in found)
    taken: Counter[str] = Counter()
    for one in found:
        if not one.uid or often[one.uid] > 1:
            several = {"n": often[one.uid], "uid": line(one.uid, NAME)}
            one.marks.append(("repeated_uid", several) if one.uid else ("no_uid", {}))
            one.uid = "/".join((one.uid, one.starts, _short(f"{one.title}\n{one.room}")))
        elif len(one.uid) > UID - 20:
            one.uid = _short(one.uid)
        one.uid = clean_text(one.uid) if len(one.uid) <= UID - 20 else _short(one.uid)
        taken[one.uid] += 1
        if taken[one.uid] > 1:
            one.uid += f"/{taken[one.uid]}"
    return schedule


def _names(leader: str) -> str:
    """Returns as many of the names as there is room for."""
    kept = ""
    for name in leader.split(", "):
        if len(kept) + len(name) + 4 > NAME:
            break
        kept = f"{kept}, {name}" if kept else name
    return f"{kept or leader[:NAME - 2]} …"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
