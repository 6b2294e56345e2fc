"""What a connecting socket comes with: a cookie, a program's token, the projector's key."""
from contextlib import suppress

from socketio.exceptions import ConnectionRefusedError
from werkzeug.http import parse_cookie

from workshop.actions.people import tokens
from workshop.domain.errors import Later
from workshop.domain.people.tokens import bearer_in, secret_in
from workshop.store.identity import identify


def brought(house, environ, auth: dict) -> tuple[str | None, str | None]:
    """(secret, the projector's key) of a socket.  Where a token is given, in `auth` or in the header, nothing else counts.
    Raises ConnectionRefusedError where it is none; Later."""
    token = bearer_in(f"Bearer {auth['token']}" if "token" in auth else environ.get("HTTP_AUTHORIZATION"))
    if token is not None:
        _check(house, token, environ.get("REMOTE_ADDR"))
        return token, None
    screen = auth.get("screen")
    return secret_in(None, parse_cookie(environ).get("tinkuy")), screen if isinstance(screen, str) else None


def _check(house, token: str, address: str | None) -> None:
    if not house.may_try(token, address):
        raise ConnectionRefusedError("slow_down")
    now = house.clock()
    with house.store.read() as session:
        who = identify(session, token)
    if who is None or who.is_over(now):
        house.note_bad(token, address)
        raise ConnectionRefusedError("bad_token")
    if tokens.is_unnoted(who.as_token, now):
        with suppress(Later), house.store.write() as session:
            tokens.note_used(session, now, who.device.id)
