"""Codes as people give them, in the field and in the address."""
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support.real import real
from workshop.domain.limits import CODE_FAILURES, CODE_FAILURES_ALL, CODE_WAITING
from workshop.pages.input import code_limiter
from workshop.store.models import Seat, Workshop

FORMS = ["{c}", "{l}", "{a}-{b}", "{a} {b}", "{w}", "http://HOST/j/{c}", "código {c}", "/j/{c}/", "https://tinkuy.pe/j/{l}?x=1",
         "«{a}-{b}».", "Código:\n{a} {b}", "J/{c}"]


def forms(code: str) -> list[str]:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    return [form.format(c=code, l=code.lower(), a=code[:3], b=code[3:], w=wide) for form in FORMS]


@pytest.mark.parametrize("i", range(len(FORMS)))
def test_every_form_leads_to_the_workshop_from_the_field_and_from_the_address(app, meeting, i):
    typed, rosa = forms(meeting["code"])[i], Browser(app)
    rosa.open("/")
    rosa.send("/", code=typed)
    assert rosa.path == f"/j/{meeting['code']}", typed
    for address in (f"/j/{quote(typed.strip('/'))}", f"/j/{quote(typed)}", f"/J/{quote(typed.strip('/'), safe='')}"):
        luz = Browser(app)
        luz.open(address.replace("%0A", "%20"))  # no address holds a new line
        assert (luz.path, luz.status) == (f"/j/{meeting['code']}", 200), address


def test_the_forms_that_were_found_lead_there_with_the_code_that_stands_in_them(app, meeting):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).code = "989JP5"
    for line in (real("found") / "t23-codes.txt").read_text(encoding="utf-8").splitlines():
        for typed in (part.partition(" (")[0].removesuffix(" with a slash at the end") for part in line.split(" / ")):
            rosa = Browser(app)
            rosa.open("/")
            rosa.send("/", code=typed)
            assert rosa.path == "/j/989JP5", typed


def test_the_room_and_the_row_of_a_pasted_address_are_kept(app, meeting):
    rosa = Browser(app)
    rosa.open("/")
    rosa.send("/", code=f"http://HOST/j/{meeting['code']}?r=2&row=Cr%C3%A9dito")
    assert "Sala 2" in rosa.page and 'name="row" value="Crédito"' in rosa.page


@pytest.mark.parametrize("form", ["{}", "mi código es {}", "{}.", "«{}»"])
def test_the_code_for_coming_back_is_taken_in_the_same_forms(app, meeting, form):
    joined(app, meeting, "Rosa")
    with app.extensions["house"].store.read() as session:
        own = session.query(Seat).one().reentry_code
    other = Browser(app)
    other.open("/")
    other.send("/", code=form.format(f"{own[:4].lower()}-{own[4:]}"))
    assert other.path.endswith("/r/1")


def test_the_address_of_the_wall_leads_to_it_from_the_field(app, meeting):
    wall = Browser(app)
    wall.open("/")
    wall.send("/", code=f"  http://HOST/s/{meeting['screen']}/ ")
    assert wall.path == f"/s/{meeting['screen']}" and wall.status == 200


@pytest.fixture
def pauses(app, monkeypatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr(app.extensions["house"].live.socketio, "sleep", lambda seconds: seconds and slept.append(seconds))
    monkeypatch.setattr(code_limiter, "time", SimpleNamespace(monotonic=lambda: 5.0))  # as if all came at once
    return slept


def guess(app, code: str, address: str) -> str:
    asked = {"code": code, "room": 1, "seats": [{"name": "Persona", "channel": "hall"}]}
    return app.test_client().post("/api/join", json=asked, headers={"X-Workshop": "1"},
                                  environ_base={"REMOTE_ADDR": address}).get_json().get("code", "in")


def test_who_guesses_from_many_addresses_waits_too_and_a_hall_that_is_in_does_not(app, meeting, pauses):
    assert guess(app, meeting["code"], "203.0.113.7") == "in"
    said = [guess(app, "XXXXX2", f"198.51.100.{i % 50}") for i in range(CODE_FAILURES_ALL + 20)]
    assert said.count("wrong_code") == CODE_FAILURES_ALL and said[-1] == "slow_down" and pauses
    before = len(pauses)
    assert guess(app, meeting["code"], "203.0.113.7") == "in" and len(pauses) == before, "the hall"
    assert guess(app, meeting["code"], "192.0.2.1") == "in" and len(pauses) == before + 1, "somebody far away, after a while"


def test_a_thousand_guesses_side_by_side_do_not_wait_side_by_side(app, meeting, pauses):
    house = app.extensions["house"]
    for _ in range(CODE_FAILURES):
        guess(app, "XXXXX2", "198.51.100.1")
    house.guessing["198.51.100.1"] = CODE_WAITING
    assert guess(app, meeting["code"], "198.51.100.1") == "slow_down", "not even looked up"
    assert guess(app, meeting["code"], "203.0.113.7") == "in"


def test_where_the_desk_is_open_the_hall_comes_in_while_somebody_guesses_there(app, meeting, elena, pauses):
    elena.open(f"/w/{meeting['workshop']}/desk")
    for _ in range(CODE_FAILURES + 5):
        guess(app, "XXXXX2", "127.0.0.1")
    app.extensions["house"].guessing["127.0.0.1"], before = CODE_WAITING, len(pauses)
    assert guess(app, meeting["code"], "127.0.0.1") == "in" and len(pauses) == before


def test_a_text_with_several_readings_counts_as_several_guesses(app, meeting, pauses):
    for _ in range(CODE_FAILURES // 3 + 1):
        guess(app, "abc 234 def 567 ghj", "198.51.100.1")
    assert guess(app, "XXXXX2", "198.51.100.1") == "slow_down"
