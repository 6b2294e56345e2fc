"""At the door: codes, names, and who is sent away."""
import pytest

from tests.support.cast import Phone, activities, facilitator
from workshop.domain.limits import CODE_FAILURES, CODE_PAUSE
from workshop.store.models import Seat, Workshop


@pytest.mark.parametrize("code", ["", "XXXXXX", "' OR 1=1 --", "\x00", "Ñ" * 39])
def test_a_wrong_code_lets_nobody_in(app, meeting, phone, code):
    stranger = phone()
    assert stranger.join(code, "Nadie")["code"] == "wrong_code"
    assert stranger.http.get("/api/me").status_code == 401
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == 0


def test_the_code_of_a_closed_workshop_says_so(app, meeting, phone):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).closed_at = app.extensions["house"].clock()
    assert phone().join(meeting["code"], "Rosa")["code"] == "workshop_closed"


def test_a_code_is_found_however_it_is_typed(meeting, phone):
    code = meeting["code"]
    assert phone().join(f" {code[:3].lower()}-{code[3:]} ", "Rosa")["ok"]


def test_many_wrong_codes_from_an_address_are_slowed_down_and_right_ones_always_taken(app, meeting, phone, monkeypatch):
    pauses = []
    monkeypatch.setattr(app.extensions["house"].live.socketio, "sleep", lambda seconds: seconds and pauses.append(seconds))
    assert all(phone().join(meeting["code"], f"Persona {i}")["ok"] for i in range(CODE_FAILURES + 5))
    answers = [phone().join("XXXXXX", "Nadie")["code"] for _ in range(CODE_FAILURES + 1)]
    assert answers == ["wrong_code"] * CODE_FAILURES + ["slow_down"] and pauses == [CODE_PAUSE]
    assert phone().join(meeting["code"], "Rosa")["ok"], "the hall has one address"


@pytest.mark.parametrize(("seats", "code"), [
    ([], "bad_payload"), ([{"name": "", "channel": "hall"}], "name_missing"), ([{"name": " \x00\n ", "channel": "hall"}],
                                                                               "name_missing"),
    ([{"name": "Rosa", "channel": "radio"}], "bad_channel"), ([{"name": 7}], "bad_payload"), ("Rosa", "bad_payload"),
    ([{"name": "Rosa", "channel": "hall", "delegation": "x" * 12}], "no_such_delegation"),
    ([{"name": "Rosa", "channel": "hall", "role": "facilitator"}], "bad_payload"),
    ([{"name": "Rosa", "channel": "hall"}] * 13, "bad_payload")])
def test_who_fills_the_form_wrongly_is_told_what_is_wrong(meeting, phone, seats, code):
    answer = phone().http.post("/api/join", headers={"X-Workshop": "1"}, json={"code": meeting["code"], "seats": seats})
    assert answer.get_json()["code"] == code


def test_names_are_kept_on_one_line_without_control_characters(app, meeting, phone):
    phone().join(meeting["code"], "  Rosa\x07 \n Quispe " + "é" * 68)
    with app.extensions["house"].store.read() as session:
        name = session.query(Seat).one().name
    assert name == "Rosa Quispe " + "é" * 68 and len(name) == 80
    longer = phone().join(meeting["code"], "Rosa Quispe " + "é" * 69)
    assert (longer["code"], longer["values"]) == ("too_long", {"limit": 80, "length": 81}), "nothing is cut without a word"


def test_a_removed_seat_reads_and_writes_nothing_more_and_what_it_wrote_stays(app, meeting, phone):
    rosa, julio = phone(), phone()
    rosa.join(meeting["code"], "Rosa"), julio.join(meeting["code"], "Don Julio")
    board = activities(app, meeting["rooms"][0])["ideas"]
    assert rosa.post(board, "Antes")["ok"]
    seat = rosa.place["seats"][0]["id"]
    assert facilitator(app, meeting).do("seat.remove", {"workshop": meeting["workshop"], "seats": [seat]}, seat=None)["ok"]
    assert rosa.post(board, "Después")["code"] == "not_your_seat"
    for stream in (meeting["rooms"][0], meeting["workshop"]):
        assert rosa.http.get("/api/changes", query_string={"stream": stream}).status_code == 404
    assert [c["body"]["text"] for c in julio.catch_up(meeting["rooms"][0]).values() if c["kind"] == "idea"] == ["Antes"]


def test_who_signed_out_is_nobody_even_with_the_old_cookie(app, meeting):
    elena = facilitator(app, meeting)
    old = elena.http.get_cookie("tinkuy").value
    assert elena.do("room.close", {"room": meeting["rooms"][0]}, seat=None)["ok"]
    elena.http.post("/logout", headers={"X-Workshop": "1"}, json={})
    thief = Phone(app.test_client(), client=elena.client, n=elena.n)
    thief.http.set_cookie("tinkuy", old)
    assert thief.http.get("/api/me").status_code == 401
    assert thief.do("room.open", {"room": meeting["rooms"][0]}, seat=None)["code"] == "who_are_you"


def test_a_participant_cannot_do_what_the_facilitator_does(app, meeting, phone):
    rosa, julio = phone(), phone()
    rosa.join(meeting["code"], "Rosa"), julio.join(meeting["code"], "Don Julio")
    room = meeting["rooms"][0]
    for verb, payload in (("room.close", {"room": room}), ("step.go", {"room": room, "step": 1}),
                          ("seat.remove", {"workshop": meeting["workshop"], "seats": [julio.place["seats"][0]["id"]]})):
        assert rosa.do(verb, payload)["code"] == "forbidden"
        assert rosa.do(verb, payload, seat=None)["code"] == "not_here"


def test_when_somebody_more_sits_down_at_a_phone_its_earlier_cookie_opens_nothing_of_theirs(app, meeting, phone):
    shared = phone()
    shared.join(meeting["code"], "Rosa")
    board = activities(app, meeting["rooms"][0])["ideas"]
    idea = {"activity": board, "id": "quinua-de-rosa", "body": {"text": "Quinua"}}
    assert shared.do("contribution.add", idea)["ok"]
    thief = app.test_client()
    thief.set_cookie("tinkuy", shared.http.get_cookie("tinkuy").value)
    assert [seat["name"] for seat in shared.join(meeting["code"], "Justina")["seats"]] == ["Justina"]
    assert [seat["name"] for seat in shared.http.get("/api/me").get_json()["seats"]] == ["Rosa", "Justina"]
    stolen = Phone(thief, "another-outbox-of-theirs", 0, shared.place)
    assert [seat["name"] for seat in thief.get("/api/me").get_json()["seats"]] == ["Rosa"]
    assert stolen.do("contribution.add", idea | {"id": "otra-idea"})["code"] == "not_your_seat"
    assert shared.do("contribution.add", idea | {"id": "papa-de-justina"})["card"]["name"] == "Justina"
    assert stolen.do("contribution.add", idea | {"id": "otra-idea"})["code"] == "who_are_you"
    assert thief.get("/api/me").status_code == 401
