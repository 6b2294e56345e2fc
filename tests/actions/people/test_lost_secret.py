"""Somebody is added to a shared phone and the answer, with the new cookie, is lost on the line: nobody is thrown off."""
import pytest

from tests.support.cast import activities
from workshop.store.identity import identify, identify_many, look_up
from workshop.store.models import Account, Device, Seat

FORM = "a-form-of-its-own-1234"


@pytest.fixture
def house(app):
    return app.extensions["house"]


def come(house, meeting, name: str, secret: str | None = None, once: str = ""):
    return house.performer.arrivals.join(secret, meeting["code"], [{"name": name, "channel": "hall"}], 1, once=once)[0]


@pytest.fixture
def shared(house, meeting):
    """(Rosa's coming in, Julio's on the same phone)."""
    rosa = come(house, meeting, "Rosa")
    return rosa, come(house, meeting, "Don Julio", rosa.secret, FORM)


def on(house, secret: str) -> list[str] | None:
    """The names that a secret opens; however one asks, it is the same."""
    with house.store.read() as session:
        whole, quick, many = identify(session, secret), look_up(session, secret), identify_many(session, [secret, "other"])
        keys = [list(who.seats) if who else None for who in (whole, quick, many.get(secret))]
        assert all(sorted(key or ()) == sorted(keys[0] or ()) and (key is None) == (whole is None) for key in keys)
        if whole:
            inside = [who.inside(session, who.seats) for who in (whole, quick, many[secret])]
            assert inside[0] == inside[1] == inside[2]
        return whole and [seat.name for seat in whole.seats.values()]


def post(house, meeting, app, joined, n: int = 1, secret: str | None = None) -> dict:
    return house.performer.perform(secret or joined.secret, {
        "client": f"outbox-of-{joined.seats[0].id}", "n": n, "verb": "contribution.add", "seat": joined.seats[0].id,
        "payload": {"activity": activities(app, meeting["rooms"][0])["ideas"], "id": f"idea-{n}-{joined.seats[0].id}",
                    "body": {"text": "Agua"}}})


def test_who_was_on_the_phone_goes_on_with_the_cookie_that_it_has(app, house, meeting, shared):
    rosa, julio = shared
    assert on(house, rosa.secret) == ["Rosa"] and on(house, julio.secret) == ["Rosa", "Don Julio"]
    assert post(house, meeting, app, rosa)["ok"]
    assert post(house, meeting, app, julio, secret=rosa.secret)["code"] == "not_your_seat"
    assert on(house, rosa.secret) == ["Rosa"], "that has shown nothing new"


@pytest.mark.parametrize("how", ["command", "page", "socket"])
def test_the_former_cookie_ends_when_the_new_one_is_shown(app, house, meeting, shared, how):
    rosa, julio = shared
    if how == "command":
        assert post(house, meeting, app, julio)["ok"]
    elif how == "page":
        browser = app.test_client()
        browser.set_cookie("tinkuy", julio.secret)
        assert browser.get(f"/w/{meeting['workshop']}/r/1").status_code == 200
    else:
        socket = house.live.socketio.test_client(app, headers={"Cookie": f"tinkuy={julio.secret}"}, auth={
            "v": 1, "watch": {meeting["workshop"]: None}})
        assert socket.is_connected()
    assert on(house, rosa.secret) is None and on(house, julio.secret) == ["Rosa", "Don Julio"]
    assert post(house, meeting, app, rosa, n=2)["code"] == "who_are_you"
    with house.store.read() as session:
        device = session.get(Device, julio.device)
        assert (device.former_hash, device.renewed_at) == (None, None)


def test_the_answer_itself_is_no_proof_that_it_has_come(app, house, meeting):
    browser = app.test_client()
    browser.get(f"/j/{meeting['code']}")
    rosa = come(house, meeting, "Rosa")
    browser.set_cookie("tinkuy", rosa.secret)
    page = browser.get(f"/j/{meeting['code']}?r=1&more=1").text
    token = page.split('name="token" value="')[1].split('"')[0]
    answer = browser.post(f"/j/{meeting['code']}?r=1", data={"token": token, "name": "Julio", "channel": "remote"})
    assert answer.status_code == 200 and "Julio" in answer.text, "the room answers the form"
    assert on(house, rosa.secret) == ["Rosa"]
    assert browser.get(f"/w/{meeting['workshop']}/r/1").status_code == 200
    assert on(house, rosa.secret) is None


def test_the_same_form_again_brings_what_was_lost(app, house, meeting, shared):
    rosa, lost = shared
    again = come(house, meeting, "Don Julio", rosa.secret, FORM)
    assert again.seats[0].id == lost.seats[0].id
    assert (on(house, lost.secret), on(house, rosa.secret), on(house, again.secret)) == (
        None, ["Rosa"], ["Rosa", "Don Julio"])
    assert post(house, meeting, app, again)["ok"]
    assert on(house, rosa.secret) is None


def test_who_has_the_answer_and_sends_the_form_again_may_lose_the_second_one(house, meeting, shared):
    rosa, julio = shared
    again = come(house, meeting, "Don Julio", julio.secret, FORM)
    assert again.seats[0].id == julio.seats[0].id and on(house, rosa.secret) is None
    assert on(house, julio.secret) == on(house, again.secret) == ["Rosa", "Don Julio"]


def test_another_form_takes_the_place_of_the_lost_one(house, meeting, shared):
    """Whoever has only the former secret gets nobody who came after it, also not by sending a form of their own."""
    rosa, lost = shared
    other = come(house, meeting, "Julio Quispe", rosa.secret)
    assert (on(house, lost.secret), on(house, rosa.secret), on(house, other.secret)) == (
        None, ["Rosa"], ["Rosa", "Julio Quispe"])
    third = come(house, meeting, "Elvira", rosa.secret)
    assert on(house, third.secret) == ["Rosa", "Elvira"] and on(house, rosa.secret) == ["Rosa"]


def test_places_on_a_phone_are_counted_without_those_that_were_lost(house, meeting):
    rosa = come(house, meeting, "Rosa")
    for n in range(20):
        come(house, meeting, f"Vecina {n}", rosa.secret)
    assert on(house, rosa.secret) == ["Rosa"]


def test_of_an_accounts_device_the_former_cookie_opens_nothing(house, meeting):
    rosa = come(house, meeting, "Rosa")
    with house.store.write() as session:
        session.get(Device, rosa.device).account_id = meeting["owner"]
        assert session.get(Account, meeting["owner"])
    come(house, meeting, "Don Julio", rosa.secret)
    assert on(house, rosa.secret) is None


def test_who_comes_back_by_a_code_gets_the_seat_of_the_code_and_nobody_who_was_added_since(app, house, meeting, shared):
    rosa, julio = shared
    browser = app.test_client()
    browser.set_cookie("tinkuy", rosa.secret)
    with house.store.read() as session:
        code = session.get(Seat, come(house, meeting, "Elvira").seats[0].id).reentry_code
    token = browser.get("/").text.split('name="token" value="')[1].split('"')[0]
    assert browser.post("/", data={"token": token, "code": code}).status_code == 303
    assert on(house, rosa.secret) is None and on(house, julio.secret) is None
    fresh = browser.get_cookie("tinkuy").value
    assert on(house, fresh) == ["Rosa", "Elvira"]
