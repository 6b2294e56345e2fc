"""Serves the library of methods and one's own: to choose one, to read it, to download it."""
from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from workshop.actions import own_methods
from workshop.actions.core.once import once
from workshop.domain.errors import Refusal
from workshop.domain.methods.library import library, to_yaml
from workshop.domain.roles import FACILITATOR, OWNER
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.methods.texts import FAMILIES, short, whole
from workshop.pages.printed.report import disposition
from workshop.pages.shell.render import show
from workshop.store.models import Membership, Workshop
from workshop.store.transaction import Session
from workshop.words import _

pages = Blueprint("methods", __name__)
STYLES = ("door", "methods")
EDITING = (*STYLES, "seldom", "steps")


@pages.get("/methods")
@signed_in
def all_methods() -> ResponseReturnValue:
    """Lists my own methods, and the library by family."""
    with house().store.read() as session:
        known, rows = own_methods.known(session, current_user.id), own_methods.rows(session, current_user.id)
    own = [{"row": row, "it": short(known[row.key], known) if row.key in known else None} for row in rows]
    found = {key: [short(one, known) for one in library().values() if one.family == key] for key in FAMILIES}
    return show("methods/methods.html", styles=STYLES, own=own,
                families=[{"key": key, "name": _(name), "methods": found[key]} for key, name in FAMILIES.items()])


@pages.get("/methods/<key>")
@signed_in
def method(key: str) -> ResponseReturnValue:
    """Shows one method in full, with the ways to use it."""
    with house().store.read() as session:
        it, workshops = _method(session, key), _open_workshops(session)
    return show("methods/method.html", styles=STYLES, it=it, workshops=workshops, own=key not in library())


@pages.get("/methods/<key>/print")
@signed_in
def on_paper(key: str) -> ResponseReturnValue:
    """Shows the method as a sheet to hold in the hand while facilitating."""
    with house().store.read() as session:
        it = _method(session, key)
    return show("methods/paper.html", styles=STYLES, it=it)


@pages.get("/methods/<key>.yaml")
@signed_in
def export(key: str) -> ResponseReturnValue:
    """Serves the method as a file that `from-file` takes."""
    with house().store.read() as session:
        text = to_yaml(own_methods.method_of(session, current_user.id, key))
    response = make_response(text.encode())
    response.headers["Content-Type"] = "application/yaml; charset=utf-8"
    response.headers["Content-Disposition"] = disposition(f"{key}.yaml")
    return response


@pages.post("/methods/<key>/copy")
@signed_in
def copy(key: str) -> ResponseReturnValue:
    """Duplicates a method and opens it in the editor."""
    h = house()
    with h.store.write() as session:
        answer, _again = once(session, h.clock(), current_user.id, "method", key, lambda: {
            "method": own_methods.copy(session, h.clock(), current_user.id, key).key}, request.form.get("client", ""))
    return redirect(f"/methods/{answer['method']}/edit", 303)


@pages.post("/methods/<key>/drop")
@signed_in
def drop(key: str) -> ResponseReturnValue:
    """Deletes one of my own."""
    with house().store.write() as session:
        own_methods.drop(session, current_user.id, key)
    return redirect("/methods", 303)


def _method(session: Session, key: str) -> Json:
    """Prepares what the pages show of a method; NotFound where there is none for this account."""
    known = own_methods.known(session, current_user.id)
    if key not in known:
        raise Refusal("not_here")
    return whole(known[key], known)


def _open_workshops(session: Session) -> list[Workshop]:
    """Lists the workshops in which the account may make rooms, newest first."""
    return list(session.scalars(
        select(Workshop).where(Workshop.closed_at.is_(None), Workshop.id.in_(select(Membership.workshop_id).where(
            Membership.account_id == current_user.id, Membership.role.in_((OWNER, FACILITATOR)))))
        .order_by(Workshop.created_at.desc())))
