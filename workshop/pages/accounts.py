"""Signing in and out, for those who have an account."""
import re
import time
from functools import wraps

from flask import Blueprint, g, redirect, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select

from workshop.actions import doors, opening
from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.offload import offload
from workshop.pages.security import COOKIE, remember, secret
from workshop.pages.view import show
from workshop.store.identity import identify
from workshop.store.models import Account
from workshop.words.refusals import sentence

pages = Blueprint("accounts", __name__)
LOGIN_COST = 12.0  # of a wrong password, in wrong codes: ten are left, then one a minute


class User(UserMixin):
    """An account as Flask-Login wants it."""

    def __init__(self, account: Account):
        self.id, self.name, self.language = account.id, account.name, account.language


def plug_in(app) -> None:
    """Who is signed in is read from the device's row at every request: revoked there, signed out everywhere."""
    manager = LoginManager(app)
    manager.session_protection = None  # there is no session of Flask's; the device row is the session
    manager.request_loader(_load)
    manager.unauthorized_handler(lambda: redirect(f"/login?next={request.path}", 303))


def _load(_request) -> User | None:
    if "later" in g:
        return None  # the page that says that the store does not answer has to do without it
    with house().store.read() as session:
        who = identify(session, secret())
        account = who and who.device.account_id and session.get(Account, who.device.account_id)
        return User(account) if account and account.disabled_at is None else None


def signed_in(view):
    """For pages that need an account; others are asked to sign in."""
    @wraps(view)
    def guarded(*args, **kwargs):
        if not current_user.is_authenticated:
            return redirect(f"/login?next={request.path}", 303)
        return view(*args, **kwargs)
    return guarded


@pages.route("/login", methods=["GET", "POST"])
def login():
    """E-mail and password."""
    problem = None
    if request.method == "POST":
        try:
            return _sign_in(request.form.get("email", "").strip().lower(), request.form.get("password", ""))
        except Refusal as refusal:
            problem = sentence(refusal)
    elif current_user.is_authenticated:
        return redirect("/workshops", 303)
    return show("login.html", problem=problem, email=request.form.get("email", ""), next=request.values.get("next", ""))


def _sign_in(email: str, password: str):
    h, now = house(), time.monotonic()
    # A hall has one address: who fails there at one account must lock nobody out of another, nor its owner out elsewhere.
    key = f"login:{email}:{request.remote_addr}"
    allowed = h.failures.level(key, now) >= LOGIN_COST
    with h.store.read() as session:
        account = session.scalar(select(Account).where(Account.email == email, Account.disabled_at.is_(None)))
    # Looked at in any case, so that the time tells nothing.
    right = offload(opening.right_password, account and account.password_hash, password)
    if not allowed:
        raise Refusal("slow_down")
    if not right:
        h.failures.take(key, now, LOGIN_COST)
        raise Refusal("bad_sign_in")
    with h.store.write() as session:
        fresh = doors.sign_in(session, h.clock(), secret(), session.get(Account, account.id))
    response = redirect(_inside(request.form.get("next", "")) or "/workshops", 303)
    remember(response, fresh)
    return response


def _inside(where: str) -> str:
    """An address of ours; anything that could lead elsewhere is dropped."""
    return where if re.fullmatch(r"/(?![/\\])[!-~]*", where) else ""  # only what a header can carry


@pages.post("/logout")
def logout():
    """End the device's row; its sockets are closed at once."""
    h = house()
    with h.store.write() as session:
        doors.sign_out(session, h.clock(), secret())
    h.live.door.close_secret(secret())
    response = redirect("/", 303)
    response.delete_cookie(COOKIE)
    return response
