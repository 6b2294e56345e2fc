"""Serves the built scripts and styles: found by the hash of their content, sent compressed, cached by browsers for ever."""
import base64
import hashlib
import json
import re
from functools import cache

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from workshop.domain.json_codec import dumps
from workshop.domain.kinds import kinds
from workshop.folders import PACKAGE, STATIC
from workshop.media import upload_processing
from workshop.pages.shell.security import NOTHING
from workshop.words import LANGUAGES, _, language, screen, speaking

BUILD = STATIC / "build"
KINDS = PACKAGE / "activities"
FOR_EVER = "public, max-age=31536000, immutable"
EVERYWHERE = ("base", "weave", "parts")  # files of css/ that every page has
DOOR = ("door",)  # a form: the way in, which a newcomer waits for; every other page has `live` too
BOARD = ("door", "board", "groups", "wide", "files", "talk")  # a board, whatever stands on its cards
pages = Blueprint("assets", __name__)


@cache
def versions() -> dict[str, str]:
    """Reads {file name: hash}; empty where nothing was built (the pages then work without script)."""
    manifest = BUILD / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}


@cache
def styles(*names: str) -> str:
    """Reads the rules of the named style sheets, which stand in the page itself: one request less on a slow connection."""
    folders = (BUILD,) if versions() else (STATIC / "css", KINDS)
    found = {path.stem: path for folder in folders for path in folder.rglob("*.css")}
    return "".join(found[name].read_text() for name in (*EVERYWHERE, *(() if names == DOOR else ("live",)), *names))


@cache
def sheets(*kinds_shown: str) -> tuple[str, ...]:
    """Returns the names of the style sheets that these kinds of activity bring."""
    return tuple(name for name in dict.fromkeys(kinds_shown) if (KINDS / name / f"{name}.css").exists())


def url(name: str) -> str | None:
    """Returns the address of a built script, None where it was not built."""
    return f"/a/{versions()[name]}/{name}" if name in versions() else None


@cache
def built(name: str) -> bytes:
    """Reads the bytes of a built file."""
    return (BUILD / name).read_bytes()


@pages.get("/a/<version>/<name>")
def asset(version: str, name: str) -> ResponseReturnValue:
    """Serves a built file; another version than ours is not there any more."""
    if versions().get(name) != version:
        abort(404)
    coding, ending = next(((coding, ending) for coding, ending in (("br", ".br"), ("gzip", ".gz"))
                           if request.accept_encodings.quality(coding)), ("", ""))
    response = make_response(built(name + ending))
    response.mimetype = "text/javascript" if name.endswith(".js") else "text/css"
    response.headers |= {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


@pages.get("/worker.js")
def worker() -> ResponseReturnValue:
    """Serves the service worker (?l=language); it stands at the root because it serves all pages."""
    with speaking(request.args.get("l", "")):
        script = _worker(language())
    response = make_response(script)
    response.mimetype = "text/javascript"
    response.headers |= {"Cache-Control": "no-cache", "Content-Security-Policy": f"{NOTHING}; connect-src 'self'"}
    response.set_etag(hashlib.sha256(script.encode()).hexdigest()[:10])
    return response.make_conditional(request)


@cache
def _worker(language: str) -> str:
    """Builds the worker's script, and before it the page that it shows offline."""
    page = render_template("shell/offline.html", language=language)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.S)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    offline = {"html": page, "policy": f"default-src 'none'; style-src 'sha256-{hashed}'"}
    return f"self.offline={dumps(offline)};{built('worker.js').decode()}"


@cache
def sentences(language: str) -> str:
    """Returns the address of the words in a language that pages fetch after they have loaded."""
    with speaking(language):
        said = _words()
    return f"/a/{hashlib.sha256(said.encode()).hexdigest()[:12]}/words/{language}"


def kind_words() -> dict[str, str]:
    """Collects {key: sentence} that the panels of the kinds say."""
    found: dict[str, str] = {}
    for name, kind in kinds().items():
        found |= {f"vote.{name}": _(kind.title)} if kind.votes else {}
        found |= {key: _(text) for key, text in kind.words.items()}
    return found


def _words() -> str:
    return dumps(screen.later() | kind_words() | {f"takes.{kind}": "yes" for kind in upload_processing.FOREIGN})


@pages.get("/a/<version>/words/<language>")
def later(version: str, language: str) -> ResponseReturnValue:
    """Serves {key: sentence}; cached by browsers for ever, as the scripts are."""
    if language not in LANGUAGES or f"/{version}/" not in sentences(language):
        abort(404)
    with speaking(language):
        response = make_response(_words())
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = FOR_EVER
    return response
