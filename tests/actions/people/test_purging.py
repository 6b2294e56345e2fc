"""Devices and links that nobody can use any more do not stay for ever."""
from datetime import timedelta

import pytest

from tests.support import cast
from workshop.actions.accounts import accounts, invitations
from workshop.actions.people import purging, sessions
from workshop.store.models import Account, Answer, Device, DeviceSeat, Invitation, PasswordLink, Seat, Workshop

DAY = timedelta(days=1)


@pytest.fixture
def store(app):
    return app.extensions["house"].store


@pytest.fixture
def now(app):
    return app.extensions["house"].clock()


def held(store, table) -> int:
    with store.read() as session:
        return session.query(table).count()


def signed_in(store, meeting, now) -> str:
    with store.write() as session:
        return sessions.sign_in(session, now, None, session.get(Account, meeting["owner"]))


def test_who_has_a_living_seat_stays_however_long(app, meeting, phone, store, now):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert purging.purge(store, now + 1000 * DAY)["devices"] == 0
    assert rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Guardamos la semilla")["ok"]


def test_a_device_goes_when_nobody_is_on_it_any_more(app, meeting, phone, store, now):
    rosa, julio = phone(), phone()
    rosa.join(meeting["code"], "Rosa")
    julio.join(meeting["code"], "Don Julio")
    with store.write() as session:
        session.get(Seat, rosa.place["seats"][0]["id"]).revoked_at = now
    assert purging.purge(store, now + timedelta(hours=20))["devices"] == 0, "the answer to its form may still be asked for"
    assert purging.purge(store, now + 2 * DAY)["devices"] == 1
    assert held(store, Device) == 1 and held(store, DeviceSeat) == 1


def test_what_is_signed_in_goes_when_it_was_not_seen_for_as_long_as_a_cookie_lives(app, meeting, store, now):
    signed_in(store, meeting, now)
    seen = signed_in(store, meeting, now)
    with store.write() as session:
        accounts.seen(session, now + 40 * DAY, session.query(Device).filter_by(secret_hash=sessions.hashed(seen)).one().id)
    assert purging.purge(store, now + 59 * DAY)["devices"] == 0
    assert purging.purge(store, now + 61 * DAY)["devices"] == 1
    assert purging.purge(store, now + 101 * DAY)["devices"] == 1
    assert held(store, Device) == 0


def test_what_is_signed_out_goes_with_its_seats_but_its_answers_stay(app, meeting, phone, store, now):
    """An outbox that is offered again by another device is still known: nothing is written twice."""
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    idea = cast.ok(rosa.post(board, "Guardamos la semilla"))
    with store.write() as session:
        sessions.sign_out(session, now, rosa.http.get_cookie("tinkuy").value)
    assert purging.purge(store, now + 2 * DAY)["devices"] == 1
    assert held(store, Device) == held(store, DeviceSeat) == 0 and held(store, Answer) == 1
    again = phone()
    again.join(meeting["code"], "Rosa otra vez")
    again.client = rosa.client
    answer = again.do("contribution.add", {"activity": board, "id": idea["card"]["id"], "body": {"text": "Guardamos"}}, n=1)
    assert answer["code"] == "id_reused"


def test_more_than_one_transaction_takes_all_of_them(app, meeting, store, now, monkeypatch):
    monkeypatch.setattr(purging, "AT_ONCE", 2)
    for _ in range(5):
        secret = signed_in(store, meeting, now)
        with store.write() as session:
            sessions.sign_out(session, now, secret)
    breaths = []
    assert purging.purge(store, now + 2 * DAY, lambda: breaths.append(1))["devices"] == 5 and len(breaths) == 2


def test_links_go_a_month_after_they_ended(app, meeting, store, now):
    with store.write() as session:
        workshop, owner = session.get(Workshop, meeting["workshop"]), session.get(Account, meeting["owner"])
        invitations.invite(session, now, workshop, owner.id, "observer")
        accounts.password_link(session, now, owner)
    assert purging.purge(store, now + 29 * DAY)["links"] == 0
    assert purging.purge(store, now + 38 * DAY)["links"] == 2
    assert held(store, Invitation) == held(store, PasswordLink) == 0


def test_a_server_does_it_by_itself(app, meeting, store, now):
    secret = signed_in(store, meeting, now)
    with store.write() as session:
        sessions.sign_out(session, now, secret)
    house = app.extensions["house"]
    house.clock = lambda: now + 2 * DAY
    slept = []

    class Socketio:
        def sleep(self, seconds):
            slept.append(seconds)
            if len(slept) > 2:
                raise SystemExit

        def start_background_task(self, work):
            with pytest.raises(SystemExit):
                work()
    house.live.upkeep.socketio = Socketio()
    house.live.upkeep.start()
    assert held(store, Device) == 0 and len(slept) == 4, "who is there is noted beside it"
