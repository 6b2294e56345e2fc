"""The way into a workshop: locked, with another code, with another address of the wall, and how many come at once."""
from pathlib import Path

import pytest

from tests.support.cast import facilitator, ok
from workshop.domain.limits import SEATS_AT_ONCE
from workshop.store.models import History, Seat, Workshop

JSON = {"X-Workshop": "1"}
BEGIN = 1000.0  # seconds of the clock by which arrivals are counted


@pytest.fixture
def do(app, meeting):
    """Elena does something to the way in."""
    elena = facilitator(app, meeting)
    return lambda verb, **payload: elena.do(verb, {"workshop": meeting["workshop"], **payload}, seat=None)


@pytest.fixture
def at(app):
    """Sets the clock by which arrivals are counted: at(seconds)."""
    crowds, now = app.extensions["house"].performer.arrivals.crowds, [BEGIN]
    crowds.monotonic = lambda: now[0]
    return lambda seconds: now.__setitem__(0, BEGIN + seconds)


@pytest.fixture
def come(app, meeting):
    """Somebody comes from an address with new people, each time with another browser: their answer."""
    def join(people: int, address: str = "203.0.113.7", code: str = ""):
        asked = {"code": code or meeting["code"], "room": 1,
                 "seats": [{"name": f"Persona {i}", "channel": "hall"} for i in range(people)]}
        return app.test_client().post("/api/join", json=asked, headers=JSON,
                                      environ_base={"REMOTE_ADDR": address}).get_json()
    return join


def row(app, meeting) -> Workshop:
    with app.extensions["house"].store.read() as session:
        return session.get(Workshop, meeting["workshop"])


def test_nobody_new_comes_through_a_locked_door_and_who_was_there_comes_back(app, meeting, phone, do):
    rosa = phone()
    own = ok(rosa.join(meeting["code"], "Rosa"))["seats"][0]["code"]
    ok(do("workshop.lock"))
    assert phone().join(meeting["code"], "Nueva")["code"] == "door_locked"
    assert rosa.join(meeting["code"], "Su hermana")["code"] == "door_locked", "not on a phone that is known either"
    assert rosa.http.get("/api/me").get_json()["seats"][0]["name"] == "Rosa"
    assert rosa.http.get(f"/j/{meeting['code']}").location.endswith("/r/1")
    other = phone()
    token = other.http.get("/").get_data(as_text=True).split('name="token" value="')[1].split('"')[0]
    other.http.post("/", data={"token": token, "code": own})
    assert other.http.get("/api/me").status_code == 200
    ok(do("workshop.lock", on=False))
    assert phone().join(meeting["code"], "Nueva")["ok"]


def test_the_facilitator_seats_somebody_who_telephones_while_the_door_is_locked(app, meeting, do):
    ok(do("workshop.lock"))
    assert ok(facilitator(app, meeting).join(meeting["code"], "Doña Justa", channel="phone"))


def test_an_old_code_stops_at_once_and_who_is_in_stays_in(app, meeting, phone, do):
    rosa, old = phone(), meeting["code"]
    ok(rosa.join(old, "Rosa"))
    ok(do("workshop.code"))
    new = row(app, meeting).code
    assert new != old and len(new) == 6
    assert phone().join(old, "Nueva")["code"] == "wrong_code" and phone().join(new, "Nueva")["ok"]
    assert rosa.http.get("/api/me").status_code == 200
    assert rosa.join(new, "Luz")["ok"]


def test_the_old_address_of_the_wall_shows_and_tells_nothing_more(app, meeting, do):
    wall, old = app.test_client(), meeting["screen"]
    assert wall.get(f"/s/{old}").status_code == 200
    ok(do("workshop.wall"))
    new = row(app, meeting).screen_key
    assert new != old and len(new) >= 43
    for path in (f"/s/{old}", f"/s/{old}/qr.svg", f"/api/changes?stream={meeting['workshop']}&screen={old}"):
        assert wall.get(path).status_code == 404, path
    assert "ya no es la de la pared" in wall.get(f"/s/{old}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert wall.get(f"/s/{new}").status_code == 200


def test_neither_codes_nor_keys_stand_in_the_record_of_what_was_done(app, meeting, do):
    for verb in ("lock", "code", "wall", "expect"):
        ok(do(f"workshop.{verb}", **({"people": 40} if verb == "expect" else {})))
    with app.extensions["house"].store.read() as session:
        told = session.query(History).filter(History.verb.startswith("workshop.")).order_by(History.id).all()
    assert [(one.verb, one.account_id) for one in told] == [(f"workshop.{verb}", meeting["owner"])
                                                            for verb in ("lock", "code", "wall", "expect")]
    said = str([(one.before, one.after) for one in told])
    assert row(app, meeting).code not in said and row(app, meeting).screen_key not in said


def test_ninety_phones_with_three_people_each_come_from_one_address_in_the_same_second(meeting, at, come):
    at(0)
    assert [come(3)["ok"] for _ in range(90)] == [True] * 90


def test_a_thousand_voices_are_not_made_from_one_address_in_seconds_and_other_places_do_not_wait(app, meeting, at, come):
    made, refused = 0, 0
    for i in range(80):  # 960 in 6.5 s
        at(6.5 * i / 80)
        answer = come(12)
        made += 12 * answer["ok"]
        refused += answer.get("code") == "too_many_at_once"
    assert SEATS_AT_ONCE - 12 < made <= SEATS_AT_ONCE + 6 and refused == 80 - made // 12
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == made
    assert come(3, "198.51.100.4")["ok"], "another place"
    at(60)
    assert come(12)["ok"] and app.extensions["house"].performer.arrivals.crowds.last_minute(meeting["workshop"]) == {
        "came": made + 12 if made else 0, "refused": 12 * refused}
    at(6.6 + 61)
    assert "refused" not in app.extensions["house"].performer.arrivals.crowds.last_minute(meeting["workshop"])


def test_who_is_refused_because_too_many_came_is_told_how_long_to_wait_and_then_gets_in(meeting, at, come):
    at(0)
    while come(12)["ok"]:
        pass
    answer = come(12)
    assert answer["code"] == "too_many_at_once" and 0 < answer["values"]["seconds"] <= 12
    at(answer["values"]["seconds"])
    assert come(12)["ok"]


def test_an_address_of_the_new_kind_is_one_place_however_often_it_changes(meeting, at, come):
    at(0)
    said = [come(12, f"2001:db8:1:2::{i:x}")["ok"] for i in range(1, 40)]
    assert sum(said) == SEATS_AT_ONCE // 12 and come(12, "2001:db8:1:3::1")["ok"]


def test_how_many_are_expected_widens_or_narrows_what_may_come_at_once(app, meeting, at, come, do):
    at(0)
    ok(do("workshop.expect", people=20))
    assert sum(come(3)["ok"] for _ in range(15)) == 10, "twenty, and half as many again"
    ok(do("workshop.expect", people=600))
    assert come(12)["ok"], "at once"
    ok(do("workshop.expect", people=None))
    assert row(app, meeting).expected is None
    assert do("workshop.expect", people=0)["code"] == do("workshop.expect", people=10**9)["code"] == "bad_payload"


def test_who_was_refused_for_another_reason_or_sends_the_form_again_takes_nobodys_place(app, meeting, at, come):
    at(0)
    crowds = app.extensions["house"].performer.arrivals.crowds
    assert come(12, code="XXXXXX")["code"] == "wrong_code"
    arrivals, once = app.extensions["house"].performer.arrivals, "a-form-that-is-sent-twice"
    for _ in range(3):
        arrivals.join(None, meeting["code"], [{"name": "Rosa", "channel": "hall"}], once=once, address="203.0.113.7")
    assert crowds.seats.level(f"{meeting['workshop']} 203.0.113.7", BEGIN) == SEATS_AT_ONCE - 1


def test_seats_keep_a_mark_of_their_address_for_two_hours_and_never_the_address(app, meeting, come):
    from datetime import timedelta
    house = app.extensions["house"]
    come(1), come(1), come(1, "198.51.100.4")
    with house.store.read() as session:
        marks = sorted(seat.came_from for seat in session.query(Seat))
    assert len(set(marks)) == 2 and all(len(mark) == 16 for mark in marks)
    assert b"203.0.113" not in b"".join(path.read_bytes() for path in Path(house.config.data).glob("tinkuy.sqlite*"))
    house.performer.arrivals.forget()
    with house.store.read() as session:
        assert all(seat.came_from for seat in session.query(Seat))
    now = house.clock()
    house.performer.arrivals.clock = lambda: now + timedelta(hours=2, minutes=1)
    house.performer.arrivals.forget()
    with house.store.read() as session:
        assert not any(seat.came_from for seat in session.query(Seat))


def test_a_phone_without_an_address_is_no_crowd(app, meeting):
    arrivals = app.extensions["house"].performer.arrivals
    for _ in range(40):
        arrivals.join(None, meeting["code"], [{"name": f"P{i}", "channel": "hall"} for i in range(12)])
    assert arrivals.crowds.last_minute(meeting["workshop"]) == {}
