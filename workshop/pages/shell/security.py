"""Guards every request: cookie, origin, form token, headers."""
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Request, abort, current_app, g, request
from flask import Response as FlaskResponse
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from itsdangerous import BadData
from werkzeug import Response
from werkzeug.http import dump_cookie

from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages.input import form_parser
from workshop.pages.input.either_way import form_at_a_page
from workshop.pages.input.form_parser import incoming
from workshop.pages.shell.bearer import bearer
from workshop.store.identity import hashed

COOKIE = form_parser.COOKIE
KEEPS = "tinkuy_k"  # says only that this browser keeps cookies; gone when it is closed
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
ANSWER_THEMSELVES: set[Callable[..., ResponseReturnValue]] = set()
NOTHING = "default-src 'none'; frame-ancestors 'none'"
HEADER = "X-Workshop"  # not a header that a foreign page may send, so JSON with it comes from our own script


def plug_in(app: Flask) -> None:
    """Runs the guards before and after every request."""
    app.before_request(guard)
    app.after_request(headers)
    app.session_interface = NoSession()


def secret() -> str | None:
    """Returns the asker's secret: a program's token where one is given, else the cookie's, the one that came or the one that
    goes back with the answer (`remember`)."""
    return g.get("secret") or incoming.secret


def guard() -> Response | None:
    """Accepts state changes from our own pages only: JSON with our header, or a form with our token. New addresses need no
    code for it; a form with a wrong token reaches no view but those that say that they answer it themselves, and one at an
    address that only shows something is not even read: it is led there."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return None
    if not _is_ours(request.headers.get("Origin")):
        abort(403)
    g.token_right = False
    if bearer() is not None:
        return None  # a token, which no foreign page knows; `bearer.check` has checked it
    if request.is_json or request.path.startswith("/api/"):
        if HEADER not in request.headers:
            abort(403)
        return None
    if page := form_at_a_page():
        return page
    g.token_right = right_token(request.form.get("token", ""))
    if not g.token_right and current_app.view_functions.get(request.endpoint or "") not in ANSWER_THEMSELVES:
        raise Refusal("form_over")
    return None


def _is_ours(origin: str | None) -> bool:
    """Tells whether a request with this Origin comes from a page of ours, or from a program, which says none. What came in
    the clear is not ours where we speak https; the other way round a proxy does, of which nobody has told us."""
    if origin is None or origin in (house().config.origin_list or []):
        return True
    scheme, _colon, where = origin.partition("://")
    return where == request.host and scheme in (request.scheme, "https")


def answers_itself(view: View) -> View:
    """Marks a view that answers a form with a wrong or old token itself, so that nothing typed is lost: it may show, but
    change nothing, where `g.token_right` is not (tests/pages/shell/test_walk.py tries each)."""
    ANSWER_THEMSELVES.add(view)
    return view


def form_token() -> str:
    """Makes a token for forms, bound to the cookie."""
    return house().signer.dumps(_mark())


def check_keeps_cookies() -> None:
    """Refuses with `no_cookies` a form without any cookie of ours: its page has given one (`headers`). Joining without would
    give a seat, or a sign-in, that nobody can ever use."""
    if not {COOKIE, KEEPS} & request.cookies.keys():
        raise Refusal("no_cookies")


def right_token(token: str) -> bool:
    """Tells whether a form's token was made for this cookie, not more than a day ago."""
    try:
        return bool(house().signer.loads(token, max_age=86_400) == _mark())
    except BadData:
        return False


def _mark() -> str:
    """Hashes the cookie without giving it away: what a form's token is bound to."""
    return hashed(secret() or "")[:16]


def remember(response: Response, new_secret: str) -> None:
    """Sends the cookie with `new_secret`."""
    secure = house().config.secure or request.is_secure
    response.headers.add("Set-Cookie", dump_cookie(
        COOKIE, new_secret, max_age=60 * 86_400, httponly=True, samesite="Lax", secure=secure, sync_expires=False))


def headers(response: FlaskResponse) -> FlaskResponse:
    """Sets the headers that every answer carries, in as few bytes as possible: on a slow connection they weigh as much as
    text."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers["Referrer-Policy"] = "same-origin"
        sent = (one.partition("=")[0] for one in response.headers.getlist("Set-Cookie"))
        if bearer() is None and not {COOKIE, KEEPS} & request.cookies.keys() and COOKIE not in sent:
            response.headers.add("Set-Cookie", dump_cookie(KEEPS, "1", httponly=True, samesite="Lax"))
    elif response.mimetype and not response.cache_control.immutable:  # a browser asks no policy of a script or a style
        response.headers.setdefault("Content-Security-Policy", NOTHING)
    if response.mimetype:  # a redirect cannot be mistaken for anything
        response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def policy() -> str:
    """Returns the policy: what a page of ours may load, and where it may send."""
    style = f"'nonce-{g.nonce}'" if "nonce" in g else "'none'"
    ours = request.host
    return (f"default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data: blob:; "
            f"media-src 'self' blob:; connect-src 'self' ws://{ours} wss://{ours}; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'")


class NoSession(SessionInterface):
    """Replaces Flask's session: the cookie's row is the session, and nobody has to check whether Flask's has changed."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Makes a session that forgets at the end of the request what libraries put into it."""
        return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Saves nothing."""
