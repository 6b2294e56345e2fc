"""The programme goes out: to calendars that follow it, as schedule.json, on paper; private notes stay."""
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import icalendar
import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support.cast import facilitator, ok
from workshop.intake import schedules
from workshop.store.models import Block, Workshop

AIM = "Mirar, escuchar; y callar:\n" + "ñandú 🦙 \\ " * 30
START = datetime(2026, 10, 5, 14, tzinfo=UTC)


@pytest.fixture
def elena(app, meeting) -> Browser:
    browser = Browser(app)
    browser.http = facilitator(app, meeting).http
    return browser


@pytest.fixture(autouse=True)
def programme(app, meeting):
    """Three blocks, one of them put aside; one passes midnight."""
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).days = ["2026-10-05"]
        for position, (title, starts, more) in enumerate((
                ("Feria, y más", START, {"kind": "gallery", "aim": AIM.strip(), "leader": "Rosa; Julio",
                                         "call": "https://meet.jit.si/feria", "notes": "SECRETO", "materials": "papel"}),
                ("Vigilia", START.replace(day=6, hour=4), {}), ("Fuera", START, {"dropped_at": START}))):
            session.add(Block(workshop_id=meeting["workshop"], day="2026-10-05", position=position, title=title,
                              starts_at=starts, minutes=90, **{"kind": "plenary"} | more))


def calendar(browser, meeting, **query):
    return browser.http.get(f"/w/{meeting['workshop']}/programme.ics", query_string=query)


def address(elena, meeting) -> str:
    """Elena makes the address; where the page shows it."""
    path = f"/w/{meeting['workshop']}/programme/print"
    elena.open(path)
    elena.send(f"/w/{meeting['workshop']}/programme/calendar", "programme/calendar")
    said = urlsplit(unescape(elena.page.split('id="address" readonly value="')[1].split('"')[0]))
    return f"{said.path}?{said.query}"


def test_members_get_the_calendar_strangers_only_with_its_key_which_can_be_renewed(app, meeting, elena):
    stranger, rosa = Browser(app), joined(app, meeting)
    assert calendar(rosa, meeting).status_code == calendar(elena, meeting).status_code == 200
    assert calendar(stranger, meeting).status_code == calendar(stranger, meeting, key="None").status_code == 404
    assert calendar(stranger, meeting, key="").status_code == 404
    first = address(elena, meeting)
    answer = stranger.http.get(first)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    again = stranger.http.get(first, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    rosa.open(f"/w/{meeting['workshop']}/programme/print")
    assert unescape(rosa.page).count(first) == 1 and "programme/calendar" not in rosa.page
    second = address(elena, meeting)
    assert second != first and stranger.http.get(first).status_code == 404 and stranger.http.get(second).status_code == 200


def test_the_calendar_is_what_the_standard_says_and_holds_nothing_private(app, meeting, elena):
    said = calendar(elena, meeting).data
    assert said.endswith(b"END:VCALENDAR\r\n") and b"SECRETO" not in said and b"papel" not in said
    assert all(len(line) <= 75 for line in said.split(b"\r\n")) and b"\n" not in said.replace(b"\r\n", b"")
    assert said.count(b"STATUS:CANCELLED") == 1 and said.count(b"BEGIN:VEVENT") == 3
    whole = icalendar.Calendar.from_ical(said)
    events = {str(one["SUMMARY"]): one for one in whole.walk("VEVENT")}
    assert not whole.errors and not any(one.errors for one in events.values())
    feria = events["Feria, y más"]
    assert feria.decoded("DTSTART") == START and feria.decoded("DTEND") - START == timedelta(minutes=90)
    assert str(feria["DESCRIPTION"]) == AIM.strip() and str(feria["CONTACT"]) == "Rosa; Julio"
    assert str(feria["LOCATION"]) == "https://meet.jit.si/feria"
    assert str(whole["NAME"]) == "Segundo encuentro andino Perú-Bolivia"


def test_what_goes_out_comes_in_again_as_it_was_and_doubles_nothing(app, meeting, elena):
    for path in ("programme.ics", "programme.json"):
        said = elena.http.get(f"/w/{meeting['workshop']}/{path}").data
        found = schedules.read(said, "America/Lima", ["2026-10-05"])
        assert found.faults == []
        kept = [one for one in found.entries if one.title != "Fuera"]
        assert [(one.title, one.minutes, one.leader, one.aim, one.call, one.day) for one in kept] == [
            ("Feria, y más", 90, "Rosa; Julio", AIM.strip(), "https://meet.jit.si/feria", "2026-10-05"),
            ("Vigilia", 90, "", "", "", "2026-10-05")], path
        assert [one.starts for one in kept] == ["2026-10-05T14:00:00+00:00", "2026-10-06T04:00:00+00:00"]
        blocks = [{"day": one.day, "at": one.starts, "minutes": one.minutes, "title": one.title, "uid": one.uid}
                  for one in kept]
        answer = ok(facilitator(app, meeting).do(
            "programme.bring", {"workshop": meeting["workshop"], "blocks": blocks}, None))
        assert (answer["added"], answer["changed"]) == (0, 0)


def test_a_change_of_the_programme_is_a_new_revision_of_its_events_which_keep_their_uids(app, meeting, elena):
    def told(name: bytes) -> list[bytes]:
        return sorted({line for line in calendar(elena, meeting).data.split(b"\r\n") if line.startswith(name)})
    uids, before = told(b"UID:"), told(b"SEQUENCE:")
    ok(facilitator(app, meeting).do("programme.bring", {"workshop": meeting["workshop"], "blocks": [
        {"day": "2026-10-05", "at": "12:00", "minutes": 30, "title": "Nuevo"}]}, None))
    assert set(uids) < set(told(b"UID:")) and (before, told(b"SEQUENCE:")) == ([b"SEQUENCE:0"], [b"SEQUENCE:1"])


def test_a_participant_finds_it_from_the_lobby(app, meeting):
    rosa = joined(app, meeting)
    rosa.open(f"/w/{meeting['workshop']}")
    assert f'href="/w/{meeting["workshop"]}/programme/print"' in rosa.page


def test_on_paper_are_both_clocks_and_who_leads_and_private_notes_only_for_who_leads_and_asks(app, meeting, elena):
    path = f"/w/{meeting['workshop']}/programme/print"
    rosa = joined(app, meeting)
    for query in ("", "?notes", "?notes&large"):
        page = rosa.open(path + query)
        assert "SECRETO" not in page and "papel" not in page and "Fuera" not in page
    assert "SECRETO" not in elena.open(path)
    page = elena.open(path + "?notes")
    assert "SECRETO" in page and "papel" in page
    assert "09:00" in page and "10:00" in page and "Rosa; Julio" in page and "lunes 5 de octubre de 2026" in page
    assert "+1" in page, "what stands under a day and begins after midnight says so"
    assert 'class="paper large-type"' in elena.open(path + "?large")
