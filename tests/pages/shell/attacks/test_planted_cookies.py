"""A cookie or a form that somebody planted before opens nothing after: every way in gives a new secret."""
import secrets

from tests.pages.accounts.test_sign_in import try_
from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.actions.accounts import accounts
from workshop.store.models import Account, Device


def cookie_of(browser: Browser) -> str:
    return browser.http.get_cookie("tinkuy").value


def opens(app, secret: str) -> str:
    """Where somebody with this cookie comes who asks for the page of the account."""
    thief = Browser(app)
    thief.http.set_cookie("tinkuy", secret)
    thief.open("/account")
    return thief.path


def test_a_cookie_that_was_planted_before_opens_nothing_after(app, meeting):
    mallory = joined(app, meeting, "Mallory")
    planted = cookie_of(mallory)
    elena = Browser(app)
    elena.http.set_cookie("tinkuy", planted)
    elena.open("/login")
    assert try_(elena, cast.PASSWORD) == ""
    assert opens(app, cookie_of(elena)) == "/account"
    assert opens(app, planted) == "/login"


def test_the_form_of_the_way_in_that_is_sent_again_is_no_key_to_an_account(app, meeting):
    """Whoever planted the cookie of a seat keeps the form with which it was made; sent again soon it gets a fresh secret."""
    form = {"name": "Mallory", "channel": "hall", "client": secrets.token_urlsafe(12), "r": "1"}
    mallory = Browser(app)
    mallory.open(f"/j/{meeting['code']}?r=1")
    mallory.send(f"/j/{meeting['code']}", **form)
    elena = Browser(app)
    elena.http.set_cookie("tinkuy", cookie_of(mallory))
    elena.open("/login")
    assert try_(elena, cast.PASSWORD) == ""
    again = Browser(app)
    again.open(f"/j/{meeting['code']}?r=1")
    again.send(f"/j/{meeting['code']}", **form)
    assert opens(app, cookie_of(again)) == "/login"
    assert opens(app, cookie_of(elena)) == "/account", "and nobody is thrown out"


def test_every_way_in_gives_a_new_secret(app, meeting):
    elena = signed_in(app)
    secrets_ = [cookie_of(elena)]
    elena.open("/account")
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password="otra clave bien larga", others="1")
    secrets_.append(cookie_of(elena))
    house = app.extensions["house"]
    with house.store.write() as session:
        token = accounts.password_link(session, house.clock(), session.get(Account, meeting["owner"]))
    elena.open(f"/password/{token}")
    elena.send(f"/password/{token}", "sheet", password="y otra más, muy larga")
    secrets_.append(cookie_of(elena))
    assert len(set(secrets_)) == 3
    assert [opens(app, secret) for secret in secrets_] == ["/login", "/login", "/account"]
    with house.store.read() as session:
        assert session.query(Device).filter(Device.account_id == meeting["owner"], Device.revoked_at.is_(None)).count() == 1
