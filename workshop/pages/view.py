"""Showing a page: the template with its style, its script, the words and the hour."""
import gzip
import secrets
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
from flask import g, make_response, render_template, request
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from markupsafe import Markup

from workshop.activities.ideas.outline import grouped, outline, rows, turns
from workshop.domain.compact import dumps
from workshop.domain.ids import spell
from workshop.house import house
from workshop.pages import assets
from workshop.pages.security import form_token
from workshop.words import LANGUAGES, _, count, figure, language, spoken

SMALL = 700  # bytes; shorter answers gain nothing by compression
BROTLI = 5  # two thirds of a millisecond for a room; the highest saves a twelfth more, for thirty


def plug_in(app) -> None:
    """Give every template its helpers."""
    papers = FileSystemLoader(Path(__file__).parents[1] / "activities")
    app.jinja_env.loader = ChoiceLoader([app.jinja_loader, PrefixLoader({"activities": papers})])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"_": _, "count": count, "spell": spell, "hours": hours, "number": number,
                              "LANGUAGES": LANGUAGES, "outline": outline, "rows_of": rows, "grouped": grouped,
                              "turns": turns, "never": lambda *_: False, "new_client": lambda: secrets.token_urlsafe(16)}
    app.jinja_env.filters |= {"compact": compact, "words": spoken, "figure": figure}
    app.after_request(compress)


def compact(value) -> Markup:
    """JSON that may stand in a <script>, in as few bytes as can be."""
    return Markup(dumps(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def nonce() -> str:
    """The style's nonce of this answer."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(12)
    return g.nonce


def show(template: str, status: int = 200, script: str = "", sheets: tuple[str, ...] = ("door",), **values):
    """The template as an answer; `script` names the page's bundle, `sheets` its styles."""
    page = render_template(template, script=assets.url(f"{script}.js"), styles=assets.styles(*sheets), nonce=nonce(),
                           token=form_token(), language=language(), here=request.path, **values)
    return make_response(page, status)


def base_url() -> str:
    """The address that people type: the setting, or where this request came in."""
    return (house().config.base_url or request.host_url).rstrip("/")


def hours(at: datetime, zones) -> str:
    """An instant in the home zones: '09:00 Lima · 10:00 La Paz'."""
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return " · ".join(f"{at.astimezone(ZoneInfo(zone)):%H:%M} {zone.rsplit('/', 1)[-1].replace('_', ' ')}" for zone in zones)


def number(card: dict, room: int) -> str:
    """The short number of a card: R3-045."""
    if isinstance(card.get("number"), str):
        return card["number"]  # of a card that is in another room now
    return f"R{card.get('home') or room}-{card['number']:03d}" if card.get("number") else "…"


def compress(response):
    """For the slow lines; built files come compressed already.  Browsers offer brotli over https only, gzip always.  What
    only leads on has no text."""
    if 300 < response.status_code < 304 or response.status_code in (307, 308):
        response.data = b""
        del response.headers["Content-Type"]
    text = response.mimetype in ("text/html", "text/javascript", "application/json", "image/svg+xml")
    if (text and "Content-Encoding" not in response.headers and not response.direct_passthrough
            and len(response.data) >= SMALL):
        if response.cache_control.max_age:
            response.vary.add("Accept-Encoding")
        if "br" in request.accept_encodings:
            response.data = brotli.compress(response.data, quality=BROTLI)
            response.headers["Content-Encoding"] = "br"
        elif "gzip" in request.accept_encodings:
            response.data = gzip.compress(response.data, 6, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
    return response
