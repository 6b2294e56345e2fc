"""Programmes that are made to do harm: a fault within the bounds of the child, and the next one is read as ever."""
import json

import pytest

from workshop.intake.table import BYTES
from workshop.pages.schedules import child_tasks
from workshop.sandbox import TASKS, Pool

GOOD = (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Feria\nDTSTART;TZID=America/La_Paz:20261005T090000\n"
        b"END:VEVENT\nEND:VCALENDAR")
BOMB = ("<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]><schedule>&i;</schedule>")


def event(number: int, *lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{number}", "SUMMARY:x", "DTSTART:20200105T090000Z", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    return "\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR"]).encode()


@pytest.fixture(scope="module")
def pool():
    pool = Pool(TASKS, children=1)
    yield pool
    pool.close()


def read(pool, data: bytes):
    return child_tasks.read(pool, "somebody", data, "America/Lima", ["2026-10-05", "2026-10-06"])


@pytest.mark.parametrize(("data", "code"), [
    (b"x" * (BYTES + 1), "too_many_bytes"), (BOMB.encode(), "xml_type"),
    (b"<a>" * 200_000, "schedule_too_big"), (b"<schedule><day date='2026-10-05'>", "schedule_broken"),
    (b"<schedule>" + b"<a/>" * 300_000 + b"</schedule>", "schedule_too_big"),
    (b'{"schedule":' + b"[" * 500_000, "schedule_broken"), (b'{"schedule": {"conference": {"days": [}', "json_broken"),
    (b'{"schedule": {"conference": {"days": [1, null, [], {"rooms": 7}, {"rooms": {"a": [1, null]}}]}}}', "no_start"),
    (b"<svg xmlns='x'/>", "not_a_schedule"), (calendar(event(1, "RRULE:FREQ=SECONDLY;COUNT=1000000")), None),
    (calendar(*(event(n, "RRULE:FREQ=DAILY;COUNT=1000000") for n in range(3000))), "too_many_events"),
    (calendar(*(event(n, "RRULE:FREQ=DAILY") for n in range(20_000))), "too_many_events"),
    (calendar(event(1, "RDATE:" + ",".join(["20261005T090000Z"] * 200_000))), None),
    (calendar(event(1, "EXDATE:" + "9" * 1_000_000, "DURATION:P" + "9" * 100_000 + "D")), None),
    (calendar("BEGIN:VEVENT\n" * 250_000), "too_many_events"), (b"BEGIN:VCALENDAR\n" + b" \n" * 1_500_000, "no_events"),
    (calendar(event(1, "SUMMARY" + ';A="' * 200_000)), None), (calendar(event(1, "DESCRIPTION:" + "a\n" * 400_000)), None),
    (b"\xff\xfe" + b"BEGIN:VCALENDAR\x00\xd8" * 1000, "not_a_schedule")])
def test_it_is_bounded_and_told_and_the_next_one_is_read(pool, data, code):
    found = read(pool, data)
    assert code is None or code in {fault[1] for fault in found.faults}
    assert len(found.entries) <= 600 and "schedule_too_hard" not in {fault[1] for fault in found.faults}
    assert [one.starts for one in read(pool, GOOD).entries] == ["2026-10-05T13:00:00+00:00"]


def test_texts_are_cleaned_and_cut_and_what_leads_elsewhere_is_no_call(pool):
    evil = {"guid": "x" * 5000, "title": "\u202eabc\0" + "y" * 5000, "date": "2026-10-05T09:00:00Z", "duration": "99999:99",
            "abstract": "<script>alert(1)</script>" + "z" * 100_000, "persons": [{"public_name": "p" * 50}] * 1000,
            "links": [{"url": "javascript:alert(1)"}, {"url": "https://zoom.us/" + "a" * 5000}]}
    said = json.dumps({"schedule": {"conference": {"days": [{"rooms": {"r" * 5000: [evil]}}]}}})
    [one] = read(pool, said.encode()).entries
    assert len(one.uid) <= 255 and len(one.title) <= 200 and len(one.leader) <= 80 and len(one.aim) <= 4000
    assert "\u202e" not in one.title and "\0" not in one.title and one.call == "" and len(one.room) <= 200


def test_a_child_that_answers_nonsense_is_not_believed():
    good = {"title": "", "entries": [], "faults": [], "events": 0, "more": 0, "rooms": []}
    entry = {"uid": "a", "title": "b", "day": "2026-10-05", "starts": "2026-10-05T09:00:00+00:00", "minutes": 1}
    assert child_tasks._checked(good | {"entries": [entry]}, []).entries[0].title == "b"
    for wrong in ({"day": "soon"}, {"starts": "2026-10-05T09:00:00"}, {"marks": [["no_mark", {}]]}, {"minutes": "many"}):
        with pytest.raises(ValueError):
            child_tasks._checked(good | {"entries": [entry | wrong]}, [])
