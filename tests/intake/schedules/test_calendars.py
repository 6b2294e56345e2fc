"""Calendars are read, also broken ones: no event is left out, and what is wrong with one is told."""
import json
from datetime import datetime

import pytest

from tests.support.real import real
from workshop.intake import schedules
from workshop.words import speaking
from workshop.words.schedules import sentence

DAYS = ["2026-10-05", "2026-10-06", "2026-10-07"]


def event(*lines: str, title: str = "Feria", start: str = "DTSTART:20261005T140000Z", end: str = "DTEND:20261005T150000Z",
          uid: str = "UID:a@x") -> str:
    return "\n".join(["BEGIN:VEVENT", *filter(None, (uid, start, end)), f"SUMMARY:{title}", *lines, "END:VEVENT"])


def read(*events: str, head: str = "", zone: str = "America/Lima", days=DAYS):
    text = "\n".join(filter(None, ["BEGIN:VCALENDAR", "VERSION:2.0", head, *events, "END:VCALENDAR"]))
    return schedules.read(text.replace("\n", "\r\n").encode(), zone, days)


def marks(one) -> list[str]:
    return [code for code, _values in one.marks]


def test_an_event_has_its_title_its_start_its_length_who_leads_and_what_it_is_for():
    [one] = read(event("LOCATION:Sala 1", "DESCRIPTION:Mirar\\, escuchar\\nhablar\\; y callar", "CONTACT:Rosa Mamani",
                       "CONFERENCE;VALUE=URI;LABEL=\"a:b;c\":https://meet.example/x", "X-TINKUY-KIND:gallery")).entries
    assert (one.title, one.day, one.starts, one.minutes, one.room, one.leader, one.aim, one.call, one.kind, one.uid) == (
        "Feria", "2026-10-05", "2026-10-05T14:00:00+00:00", 60, "Sala 1", "Rosa Mamani", "Mirar, escuchar\nhablar; y callar",
        "https://meet.example/x", "gallery", "a@x")
    assert one.marks == [] and one.ticked


@pytest.mark.parametrize(("said", "code", "minutes"), [
    ({"end": ""}, "no_end", 30), ({"end": "DTEND:20261005T130000Z"}, "bad_end", 30),
    ({"end": "DURATION:PT1H15M"}, None, 75), ({"end": "DURATION:PT0S"}, None, 0),
    ({"end": "DTEND:20261005T140000Z"}, "no_end", 30), ({"end": "DTEND:20261007T140000Z"}, "over_a_day", 1440),
    ({"uid": ""}, "no_uid", 60), ({"title": ""}, "no_title", 60), ({"title": "x" * 201}, "title_cut", 60),
    ({"start": "DTSTART:20261005T140000", "end": "DTEND:20261005T150000"}, "no_zone", 60),
    ({"start": "DTSTART;TZID=Nirgendwo/Hier:20261005T140000", "end": ""}, "unknown_zone", 30),
    ({"start": "DTSTART;VALUE=DATE:20261005", "end": "DTEND;VALUE=DATE:20261006"}, "all_day", 1440),
    ({"start": "DTSTART:20261006T040000Z", "end": "DTEND:20261006T060000Z"}, "past_midnight", 120)])
def test_what_is_wrong_with_an_event_is_told_beside_it(said, code, minutes):
    [one] = read(event(**said)).entries
    assert code is None or code in marks(one)
    assert one.minutes == minutes
    with speaking("en"):
        assert all(sentence(mark, values) and "{" not in sentence(mark, values) for mark, values in one.marks)


@pytest.mark.parametrize(("start", "instant"), [
    ("DTSTART;TZID=America/La_Paz:20261005T090000", "2026-10-05T13:00:00+00:00"),
    ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261005T090000", "2026-10-05T07:00:00+00:00"),
    ('DTSTART;TZID="SA Western Standard Time":20261005T090000', "2026-10-05T13:00:00+00:00"),
    ("DTSTART;TZID=Casa:20261005T090000", "2026-10-05T12:00:00+00:00"),
    ("DTSTART:20261005T090000", "2026-10-05T14:00:00+00:00"),
    ("DTSTART:2026-10-05T09:00:00-04:00", "2026-10-05T13:00:00+00:00")])
def test_clocks_are_those_of_the_zone_that_is_said_however_it_is_called(start, instant):
    own = "BEGIN:VTIMEZONE\nTZID:Casa\nBEGIN:STANDARD\nTZOFFSETFROM:-0200\nTZOFFSETTO:-0300\nEND:STANDARD\nEND:VTIMEZONE"
    [one] = read(event(start=start, end=""), head=own).entries
    assert one.starts == instant


def test_no_event_is_left_out_where_lines_and_ends_are_wrong():
    found = read(event("DESCRIPTION:Primera línea", "Nota: traer lápiz", "y papel", "BEGIN:VALARM", "DESCRIPTION:alarma",
                       "END:VALARM", uid="UID:1"),
                 event(title="Sin fin", uid="UID:2").removesuffix("END:VEVENT").strip(),
                 event(title="Café: con leche", uid="UID:3"), event("STATUS:CANCELLED", title="No va", uid="UID:4"),
                 event(title="¿Cuándo?", start="DTSTART:mañana", uid="UID:5"), event(title="Nunca", start="", uid="UID:6"))
    told = {one.title: marks(one) for one in found.entries}
    assert told == {"Feria": ["bad_folding"], "Sin fin": ["not_ended"], "Café: con leche": [], "No va": ["cancelled"]}
    first = next(one for one in found.entries if one.title == "Feria")
    assert first.aim == "Primera línea\nNota: traer lápiz\ny papel"
    assert [one.title for one in found.entries if not one.ticked] == ["No va"]
    assert [(title, code) for title, code, _values in found.faults] == [("¿Cuándo?", "bad_start"), ("Nunca", "no_start")]
    assert found.events == 6


def test_events_with_one_uid_stay_several_and_are_known_again():
    several = [event(title=title, start=f"DTSTART:202610{day}T140000Z", end="") for title, day in (
        ("Uno", "05"), ("Dos", "05"), ("Dos", "06"))]
    found = read(*several).entries
    assert len({one.uid for one in found}) == 3 and all("repeated_uid" in marks(one) for one in found)
    again = read(*reversed(several)).entries
    assert {one.uid: one.title for one in again} == {one.uid: one.title for one in found}


def starts(found) -> list[str]:
    return [f"{datetime.fromisoformat(one.starts):%d %H}" for one in found.entries]


@pytest.mark.parametrize(("rule", "expected"), [
    ("FREQ=DAILY", ["05 14", "06 14", "07 14"]), ("FREQ=DAILY;COUNT=2", []), ("FREQ=WEEKLY;BYDAY=TU,WE", ["06 14", "07 14"]),
    ("FREQ=DAILY;UNTIL=20261006T235959Z", ["05 14", "06 14"]), ("FREQ=MONTHLY;BYDAY=1TU", ["06 14"]),
    ("FREQ=WEEKLY;INTERVAL=2", []), ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=-25", ["07 14"]), ("FREQ=DAILY;COUNT=8", ["05 14"])])
def test_what_is_repeated_stands_on_the_days_of_the_workshop(rule, expected):
    found = read(event(f"RRULE:{rule}", start="DTSTART:20260928T140000Z", end="DURATION:PT1H"))
    if expected:
        assert starts(found) == expected and {*map(str, (marks(one) for one in found.entries))} == {"['repeats']"}
    else:
        assert starts(found) == ["28 14"] and marks(found.entries[0]) == ["repeats_elsewhere"]


def test_a_time_that_was_moved_or_taken_out_is_not_there_twice():
    found = read(event("RRULE:FREQ=DAILY", "EXDATE:20261005T140000Z"),
                 event("RECURRENCE-ID:20261006T140000Z", title="Más tarde", start="DTSTART:20261006T160000Z", end=""))
    assert [(one.title, *starts(found)[i:i + 1]) for i, one in enumerate(found.entries)] == [
        ("Más tarde", "06 16"), ("Feria", "07 14")]
    assert "moved_one" in marks(found.entries[0])


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=XX", "nonsense",
                                  "FREQ=DAILY;COUNT=1000000;INTERVAL=0"])
def test_a_rule_that_is_not_read_gives_the_first_time_and_tells(rule):
    found = read(event(f"RRULE:{rule}"))
    assert starts(found) == ["05 14"] and marks(found.entries[0]) == ["repeats_unread"]


def test_clocks_that_change_between_two_times_keep_the_hour():
    found = read(event("RRULE:FREQ=DAILY", start="DTSTART;TZID=Europe/Paris:20261024T090000", end=""), zone="Europe/Paris",
                 days=["2026-10-24", "2026-10-25", "2026-10-26"])
    assert starts(found) == ["24 07", "25 08", "26 08"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding):
    text = "\r\n".join(["BEGIN:VCALENDAR", event(title="Reunión de la mañana").replace("\n", "\r\n"), "END:VCALENDAR"])
    assert schedules.read(text.encode(encoding), "America/Lima", DAYS).entries[0].title == "Reunión de la mañana"


@pytest.mark.parametrize("data", [b"", b"hola", b"\x89PNG\r\n\x1a\n\0\0", b"[1, 2]", b'{"a": 1}', b"<html></html>"])
def test_what_is_no_programme_is_told(data):
    assert [code for _event, code, _values in schedules.read(data, "America/Lima", DAYS).faults] == ["not_a_schedule"]


def test_a_calendar_without_events_says_so():
    assert [fault[1] for fault in read().faults] == ["no_events"]


def test_the_real_broken_calendar_gives_every_event():
    expected = json.loads(real("schedules", "expected.json").read_text())["moca2024-repeated-uids.ics"]
    found = schedules.read(real("schedules", "moca2024-repeated-uids.ics").read_bytes(), "Europe/Rome", DAYS)
    assert len(found.entries) == found.events == expected["events"]
    assert len({one.uid for one in found.entries}) == expected["events"]
    assert len({one.uid.split("/")[0] for one in found.entries}) == expected["distinct_uids"]
    assert found.rooms == expected["locations"]
    moments = sorted(datetime.fromisoformat(one.starts) for one in found.entries)
    assert [f"{at:%Y%m%dT%H%M%SZ}" for at in (moments[0], moments[-1])] == [expected["first_start"], expected["last_start"]]
    assert ("", "long_lines", {"n": expected["lines_over_75_bytes"]}) in found.faults
    assert [fault[1] for fault in found.faults] == ["zone_misplaced", "long_lines"]
