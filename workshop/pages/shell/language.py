"""Chooses the language of a page: what was chosen here, else what the browser asks for, else the server's."""
import werkzeug
from flask import Flask, Response, g, request

from workshop.house import house
from workshop.pages.shell.bearer import bearer
from workshop.words import LANGUAGES, language, speak

COOKIE = "tinkuy_lang"


def plug_in(app: Flask) -> None:
    """Sets the language before every request; remembers a choice made with ?lang=."""
    app.before_request(settle)
    app.after_request(remember)


def settle() -> None:
    """Chooses by ?lang=, cookie, Accept-Language, setting."""
    chosen = request.args.get("lang") if request.query_string else None
    g.chosen_language = chosen if chosen in LANGUAGES else None
    speak(house().config.language)
    # `get` makes an error, with its text, of what is not there.
    kept = next(iter(request.cookies.getlist(COOKIE)), None) if bearer() is None else None
    speak(g.chosen_language or kept or request.accept_languages.best_match(LANGUAGES) or "")


def remember(response: Response) -> Response:
    """Stores the choice in a cookie, and says in which language the page is."""
    if g.get("chosen_language") and bearer() is None:
        keep(response, g.chosen_language)
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
    return response


def keep(response: werkzeug.Response, language: str) -> None:
    """Sets `language` for this browser from now on."""
    response.set_cookie(COOKIE, language, max_age=365 * 86_400, samesite="Lax", httponly=True)
