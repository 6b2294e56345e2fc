"""Trims Flask of what nobody here uses: no view is a coroutine, and JSON is written and read in one place. Each page goes
through three things here: its device's turn, then the view, then the drawing."""
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from flask import Flask
from flask import Response as FlaskResponse
from flask.json.provider import JSONProvider
from flask.typing import ResponseReturnValue
from werkzeug import Response

from workshop.domain import json_codec
from workshop.pages.input.form_parser import BoundedRequest
from workshop.pages.input.numbers import Bounded
from workshop.pages.input.redirect_targets import Typed, inside
from workshop.pages.shell import request_gate
from workshop.pages.shell.render import drawn

P = ParamSpec("P")
R = TypeVar("R")


class CompactJSON(JSONProvider):
    """Encodes and decodes for `jsonify` and `get_json`."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        """Encodes compact JSON."""
        return json_codec.utf8(obj)

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        """Decodes the value. Raises ValueError, RecursionError."""
        return json_codec.loads(s)


class Site(Flask):
    """Is the application."""

    json_provider_class = CompactJSON
    request_class = BoundedRequest

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.url_map.converters |= {"int": Bounded, "typed": Typed}
        self.url_map.merge_slashes = False  # or the router would redirect by itself, to the host that the request names

    def redirect(self, location: str, code: int = 302) -> Response:
        """Redirects to an address of ours; to the start where something from outside has made another one of it."""
        return super().redirect(inside(location) or "/", code)

    def ensure_sync(self, func: Callable[P, R]) -> Callable[P, R]:
        """Returns views and hooks as they are: Flask would look at each of them in each request."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Returns the view's answer, drawn; what is costly when it is its device's turn."""
        with request_gate.of_request():
            return drawn(super().dispatch_request())

    def make_response(self, rv: ResponseReturnValue) -> FlaskResponse:
        """Makes an answer; pages that say what went wrong come this way only."""
        return drawn(super().make_response(rv))
