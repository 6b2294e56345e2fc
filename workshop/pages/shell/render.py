"""Renders a page: the template with its style, its script, the words and the time."""
import gzip
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import brotli
from flask import Flask, Response, g, render_template, request
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from markupsafe import Markup

from workshop.activities.ideas.crossed import tables
from workshop.activities.ideas.outline import beginning, grouped, outline, rows, together, turns
from workshop.domain import steps
from workshop.domain.ids import spell
from workshop.domain.json_codec import dumps
from workshop.domain.kinds import kinds
from workshop.domain.ranking import Standing, pieces, standings
from workshop.domain.shapes import Json
from workshop.domain.voting import one_per
from workshop.house import house
from workshop.pages.input import refused_field
from workshop.pages.shell import assets, icons, template_code, weaves
from workshop.pages.shell.security import form_token
from workshop.time_slices import paced
from workshop.transport.offload import offload
from workshop.words import LANGUAGES, _, count, figure, language, spoken
from workshop.words.forms import late_said
from workshop.words.hands import entered as by_hand
from workshop.words.voting import voters

SMALL = 700  # bytes; shorter answers gain nothing by compression
LARGE = 32_000  # bytes; what is longer is compressed beside the event loop
BROTLI = 5  # two thirds of a millisecond for a room; the highest saves a twelfth more, for thirty

R = TypeVar("R")


def plug_in(app: Flask) -> None:
    """Gives every template its helpers."""
    papers = FileSystemLoader(Path(__file__).parents[2] / "activities")
    app.jinja_env.loader = ChoiceLoader([*filter(None, (app.jinja_loader, PrefixLoader({"activities": papers})))])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"_": _, "count": count, "spell": spell, "hours": hours, "number": number,
                              "late_said": late_said, "by_hand": by_hand,
                              "voters": lambda of, tally: voters(one_per(of), tally["ballots"], tally.get("votes")),
                              "LANGUAGES": LANGUAGES, "outline": outline, "crossed": tables, "rows_of": rows,
                              "grouped": grouped, "turns": turns, "together": together,
                              "standing": standing, "by_number": by_number, "things_of": things_of, "about_of": about_of,
                              "said_of": said_of, "terms_of": terms_of,
                              "pieces": pieces, "icon": icons.icon,
                              "symbols": icons.symbols, "weaves": weaves.rules_for,
                              "state_of": steps.state, "never": lambda *_: False,
                              "new_client": lambda: secrets.token_urlsafe(16)}
    app.jinja_env.filters |= {"compact": compact, "words": spoken, "figure": figure, "beginning": beginning}
    template_code.plug_in(app.jinja_env)
    app.after_request(compress)


def prepare(environment: Environment) -> None:
    """Compiles every template, so that no visitor has to wait for it."""
    for name in paced(environment.list_templates(filter_func=lambda name: name.endswith(".html"))):
        environment.get_template(name)


def standing(vote: Json, key: str) -> Standing | None:
    """What a vote whose result may be seen came to for one thing; None where nobody has chosen it."""
    known: dict[str, dict[str, Standing]] = g.setdefault("standings", {})
    if vote["id"] not in known:
        report = kinds()[vote["of"]].report
        assert report  # a kind without one does not vote
        result = report.result(vote["settings"], vote["tally"])
        known[vote["id"]] = {one.row.key: one for one in standings(result)}
    return known[vote["id"]].get(key)


def by_number(vote: Json) -> list[Json]:
    """Returns [{row, common}] of a vote whose result may be seen, in the order of the report."""
    report = kinds()[vote["of"]].report
    assert report  # a kind without one does not vote
    result = report.result(vote["settings"], vote["tally"])
    return [{"row": row, "common": row.key in result.common} for row in result.rows]


def about_of(vote: Json) -> str:
    """Returns what is true of single ones of the named things of a vote whose result may be seen."""
    report = kinds()[vote["of"]].report
    assert report  # a kind without one does not vote
    result = report.result(vote["settings"], vote["tally"])
    texts = {row.key: row.text for row in result.rows}
    return result.names(lambda key: texts.get(key, "")) if result.names else ""


def said_of(vote: Json) -> str:
    """Returns what is true of all of a vote whose result may be seen."""
    report = kinds()[vote["of"]].report
    assert report  # a kind without one does not vote
    return report.result(vote["settings"], vote["tally"]).said


def terms_of(vote: Json) -> str:
    """Returns what was chosen before of how a vote is counted."""
    return kinds()[vote["of"]].terms(vote["settings"], vote.get("round", 1))


def things_of(vote: Json, over: str) -> list[Json]:
    """Returns the named things of a vote as cards: as they were named, or, when it is over, the first first."""
    options = [{"kind": "option", "id": option["key"], "title": option["title"]} for option in vote["settings"]["options"]]
    places = {option["id"]: standing(vote, option["id"]) for option in options} if over else {}

    def rank(option: Json) -> int | float | Fraction:
        held = places.get(option["id"])
        return -(held.row.rank or 0) if held else 1e9
    return sorted(options, key=rank) if over else options


def compact(value: object) -> Markup:
    """Encodes JSON that may stand in a <script>, in as few bytes as possible."""
    return Markup(dumps(value).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def nonce() -> str:
    """Returns the style's nonce of this answer."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(12)
    mine: str = g.nonce
    return mine


class Page(Response):
    """Holds a page that is drawn when the view is done with the store (pages/shell/site.py): drawing yields, and nobody is
    to wait meanwhile for what a reading session holds."""

    draw: Callable[[], str] | None = None

    def drawn(self) -> "Page":
        """Draws the page."""
        if self.draw is not None:
            draw, self.draw = self.draw, None
            self.set_data(draw())
        return self


def drawn(answer: R) -> R | Page:
    """Returns an answer as it can be sent: a page is drawn."""
    return answer.drawn() if isinstance(answer, Page) else answer


def show(template: str, status: int = 200, script: str = "", styles: tuple[str, ...] = assets.DOOR, **values: Any) -> Page:
    """Answers with the template; `script` names the page's bundle, `styles` its style sheets. `values`: what has been read,
    with nothing in it that would ask the store while the page is drawn."""
    values |= {"script": assets.url(f"{script}.js"), "styles": assets.styles(*styles), "nonce": nonce(),
               "token": form_token(), "language": language(), "here": request.path}
    page = Page(status=status, mimetype="text/html")
    problem = values.get("problem")
    page.draw = lambda: render_template(template, **values)
    if isinstance(problem, refused_field.Problem):
        page.draw = lambda: refused_field.marked(render_template(template, **values), problem)
    return page


def base_url() -> str:
    """Returns the address that people type: the setting, or where this request came in."""
    return (house().config.base_url or request.host_url).rstrip("/")


def time_over(step: Json) -> str:
    """Words a clock that has run out: a step whose setting `closes` is off goes on."""
    if step.get("closes", True) or not step["opens"]:
        return _("Time is over")
    return _("Time is over; what you send is still taken")


def hours(at: datetime, zones: Iterable[str]) -> str:
    """Words an instant in the home zones: '09:00 Lima · 10:00 La Paz'."""
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return " · ".join(f"{at.astimezone(ZoneInfo(zone)):%H:%M} {zone.rsplit('/', 1)[-1].replace('_', ' ')}" for zone in zones)


def number(card: Json, room: int) -> str:
    """Returns the short number of a card: R3-045; of a group its name."""
    if card.get("kind") == "group":
        return str(card["body"]["text"])
    if card.get("kind") == "option":
        return spoken(card["title"])
    said = card.get("number")
    if isinstance(said, str):
        return said  # of a card that is in another room now
    return f"R{card.get('home') or room}-{said:03d}" if said else "…"


def compress(response: Response) -> Response:
    """Compresses an answer for slow connections; built files are compressed already. Browsers offer brotli over https only,
    gzip always. A redirect has no text."""
    if 300 < response.status_code < 304 or response.status_code in (307, 308):
        response.data = b""
        del response.headers["Content-Type"]
    text = response.mimetype in ("text/html", "text/javascript", "application/json", "image/svg+xml")
    if (text and "Content-Encoding" not in response.headers and not response.direct_passthrough
            and len(response.data) >= SMALL):
        if response.cache_control.max_age:
            response.vary.add("Accept-Encoding")
        if request.accept_encodings.quality("br"):
            response.data = _beside(response.data, lambda text: brotli.compress(text, quality=BROTLI))
            response.headers["Content-Encoding"] = "br"
        elif request.accept_encodings.quality("gzip"):
            response.data = _beside(response.data, lambda text: gzip.compress(text, 6, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response


def _beside(text: bytes, compress_it: Callable[[bytes], bytes]) -> bytes:
    """Compresses; a long text in a thread of the system's, for a megabyte takes as long as three slices of a page."""
    return compress_it(text) if len(text) < LARGE else offload(compress_it, text)
