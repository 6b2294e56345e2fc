"""Answers errors: JSON for programs, a page for people."""
from flask import Flask, Response, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.shapes import Json
from workshop.pages.shell.bearer import bearer
from workshop.pages.shell.render import show
from workshop.words.refusals import sentence

STATUS = {"wrong_code": 404, "not_here": 404, "who_are_you": 401, "forbidden": 403, "slow_down": 429,
          "too_many_at_once": 429, "wall_ended": 404, "door_locked": 403, "device_barred": 403, "file_too_big": 413,
          "method_too_big": 413, "link_over": 404, "may_not_create": 403, "no_such_page": 404, "workshop_deleted": 410,
          "trial_cleared": 410,
          "bad_token": 401, "not_for_programs": 403}
CODES = {403: "forbidden", 404: "no_such_page", 405: "no_such_page", 413: "too_big", 500: "our_fault"}


def plug_in(app: Flask) -> None:
    """Registers the handlers: for refusals, for a store that is busy, and for what the framework refuses by itself."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(RetryLater, later)
    app.register_error_handler(HTTPException, odd)


def refused(refusal: Refusal) -> Response:
    """Answers a refusal outside the envelope."""
    answer = said(refusal, STATUS.get(refusal.code, 400), refusal.answer())
    if refusal.code == "bad_token":
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def later(pause: RetryLater) -> Response:
    """Answers that the store cannot work now: 503, and when to come again."""
    g.later = True
    answer = said(Refusal("later"), 503, {"retry_after": pause.seconds})
    answer.headers["Retry-After"] = str(max(1, round(pause.seconds)))
    return answer


def odd(error: HTTPException) -> ResponseReturnValue:
    """Answers what the framework refuses: no such page, too big, our own fault."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    refusal = Refusal(CODES.get(error.code, "bad_envelope"))
    return said(refusal, error.code, refusal.answer())


def said(refusal: Refusal, status: int, data: Json) -> Response:
    """Returns the refusal as a page, or as `data` for programs."""
    if request.path.startswith("/api/") or request.is_json or bearer() is not None:
        return make_response(jsonify(data), status)
    return show("shell/refused.html", status, code=refusal.code, problem=sentence(refusal))
