"""Recognises tokens of programs, and chooses the secret that a request comes with."""
import re

from workshop.domain.ids import new_token

PREFIX = "tinkuy_"
TOKEN = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")  # a cookie has 43 signs, so that neither can stand for the other
MOST = 20  # of an account
DAYS = (7, 30, 90, 365)  # after which a token may be over


def new_program_token() -> str:
    """Makes a secret of 50 characters for a program (256 bits behind the prefix)."""
    return f"{PREFIX}{new_token()}"


def is_token(text: object) -> bool:
    """Tells whether a text has the form of a program's token."""
    return isinstance(text, str) and TOKEN.fullmatch(text) is not None


def bearer_in(authorization: str | None) -> str | None:
    """Finds the token of an Authorization header; "" where it names a bearer that has not the form of one, None where it
    names none: other schemes are somebody else's business (a proxy's)."""
    if not authorization:
        return None  # as almost everybody comes
    scheme, _space, said = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return None
    return said if is_token(said) else ""


def secret_in(authorization: str | None, cookie: str | None) -> str | None:
    """Returns what somebody comes with: a bearer, beside which no cookie counts, else the cookie, if that is no token."""
    bearer = bearer_in(authorization)
    if bearer is not None:
        return bearer
    return None if is_token(cookie) else cookie
