"""Schedules of conferences are read, as JSON and as XML."""
import json
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.support.real import real
from workshop.intake import schedules

EVENT = {"guid": "g1", "date": "2026-10-05T09:00:00-05:00", "start": "09:00", "duration": "01:15", "room": "Sala 1",
         "title": "Feria", "subtitle": "de experiencias", "abstract": "<p>Mirar y <b>escuchar</b></p>",
         "persons": [{"public_name": "Rosa"}, {"name": "Julio"}], "links": [{"url": "https://meet.jit.si/feria"}]}


def as_json(*events, day="2026-10-05", **conference) -> bytes:
    rooms: dict = {}
    for one in events:
        rooms.setdefault(one.get("room", ""), []).append(one)
    days = [{"date": day, "rooms": rooms}]
    return json.dumps({"schedule": {"conference": {"title": "Encuentro", "days": days} | conference}}).encode()


def as_xml(*events, day="2026-10-05", head="<?xml version='1.0' encoding='utf-8'?>") -> bytes:
    parts = []
    for one in events:
        persons = "".join(f"<person>{p.get('public_name') or p.get('name')}</person>" for p in one.get("persons", ()))
        links = "".join(f"<link href='{link['url']}'>x</link>" for link in one.get("links", ()))
        texts = "".join(f"<{name}><![CDATA[{said}]]></{name}>" for name, said in one.items()
                        if name not in ("persons", "links", "guid"))
        parts.append(f"<room name='{one.get('room', '')}'><event guid='{one.get('guid', '')}' id='7'>{texts}"
                     f"<persons>{persons}</persons><links>{links}</links></event></room>")
    return (f"{head}<schedule><conference><title>Encuentro</title></conference><day date='{day}' index='1'>"
            f"{''.join(parts)}</day></schedule>").encode()


def read(data: bytes, zone="America/Lima"):
    return schedules.read(data, zone, ["2026-10-05"])


def marks(one) -> list[str]:
    return [code for code, _values in one.marks]


@pytest.mark.parametrize("write", [as_json, as_xml])
def test_an_event_has_what_the_file_says_of_it(write):
    found = read(write(EVENT))
    [one] = found.entries
    assert (found.title, found.events, found.rooms, found.faults) == ("Encuentro", 1, ["Sala 1"], [])
    assert (one.uid, one.title, one.day, one.starts, one.minutes, one.room, one.leader, one.call) == (
        "g1", "Feria", "2026-10-05", "2026-10-05T14:00:00+00:00", 75, "Sala 1", "Rosa, Julio", "https://meet.jit.si/feria")
    assert "de experiencias" in one.aim and "Mirar y escuchar" in one.aim and "<" not in one.aim
    assert one.marks == []


@pytest.mark.parametrize("write", [as_json, as_xml])
def test_what_is_missing_or_wrong_is_told_and_nothing_is_left_out(write):
    plain = {"guid": "g2", "title": "Sin hora propia", "start": "25:30", "duration": "", "room": "A"}
    found = read(write(EVENT | {"date": "2026-10-06T01:30:00-05:00", "duration": "26:00"}), "America/Lima")
    assert [(one.day, one.minutes, marks(one)) for one in found.entries] == [
        ("2026-10-05", 1440, ["past_midnight", "over_a_day"])]
    [one] = read(write(plain)).entries
    assert (one.day, one.starts, one.minutes) == ("2026-10-05", "2026-10-06T06:30:00+00:00", 30)
    assert {*marks(one)} == {"no_zone", "no_end", "past_midnight"}
    assert [fault[:2] for fault in read(write(plain | {"start": ""})).faults] == [("Sin hora propia", "no_start")]
    assert [code for _t, code, _v in read(write(plain | {"start": "tarde"})).faults] == ["bad_start"]
    twice = read(write(EVENT, EVENT | {"title": "Otra", "room": "B"})).entries
    assert len({one.uid for one in twice}) == 2 and all("repeated_uid" in marks(one) for one in twice)


def test_the_zone_of_the_conference_is_that_of_its_clocks():
    said = {"guid": "g", "title": "Feria", "start": "09:00", "duration": "00:30", "room": "A"}
    [one] = read(as_json(said, time_zone_name="America/La_Paz")).entries
    assert (one.starts, one.marks) == ("2026-10-05T13:00:00+00:00", [])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_whose_encoding_is_not_what_it_says_is_read(encoding):
    text = as_xml(EVENT | {"title": "Reunión de la mañana"}).decode()
    assert read(text.encode(encoding)).entries[0].title == "Reunión de la mañana"


def test_breaks_are_known_as_such():
    found = read(as_json(*(EVENT | {"guid": title, "title": title} for title in ("Almuerzo", "Pausa", "Coffee break",
                                                                              "Café mundial", "Break the ice")))).entries
    assert {one.title for one in found if one.kind == "break"} == {"Almuerzo", "Pausa", "Coffee break"}


@pytest.mark.parametrize("name", ["31c3.schedule.xml", "camp2019.schedule.json"])
def test_real_schedules_give_every_event(name):
    expected = json.loads(real("schedules", "expected.json").read_text())[name]
    found = read(real("schedules", name).read_bytes(), "Europe/Berlin")
    assert (found.title, found.events, found.rooms) == (expected["title"], expected["events"], expected["room_names"])
    assert len(found.entries) == len({one.uid for one in found.entries}) == expected["events"] and found.faults == []
    assert len({one.day for one in found.entries}) == expected["days"]
    assert sum(not one.leader for one in found.entries) == expected["events_without_person"]
    spans = sorted((one.room, one.starts, one.minutes) for one in found.entries)
    for (room, starts, minutes), (other, follows, _m) in pairwise(spans):
        if room == other:
            assert datetime.fromisoformat(starts) + timedelta(minutes=minutes) <= datetime.fromisoformat(follows)
