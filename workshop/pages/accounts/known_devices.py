"""Recognises known devices by a cookie: where an account was signed in before, it has tries of its own
(domain/people/tries.py).

The cookie goes to the sign-in page only, and outlives signing out. It opens nothing. A new password makes all of the
account's such cookies void, so that whoever knew the old one keeps no tries of their own.
"""
from flask import request
from itsdangerous import BadData
from werkzeug import Response

from workshop.domain.ids import new_id
from workshop.house import house
from workshop.store.identity import hashed
from workshop.store.models import Account

LIFE = 400 * 86_400  # seconds; browsers keep no cookie for longer
SALT = "known device"


def mark_of(account: Account | None) -> str | None:
    """Returns the mark that this browser has for the account, if it is one of ours and not void."""
    cookie = account and request.cookies.get(_name(account))
    if not cookie:
        return None
    try:
        of, mark, password = house().signer.loads(cookie, max_age=LIFE, salt=SALT)
    except (BadData, ValueError):
        return None
    return mark if account and (of, password) == (account.id, _password(account)) else None


def remember(response: Response, account: Account) -> None:
    """Makes this browser a known device of the account."""
    config = house().config
    response.set_cookie(
        _name(account), house().signer.dumps([account.id, new_id(), _password(account)], salt=SALT), max_age=LIFE,
        path="/login", httponly=True, samesite="Lax", secure=config.secure or request.is_secure)


def _name(account: Account) -> str:
    return f"tinkuy_known_{hashed(account.id)[:8]}"


def _password(account: Account) -> str:
    """Derives a value that differs from password to password, and tells nothing of them."""
    return hashed(account.password_hash)[:12]
