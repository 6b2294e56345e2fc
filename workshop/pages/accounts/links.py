"""Serves links that were handed over: an invitation to a role, and a link for a password.

Opening one changes nothing, as programs that show previews of links open them too; sending its form does.
"""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from workshop import hashing
from workshop.actions.accounts import accounts, invitations
from workshop.actions.accounts.role_names import ROLES
from workshop.actions.rooms import workshops
from workshop.domain.errors import Refusal
from workshop.domain.people import passwords
from workshop.domain.people.names import typed_name
from workshop.domain.roles import STAFF
from workshop.house import house
from workshop.pages.accounts.sign_in import enter, entered, signed_in
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell.render import show
from workshop.pages.shell.security import check_keeps_cookies
from workshop.store.identity import hashed
from workshop.store.models import Account
from workshop.store.transaction import Session
from workshop.words import _, language

pages = Blueprint("links", __name__)


@pages.route("/i/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """Shows who invites to what; accepted with the account that is signed in, or with a new one."""
    h, problem, form = house(), "", request.form
    with h.store.read() as session:
        found = invitations.find(session, h.clock(), token)
    if request.method == "POST":
        try:
            return _accept(token, found) if "accept" in form else _join(token, found, form)
        except Refusal as refusal:
            if refusal.code == "link_over":
                raise
            problem = sentence(refusal)
    with h.store.read() as session:
        me = session.get(Account, current_user.id) if current_user.is_authenticated else None
    return show("accounts/invitation.html", script="account", facts={}, found=found, role=_(ROLES[found.it.role]), me=me,
                form=form, problem=problem, token_of_link=token, least=passwords.LEAST)


def _accept(token: str, found: invitations.Found) -> Response:
    """Accepts with the account that is signed in here."""
    if not current_user.is_authenticated:
        raise Refusal("signed_out_link")
    with house().store.write() as session:
        _take(session, token, session.get_one(Account, current_user.id))
    return redirect(_to(found), 303)


def _join(token: str, found: invitations.Found, form: MultiDict[str, str]) -> Response:
    """Accepts with an account that is made for it. What can be refused is, before a hash is made."""
    check_keeps_cookies()
    h, name = house(), typed_name(form.get("name", ""))
    if found.account is not None:
        raise Refusal("not_for_you")
    if not name:
        raise Refusal("name_missing")
    with h.store.read() as session:
        email = workshops.new_email(session, form.get("email", ""))
    passwords.check(form.get("password", ""), email, name, found.workshop.title)
    made = hashing.make(form["password"], hashed(token), first=True)
    with h.store.write() as session:
        account = workshops.create_account(session, h.clock(), email, name, made, language())
        _take(session, token, account)
        fresh = enter(session, account)
    return entered(fresh, account, _to(found))


def _take(session: Session, token: str, account: Account) -> None:
    now = house().clock()
    invitations.accept(session, now, invitations.find(session, now, token), account)


def _to(found: invitations.Found) -> str:
    """Returns the page where a role begins."""
    return f"/w/{found.workshop.id}" + ("/desk" if found.it.role in STAFF and not found.it.room_id else "")


@pages.post("/invitations/<invitation_id>/<answer>")
@signed_in
def answer(invitation_id: str, answer: str) -> ResponseReturnValue:
    """Accepts or declines what one's own account is invited to."""
    h = house()
    with h.store.write() as session:
        found = invitations.by_id(session, h.clock(), invitation_id, current_user.id)
        if answer == "accept":
            invitations.accept(session, h.clock(), found, session.get_one(Account, current_user.id))
        elif answer == "decline":
            invitations.decline(session, h.clock(), found)
        else:
            raise Refusal("no_such_page")
    return redirect(_to(found) if answer == "accept" else "/workshops", 303)


@pages.route("/password/<token>", methods=["GET", "POST"])
def password(token: str) -> ResponseReturnValue:
    """Sets the password of the account of the link; all its devices are signed out, this one is signed in."""
    h, problem = house(), ""
    with h.store.read() as session:
        account = accounts.owner_of_link(session, h.clock(), token)
    if request.method == "POST":
        try:
            return _set_password(token, account, request.form.get("password", ""))
        except Refusal as refusal:
            if refusal.code == "link_over":
                raise
            problem = sentence(refusal)
    return show("accounts/password.html", script="account", facts={}, account=account, problem=problem,
                least=passwords.LEAST)


def _set_password(token: str, account: Account, fresh: str) -> Response:
    check_keeps_cookies()
    h = house()
    passwords.check(fresh, account.email, account.name)
    made = hashing.make(fresh, hashed(token), first=True)
    with h.store.write() as session:
        row = accounts.use_link(session, h.clock(), token, made)
        secret = enter(session, row)
    return entered(secret, row, "/workshops")
