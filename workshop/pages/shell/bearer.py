"""Lets programs sign in with a token: `Authorization: Bearer`, beside which no cookie counts.

A token opens what is made for programs (`for_programs`) and no page: pages have forms, and a form's token is bound to a
cookie. A request with one cannot be a foreign page's doing, which knows no token; so it needs no header of ours.
"""
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages.input.form_parser import incoming

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
OPEN: set[Callable[..., ResponseReturnValue]] = set()  # the views that take tokens
ANYBODYS = {"assets", "health"}  # blueprints that identify nobody: a proxy's own bearer may come to them


def plug_in(app: Flask) -> None:
    """Checks every request."""
    app.before_request(check)


def for_programs(view: View) -> View:
    """Marks a view that programs may call with a token; it identifies them as it does a browser (`secret`)."""
    OPEN.add(view)
    return view


def bearer() -> str | None:
    """Returns the request's token, "" where what stands there is none; None where it comes without."""
    return incoming.bearer


def check() -> None:
    """Passes where the token is good and the address is one for programs. Refusals: those of `House.admit`,
    `not_for_programs`."""
    token = bearer()
    if token is None or request.blueprint in ANYBODYS:
        return
    house().admit(token, request.remote_addr)
    if request.endpoint and current_app.view_functions[request.endpoint] not in OPEN:
        raise Refusal("not_for_programs")
