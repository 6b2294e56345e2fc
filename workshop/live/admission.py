"""Reads the credentials of a connecting socket: a cookie, a program's token, the wall's key."""
from socketio.exceptions import ConnectionRefusedError
from werkzeug.http import parse_cookie

from workshop.domain.errors import Refusal
from workshop.domain.people.tokens import bearer_in, secret_in
from workshop.domain.shapes import Json
from workshop.house import House


def brought(house: House, environ: Json, auth: Json) -> tuple[str | None, str | None]:
    """Returns (secret, the wall's key) of a socket. Where a token is given, in `auth` or in the header, nothing else counts.
    Raises ConnectionRefusedError where it is none; RetryLater."""
    token = bearer_in(f"Bearer {auth['token']}" if "token" in auth else environ.get("HTTP_AUTHORIZATION"))
    if token is not None:
        try:
            house.admit(token, environ.get("REMOTE_ADDR"))
        except Refusal as refusal:
            raise ConnectionRefusedError(refusal.code) from None
        return token, None
    screen = auth.get("screen")
    return secret_in(None, parse_cookie(environ).get("tinkuy")), screen if isinstance(screen, str) else None
