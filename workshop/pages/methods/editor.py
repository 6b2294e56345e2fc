"""Edits one's own methods: in a form, as YAML, from a file.

The form works without script: every button sends the whole form back, and what is refused comes back as it was typed. That
holds for a page that was open too long and for somebody who is signed out by now: these views answer an old token themselves
(pages/shell/security.py), and `_ready` looks at it before anything is written.
"""
from collections.abc import Mapping

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from workshop.actions import own_methods
from workshop.domain.errors import Refusal
from workshop.domain.methods.checking import LANGUAGES, BadMethod, checked
from workshop.domain.methods.choices import fitted
from workshop.domain.methods.draft import bare, draft_of, filled, lent, shaped
from workshop.domain.methods.moves import moved
from workshop.domain.methods.shape import Method
from workshop.domain.methods.yaml_text import LIMIT, refused
from workshop.domain.shapes import Draft, Json
from workshop.house import house
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.input.numbers import whole
from workshop.pages.methods.choices import choices
from workshop.pages.methods.field_names import place_of, where_said
from workshop.pages.methods.library import EDITING, STYLES
from workshop.pages.methods.texts import RIGHTS, SEES, WHO, said
from workshop.pages.shell.language import settle
from workshop.pages.shell.render import Page, show
from workshop.pages.shell.request_gate import asker
from workshop.pages.shell.security import answers_itself
from workshop.sandbox import Failed
from workshop.words import LANGUAGES as NAMES
from workshop.words import _, language
from workshop.words.refusals import sentence

pages = Blueprint("method_editor", __name__)
FORM, FIELDS = 768 * 1024, 4000  # bytes and fields of the form of the longest method
CODES = ("method_too_big", "method_not_yaml", "method_alias", "method_repeated")  # of yaml_text.read
AROUND = 16 * 1024  # bytes of a form around a text


@pages.url_value_preprocessor
def limits(endpoint: str | None, _values: Json | None) -> None:
    """Limits how much may come, before anything is read: more than commands, for the texts, from whoever is signed in; and
    no more."""
    if not current_user.is_authenticated:
        return
    most = FORM if endpoint == "method_editor.edit" else LIMIT + AROUND
    request.max_content_length = request.max_form_memory_size = most
    request.max_form_parts = FIELDS
    if request.method == "POST" and (request.content_length or 0) > most:
        settle()  # the language, which comes after this
        raise refused("method_too_big", limit=LIMIT // 1024, length=(request.content_length or 0) // 1024)


def _ready(key: str = "") -> None:
    """Refuses to read and write for a foreign or old form, for nobody, and where there is no such method of theirs."""
    if not g.token_right:
        raise Refusal("expired")
    if not current_user.is_authenticated:
        raise Refusal("signed_out")
    if key:
        with house().store.read() as session:
            own_methods.row_of(session, current_user.id, key)


@pages.get("/methods/<key>/edit")
@signed_in
def open_form(key: str) -> ResponseReturnValue:
    """Shows the form of one of my methods."""
    with house().store.read() as session:
        row = own_methods.row_of(session, current_user.id, key)
    method = own_methods.read(row.text)
    if method is None:
        return redirect(f"/methods/{key}/yaml", 303)
    return _form(key, draft_of(method), row.revision)


@pages.post("/methods/<key>/edit")
@answers_itself
def edit(key: str) -> ResponseReturnValue:
    """Saves it, or does with the form what its button says."""
    form, h = request.form, house()
    draft, what = _draft(form), form.get("do", "save")
    revision = form.get("revision", type=whole, default=0)
    if what == "process.add":
        return _form(key, _with_part(draft, form.get("part", "")), revision)
    if what != "save":
        return _form(key, moved(draft, what), revision)
    try:
        _ready(key)
        method = checked(_asked("draft", {"draft": fitted(lent(draft, language()) if "lend" in form else draft)}))
        with h.store.write() as session:
            row = own_methods.row_of(session, current_user.id, key)
            try:
                saved = own_methods.save(session, h.clock(), current_user.id, method, row, revision).key
            except Refusal as refusal:
                if refusal.code == "method_changed":
                    revision = row.revision
                raise
    except Refusal as refusal:
        if refusal.code == "not_here":
            raise
        return _form(key, draft, revision, refusal)
    return redirect(f"/methods/{saved}", 303)


def _draft(form: MultiDict[str, str]) -> Draft:
    """Reads the draft from the form; the parts that it does not show travel in `base`."""
    try:
        base = _read(form.get("base", ""))
    except BadMethod:
        base = {}
    return filled(shaped(base), form)


def _read(text: str) -> Json:
    """Reads the YAML of somebody else in a child process. BadMethod as yaml_text.read."""
    return _asked("method", {}, text.encode("utf-8", "replace"))


def _asked(task: str, values: Json, content: bytes = b"") -> Json:
    try:
        found: Json = house().sandbox.ask(task, values, content, asker(), CODES, lambda said, _parts: dict(said))
        return found
    except Failed:
        raise refused("method_not_yaml", line=1) from None
    except Refusal as refusal:
        raise BadMethod(refusal.code, **refusal.values) from None


def _with_part(draft: Draft, key: str) -> Draft:
    """Adds a part to a process, on its last day."""
    if not current_user.is_authenticated or not draft["process"]:
        return draft
    with house().store.read() as session:
        method = own_methods.known(session, current_user.id).get(key)
    if method:
        draft["process"].append({"method": key, "day": draft["process"][-1]["day"], "title": method.name.model_dump()})
    return shaped(draft)


def _form(key: str, draft: Draft, revision: int, refusal: Refusal | None = None) -> Page:
    """Shows the form with a draft in it, and what was refused beside its field."""
    place, form = place_of(refusal), request.form
    shown = form.get("show", language())
    known: Mapping[str, Method] = {}
    if draft["process"] and current_user.is_authenticated:
        with house().store.read() as session:
            known = own_methods.known(session, current_user.id)
    return show(
        "methods/edit.html", styles=EDITING, key=key, draft=draft, base=bare(draft), revision=revision, place=place,
        problem=refusal and sentence(Refusal(refusal.code, **refusal.values | {"where": where_said(place)})),
        shown="all" if place and place.rpartition(".")[2] in set(LANGUAGES) - {shown} else shown, names=NAMES,
        lend="lend" in form or "do" not in form, rights={key_: _(name) for key_, name in RIGHTS.items()},
        who={key_: _(name) for key_, name in WHO.items()}, sees={key_: _(name) for key_, name in SEES.items()},
        parts={one.key: said(one.name) for one in known.values() if one.key != key}, **choices(draft))


@pages.get("/methods/<key>/yaml")
@signed_in
def open_text(key: str) -> ResponseReturnValue:
    """Shows the YAML of one of my methods."""
    with house().store.read() as session:
        row = own_methods.row_of(session, current_user.id, key)
    return show("methods/text.html", styles=STYLES, key=key, text=row.text, revision=row.revision)


@pages.post("/methods/<key>/yaml")
@answers_itself
def edit_text(key: str) -> ResponseReturnValue:
    """Saves the YAML."""
    h, text = house(), request.form.get("text", "").replace("\r\n", "\n")
    revision = request.form.get("revision", type=whole, default=0)
    try:
        _ready(key)
        method = checked(_read(text))
        with h.store.write() as session:
            row = own_methods.row_of(session, current_user.id, key)
            current = row.revision
            saved = own_methods.save(session, h.clock(), current_user.id, method, row, revision).key
    except Refusal as refusal:
        if refusal.code == "not_here":
            raise
        return show("methods/text.html", styles=STYLES, key=key, text=text, problem=sentence(refusal),
                    revision=current if refusal.code == "method_changed" else revision)
    return redirect(f"/methods/{saved}", 303)


@pages.get("/methods/from-file")
@signed_in
def open_file() -> ResponseReturnValue:
    """Shows the page that takes a method from a file."""
    return show("methods/text.html", styles=STYLES, text="")


@pages.post("/methods/from-file")
@answers_itself
def from_file() -> ResponseReturnValue:
    """Stores a method that was pasted or uploaded; what is refused comes back as text, to be put right here."""
    h, text = house(), request.form.get("text", "").replace("\r\n", "\n")
    try:
        text = _uploaded() or text
        _ready()
        method = checked(_read(text))
        with h.store.write() as session:
            key = own_methods.bring(session, h.clock(), current_user.id, method).key
    except Refusal as refusal:
        return show("methods/text.html", styles=STYLES, text=text, problem=sentence(refusal))
    return redirect(f"/methods/{key}", 303)


def _uploaded() -> str:
    """Returns the text of the file, empty where there is none."""
    file = request.files.get("file")
    try:
        return file.read(LIMIT + AROUND).decode("utf-8-sig") if file else ""
    except UnicodeDecodeError:
        raise refused("method_not_yaml", line=1) from None
