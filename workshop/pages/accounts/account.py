"""Serves the page of one's own account: name, language, password, and the devices that are signed in."""
import time

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from workshop import hashing
from workshop.actions.accounts import accounts
from workshop.domain.errors import Refusal
from workshop.domain.people import passwords
from workshop.domain.people.names import typed_name
from workshop.house import house
from workshop.pages.accounts import known_devices, program_list
from workshop.pages.accounts.ages import ago
from workshop.pages.accounts.sign_in import logout, signed_in
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import language
from workshop.pages.shell.render import show
from workshop.pages.shell.security import remember
from workshop.store.models import Account
from workshop.words import LANGUAGES

pages = Blueprint("account", __name__)


@pages.get("/account")
@signed_in
def account(problem: str = "", wrong: str = "", token: str = "") -> ResponseReturnValue:
    """Shows everything about the account. `wrong`: the form to which the problem belongs; `token`: the secret that was made
    just now for a program."""
    h = house()
    with h.store.read() as session:
        row = session.get_one(Account, current_user.id)
        devices = [{"id": device.id, "browser": device.browser, "since": ago(device.signed_in_at),
                    "seen": ago(device.seen_at), "here": device.id == current_user.device}
                   for device in accounts.devices(session, row.id)]
        found = program_list.shown(session, row.id)
    return show("accounts/account.html", script="account", facts={}, account=row, devices=devices, programs=found,
                made=token, problem=problem, wrong=wrong, form=request.form if wrong == "program" else {},
                done=request.args.get("done", ""), least=passwords.LEAST)


@pages.post("/account")
@signed_in
def change() -> ResponseReturnValue:
    """Changes name and language."""
    chosen = request.form.get("language", "")
    try:
        if not (name := typed_name(request.form.get("name", ""))):
            raise Refusal("name_missing")
    except Refusal as refusal:
        return account(sentence(refusal), "name")
    with house().store.write() as session:
        row = session.get_one(Account, current_user.id)
        row.name, row.language = name, chosen if chosen in LANGUAGES else row.language
    response = redirect("/account?done=saved", 303)
    language.keep(response, row.language)
    return response


@pages.post("/account/password")
@signed_in
def password() -> ResponseReturnValue:
    """Changes the password for whoever knows the old one; the other devices are signed out unless that is unticked."""
    try:
        return _change_password(request.form)
    except Refusal as refusal:
        return account(sentence(refusal), "password")


def _change_password(form: MultiDict[str, str]) -> Response:
    h, fresh = house(), form.get("password", "")
    with h.store.read() as session:
        row = session.get_one(Account, current_user.id)
    passwords.check(fresh, row.email, row.name)
    counted = h.tries.begin("", "", f"change {row.id}", time.monotonic())
    try:
        right = hashing.fits(row.password_hash, form.get("old", ""), row.id)
    except BaseException:
        h.tries.take_back(counted)
        raise
    if not right:
        raise Refusal("wrong_password")
    h.tries.take_back(counted)
    made = hashing.make(fresh, row.id)
    with h.store.write() as session:
        secret = accounts.change_password(session, h.clock(), row.id, row.password_hash, made, current_user.device,
                                          others="others" in form, programs="programs" in form)
        row = session.get_one(Account, row.id, populate_existing=True)
    response = redirect("/account?done=password", 303)
    remember(response, secret)
    known_devices.remember(response, row)
    return response


@pages.post("/account/devices/end")
@signed_in
def end() -> ResponseReturnValue:
    """Signs one device out."""
    wanted = request.form.get("device", "")
    if wanted == current_user.device:
        return logout()
    with house().store.write() as session:
        accounts.end_devices(session, house().clock(), current_user.id, only=wanted)
    return redirect("/account?done=ended", 303)


@pages.post("/account/devices/end-all")
@signed_in
def end_all() -> ResponseReturnValue:
    """Signs out everywhere, here too."""
    with house().store.write() as session:
        accounts.end_devices(session, house().clock(), current_user.id, but=current_user.device)
    return logout()
