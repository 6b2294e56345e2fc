"""A staff account on a phone that people share: it comes and goes, and the people stay."""
import pytest

from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.cast import activities
from workshop.store.identity import hashed, identify
from workshop.store.models import Device


@pytest.fixture
def family(app, meeting):
    """A phone on which Madre and Hija sit in room 1."""
    phone = cast.Phone(app.test_client())
    phone.join(meeting["code"], "Madre", "Hija")
    return phone


def secret(phone) -> str | None:
    cookie = phone.http.get_cookie("tinkuy")
    return cookie and cookie.value


def on(app, held: str | None) -> tuple[list[str], bool] | None:
    """(who sits there, whether an account is signed in) of whoever holds the cookie."""
    with app.extensions["house"].store.read() as session:
        who = identify(session, held)
        return who and ([seat.name for seat in who.seats.values()], bool(who.device.account_id or who.memberships))


def send(app, phone, page: str, path: str, form: str = "", **fields) -> None:
    """Send a form of a page with the phone's browser."""
    browser = Browser(app)
    browser.http = phone.http
    browser.open(page)
    browser.send(path, form or f'action="{path}"', **fields)


def sign_in(app, phone) -> None:
    send(app, phone, "/login", "/login", "method", email="elena@example.org", password=cast.PASSWORD)


def leaves(phone, way: str, app) -> None:
    """The account leaves the phone in one of three ways."""
    if way == "here":
        with app.extensions["house"].store.read() as session:
            device = session.query(Device).filter_by(secret_hash=hashed(secret(phone))).one().id
        send(app, phone, "/account", "/account/devices/end", device=device)
    elif way == "everywhere":
        send(app, phone, "/account", "/account/devices/end-all")
    else:
        send(app, phone, "/workshops", "/logout")


@pytest.mark.parametrize("way", ["sign out", "here", "everywhere"])
def test_who_sat_on_the_phone_before_the_account_came_stays_when_it_goes(app, meeting, family, way):
    before = secret(family)
    sign_in(app, family)
    signed_in = secret(family)
    assert on(app, before) is None and on(app, signed_in) == (["Madre", "Hija"], True)
    leaves(family, way, app)
    after = secret(family)
    assert after not in (None, before, signed_in)
    assert on(app, after) == (["Madre", "Hija"], False)
    assert on(app, signed_in) is None and on(app, before) is None, "a former cookie is worth nothing"
    board = activities(app, meeting["rooms"][0])["ideas"]
    assert family.post(board, "Sigo aquí")["ok"] and family.post(board, "Yo también", seat=1)["ok"]
    assert family.http.get(f"/w/{meeting['workshop']}/desk").status_code != 200
    assert family.http.get("/workshops").status_code == 303, "nobody is signed in here"


def test_who_was_seated_by_the_account_goes_with_it(app, meeting, family):
    sign_in(app, family)
    family.join(meeting["code"], "Dictada por teléfono")
    assert on(app, secret(family)) == (["Madre", "Hija", "Dictada por teléfono"], True)
    leaves(family, "sign out", app)
    assert on(app, secret(family)) == (["Madre", "Hija"], False)


def test_where_nobody_sat_before_nothing_is_left(app, meeting):
    elena = cast.facilitator(app, meeting)
    held = secret(elena)
    elena.join(meeting["code"], "Dictada por teléfono")
    held, former = secret(elena), held
    leaves(elena, "sign out", app)
    assert secret(elena) is None and on(app, held) is None and on(app, former) is None


def test_people_who_leave_the_phone_leave_it_with_the_account(app, meeting, family):
    sign_in(app, family)
    held = secret(family)
    send(app, family, f"/w/{meeting['workshop']}", "/logout", people="leave")
    assert secret(family) is None and on(app, held) is None
