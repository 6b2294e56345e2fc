"""Makes and ends tokens with which programs act for the account; a token is shown once."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from workshop.actions.accounts import tokens
from workshop.actions.core.once import once
from workshop.domain.errors import Refusal
from workshop.domain.people.tokens import DAYS
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.accounts.account import account
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.input.refused_field import sentence
from workshop.store.models import Account

pages = Blueprint("programs", __name__)


@pages.post("/account/programs")
@signed_in
def make() -> ResponseReturnValue:
    """Makes a token. It stands in this answer and nowhere else: reloaded, the form finds it made, and shows it no more."""
    form, h, made = request.form, house(), []
    named, asked = (form.get("program", ""), form.get("workshop", ""), form.get("role", "")), form.get("days") or None
    try:
        days = None if asked is None else next((n for n in DAYS if str(n) == asked), 0)
        with h.store.write() as session:
            def new() -> Json:  # the remembered answer holds no token
                made.append(tokens.make(session, h.clock(), session.get_one(Account, current_user.id), *named, days))
                return {}
            once(session, h.clock(), current_user.id, "token", [*named, asked], new, form.get("client", ""))
    except Refusal as refusal:
        return account(sentence(refusal), "program")
    return account(token=made[0]) if made else redirect("/account?done=program", 303)


@pages.post("/account/programs/end")
@signed_in
def end() -> ResponseReturnValue:
    """Ends a token: its sockets are cut here at once, in other processes within a second."""
    h, wanted = house(), request.form.get("program", "")
    with h.store.write() as session:
        tokens.end(session, h.clock(), current_user.id, wanted)
    h.live.door.close_token(wanted)
    return redirect("/account?done=over", 303)
