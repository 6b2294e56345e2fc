"""In which language a page speaks: what was chosen here, else what the browser asks for, else the house's."""
import werkzeug
from flask import Flask, Response, g, request

from workshop.house import house
from workshop.pages.shell.bearer import bearer
from workshop.words import LANGUAGES, language, speak

COOKIE = "tinkuy_lang"


def plug_in(app: Flask) -> None:
    """Settle the language before every request; remember a choice made with ?lang=."""
    app.before_request(settle)
    app.after_request(remember)


def settle() -> None:
    """?lang=, cookie, Accept-Language, setting."""
    chosen = request.args.get("lang") if request.query_string else None
    g.chosen_language = chosen if chosen in LANGUAGES else None
    speak(house().config.language)
    # `get` makes an error, with its text, of what is not there.
    kept = next(iter(request.cookies.getlist(COOKIE)), None) if bearer() is None else None
    speak(g.chosen_language or kept or request.accept_languages.best_match(LANGUAGES) or "")


def remember(response: Response) -> Response:
    """Keep the choice, and say in which language the page is."""
    if g.get("chosen_language") and bearer() is None:
        keep(response, g.chosen_language)
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
    return response


def keep(response: werkzeug.Response, language: str) -> None:
    """This browser is spoken to in `language` from now on."""
    response.set_cookie(COOKIE, language, max_age=365 * 86_400, samesite="Lax", httponly=True)
