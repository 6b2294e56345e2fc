"""A group asks for help with a tap, sees that it was seen and by whom, and what was asked stays in the record."""
import pytest

from tests.support.cast import ok
from workshop.store.models import History


@pytest.fixture
def asked(meeting, phone):
    """Rosa and Julio in room 1, where Rosa has asked; Ana in room 2."""
    rosa, julio, ana = phone(), phone(), phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(julio.join(meeting["code"], "Julio"))
    ok(ana.join(meeting["code"], "Ana", room=2))
    help_ = ok(rosa.do("help.ask", {"room": meeting["rooms"][0], "text": " ¿Una idea o varias? "}))["card"]["id"]
    return rosa, julio, ana, help_


def card(phone, room: str, key: str) -> dict:
    return phone.catch_up(room).get(key, {})


def test_the_team_sees_who_asks_and_what_and_the_group_sees_only_that(meeting, asked, elena):
    _rosa, julio, ana, key = asked
    room = meeting["rooms"][0]
    shown = card(elena, room, key)
    assert (shown["kind"], shown["name"], shown["text"]) == ("help", "Rosa", "¿Una idea o varias?")
    theirs = card(julio, room, key)
    assert theirs["kind"] == "help" and "text" not in theirs and "name" not in theirs
    assert key not in str(ana.http.get("/api/changes", query_string={"stream": meeting["workshop"]}).get_json())


def test_the_group_is_told_who_comes_and_of_two_who_press_the_first_counts(app, meeting, asked, elena):
    _rosa, julio, _ana, key = asked
    room = meeting["rooms"][0]
    ok(elena.do("help.seen", {"room": room, "help": key}, None))
    ok(elena.do("help.seen", {"room": room, "help": key}, None))
    assert card(julio, room, key)["seen"]["by"] == "Elena Quispe"
    with app.extensions["house"].store.read() as session:
        assert [one.verb for one in session.query(History).order_by(History.id) if one.verb.startswith("help")] == [
            "help.ask", "help.seen"]
    ok(elena.do("help.done", {"room": room, "help": key}, None))
    assert "gone" in card(julio, room, key) or not card(julio, room, key)


def test_asked_twice_is_asked_once_and_whoever_asked_may_say_that_it_is_settled(meeting, asked):
    rosa, julio, _ana, key = asked
    room = meeting["rooms"][0]
    assert ok(julio.do("help.ask", {"room": room}))["card"]["id"] == key
    assert julio.do("help.done", {"room": room, "help": key})["code"] == "not_yours"
    ok(rosa.do("help.done", {"room": room, "help": key}))
    assert ok(julio.do("help.ask", {"room": room}))["card"]["id"] != key


def test_help_is_asked_where_one_is_also_in_a_pause_and_is_bounded(meeting, asked, elena):
    _rosa, _julio, ana, key = asked
    here, there = meeting["rooms"][:2]
    assert ana.do("help.ask", {"room": here})["code"] == "not_here"
    assert ana.do("help.ask", {"room": there, "text": "x" * 201})["code"] == "too_long"
    ok(elena.do("room.pause", {"room": there}, None))
    ok(ana.do("help.ask", {"room": there}))
    assert elena.do("help.seen", {"room": there, "help": key}, None)["code"] == "not_here"
    ok(elena.do("workshop.close", {"workshop": meeting["workshop"]}, None))
    assert ana.do("help.ask", {"room": there})["code"] == "workshop_closed"
