"""The guard of every request: cookie, origin, form token, headers."""
from urllib.parse import urlsplit

from flask import abort, jsonify, request
from itsdangerous import BadData

from workshop.domain.errors import Refusal
from workshop.house import house

COOKIE = "tinkuy"
HEADER = "X-Workshop"  # not a header that a foreign page may send, so JSON with it comes from our own script
CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
       "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'")


def plug_in(app) -> None:
    """Stand before and behind every request."""
    app.before_request(guard)
    app.after_request(headers)
    app.register_error_handler(Refusal, refused)


def secret() -> str | None:
    """The cookie's secret."""
    return request.cookies.get(COOKIE)


def guard() -> None:
    """State changes come from our own pages only."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (house().config.origin_list or []) and urlsplit(origin).netloc != request.host:
        abort(403)
    if request.is_json or request.path.startswith("/api/"):
        if HEADER not in request.headers:
            abort(403)
    elif not right_token(request.form.get("token", "")):
        abort(403)


def form_token() -> str:
    """A token for forms, bound to the cookie."""
    return house().signer.dumps((secret() or "")[:12])


def right_token(token: str) -> bool:
    """Whether a form's token was made for this cookie, not more than a day ago."""
    try:
        return house().signer.loads(token, max_age=86_400) == (secret() or "")[:12]
    except BadData:
        return False


def remember(response, new_secret: str) -> None:
    """Send the cookie with `new_secret`."""
    secure = house().config.secure or request.is_secure
    response.set_cookie(COOKIE, new_secret, max_age=60 * 86_400, httponly=True, samesite="Lax", secure=secure)


def headers(response):
    """What every answer carries."""
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def refused(refusal: Refusal):
    """A refusal outside the envelope."""
    status = {"wrong_code": 404, "not_here": 404, "who_are_you": 401, "forbidden": 403, "slow_down": 429}
    return jsonify(refusal.answer()), status.get(refusal.code, 400)
