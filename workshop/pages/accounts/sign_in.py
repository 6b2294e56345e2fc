"""Signs people with an account in and out."""
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from flask import Blueprint, Flask, Request, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select
from werkzeug import Response

from workshop import hashing
from workshop.actions.accounts import accounts
from workshop.actions.people import sessions
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.people.addresses import network_of
from workshop.house import house
from workshop.pages.accounts import known_devices
from workshop.pages.accounts.browser_names import family
from workshop.pages.input.redirect_targets import inside
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import language
from workshop.pages.shell.bearer import bearer
from workshop.pages.shell.render import show
from workshop.pages.shell.security import COOKIE, check_keeps_cookies, remember, secret
from workshop.store.identity import identify
from workshop.store.models import Account, Device
from workshop.store.transaction import Session

pages = Blueprint("accounts", __name__)
SEEN_EVERY = timedelta(hours=1)  # nobody needs it more exactly

P = ParamSpec("P")


class User(UserMixin):  # type: ignore[misc]  # Flask-Login says no types
    """Wraps an account as Flask-Login wants it; `device` is the id of the device that it is on."""

    def __init__(self, account: Account, device: str):
        self.id, self.name, self.administrator, self.device = account.id, account.name, account.administrator, device


def plug_in(app: Flask) -> None:
    """Sets up sign-in: who is signed in is read from the device's row at every request: revoked there, signed out
    everywhere."""
    manager = LoginManager(app)
    manager.session_protection = None  # there is no session of Flask's; the device row is the session
    manager.request_loader(_load)
    manager.unauthorized_handler(to_sign_in)


def _load(_request: Request) -> User | None:
    if "later" in g:
        return None  # the page that says that the store does not answer must do without
    if bearer() is not None:
        return None  # a program is signed in to no page
    with house().store.read() as session:
        who = identify(session, secret())
        account = session.get(Account, who.device.account_id) if who and who.device.account_id else None
    if not who or not account or account.disabled_at is not None:
        return None
    note_seen(who.as_device)
    return User(account, who.device.id)


def note_seen(device: Device) -> None:
    """Notes, once an hour at most, that a signed-in device has opened a page. A page is shown without it too."""
    now = house().clock()
    if device.account_id and (device.seen_at is None or now - device.seen_at > SEEN_EVERY):
        with suppress(RetryLater), house().store.write() as session:
            accounts.seen(session, now, device.id)


def to_sign_in() -> Response:
    """Redirects to the sign-in page, and from there back to the page that was asked for."""
    here = request.full_path.rstrip("?") if request.method == "GET" else "/workshops"
    return redirect(f"/login?{urlencode({'next': here})}", 303)


def signed_in(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Guards pages that need an account; others are asked to sign in."""
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if current_user.is_authenticated else to_sign_in()
    return guarded


@pages.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """Serves the form for e-mail and password."""
    problem = None
    if request.method == "POST":
        try:
            return _sign_in(request.form.get("email", "").strip().lower(), request.form.get("password", ""))
        except Refusal as refusal:
            problem = sentence(refusal)
    elif current_user.is_authenticated:
        return redirect(inside(request.args.get("next", "")) or "/workshops", 303)
    return show("accounts/login.html", problem=problem, script="account", facts={}, email=request.form.get("email", ""),
                next=inside(request.values.get("next", "")))


def _sign_in(email: str, password: str) -> Response:
    """Checks e-mail and password. Tries are limited before anything that costs, and in the same way whether the account
    exists or not."""
    check_keeps_cookies()
    h, address = house(), network_of(request.remote_addr)
    with h.store.read() as session:
        account = session.scalar(select(Account).where(Account.email == email, Account.disabled_at.is_(None)))
    mark = known_devices.mark_of(account)
    counted = h.tries.begin(email, address, mark, time.monotonic())
    try:
        right = hashing.fits(account.password_hash if account else None, password, mark or address, first=mark is not None)
    except BaseException:
        h.tries.take_back(counted)
        raise
    if not right or not account:
        raise Refusal("bad_sign_in")
    h.tries.take_back(counted)
    fresh_hash = hashing.make(password, address) if hashing.is_old(account.password_hash) else account.password_hash
    with h.store.write() as session:
        now = session.get(Account, account.id)
        if now is None or now.disabled_at or now.password_hash != account.password_hash:  # meanwhile
            raise Refusal("bad_sign_in")
        now.password_hash = fresh_hash
        fresh = enter(session, now)
    return entered(fresh, now, inside(request.form.get("next", "")) or "/workshops")


def enter(session: Session, account: Account) -> str:
    """Signs this browser in to the account; returns its new secret."""
    return sessions.sign_in(session, house().clock(), secret(), account, family(request.headers.get("User-Agent", "")))


def entered(fresh: str, account: Account, where: str) -> Response:
    """Answers somebody who has just signed in, with the new secret: on to `where`."""
    response = redirect(where, 303)
    remember(response, fresh)
    known_devices.remember(response, account)
    if language.COOKIE not in request.cookies:
        language.keep(response, account.language)
    return response


@pages.post("/logout")
def logout() -> ResponseReturnValue:
    """Signs the account out of the device; its sockets are closed at once. People seated on it before stay, unless the form
    says that the `people` leave."""
    h = house()
    with h.store.write() as session:
        fresh = sessions.sign_out(session, h.clock(), secret(), people="people" in request.form)
    return left(fresh)


def left(fresh: str | None) -> Response:
    """Answers somebody whose account has just left the device; `fresh`: the secret of those who stay on it."""
    house().live.door.close_secret(secret())
    response = redirect("/", 303)
    if fresh:
        remember(response, fresh)
    else:
        response.delete_cookie(COOKIE)
    return response
