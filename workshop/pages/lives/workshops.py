"""Serves the page on which a workshop is copied, put aside and deleted, and takes its forms."""
import hashlib

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from workshop.actions.core.once import once
from workshop.actions.lives import bringing, clearing
from workshop.actions.lives.removing import KEPT
from workshop.actions.rooms.workshops import check_may_create
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.roles import OWNER
from workshop.domain.shapes import Json
from workshop.exports import read_back
from workshop.house import house
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.facilitator import workshops
from workshop.pages.input.commands import do, done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.request_gate import wait_for
from workshop.pages.shell.visitor import Place
from workshop.store.counts import holdings
from workshop.store.models import Account, Cleared

pages = Blueprint("lives", __name__)
LONG = ROUGH * TITLE
AROUND = 16 * 1024  # bytes of a form around a file


@pages.get("/w/<workshop_id>/life")
def life(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows what can become of the workshop, and what goes with it where it is deleted."""
    with visitor.staff(workshop_id, leads=True) as here:
        return show("lives/workshop.html", styles=("door",), workshop=here.workshop, problem=problem, form=request.form,
                    own=here.me.role_in(workshop_id) == OWNER, held=holdings.of_workshop(here.session, workshop_id),
                    days=KEPT.days, cleared=_cleared(here))


@pages.url_value_preprocessor
def limits(endpoint: str | None, _values: Json | None) -> None:
    """Limits how much may come: more than commands, for a file, from whoever is signed in."""
    if endpoint == "lives.bring" and current_user.is_authenticated:
        request.max_content_length = request.max_form_memory_size = bringing.MOST + AROUND


@pages.post("/workshops/bring")
@signed_in
def bring() -> ResponseReturnValue:
    """Makes a workshop of an exported one's file."""
    h = house()
    try:
        check_may_create(current_user, h.config.may_create)
        if wait := wait_for(h.uploads):
            raise RetryLater(round(wait, 2))
        file = request.files.get("file")
        content = file.read(bringing.MOST + 1) if file else b""
        read = bringing.read(content)
        with h.store.write() as session:
            def make() -> Json:
                account = session.get_one(Account, current_user.id)
                return {"workshop": read_back.bring_in(session, h.clock(), read, account).id}
            answer, _again = once(session, h.clock(), current_user.id, "bring", hashlib.sha256(content).hexdigest(), make,
                                  request.form.get("client", ""))
    except Refusal as refusal:
        return workshops.new(sentence(refusal))
    return redirect(f"/w/{answer['workshop']}/desk", 303)


@pages.post("/w/<workshop_id>/copy")
def copy(workshop_id: str) -> ResponseReturnValue:
    """Makes a copy without people, and leads to it."""
    visitor.only_leads(workshop_id)
    form = request.form
    answer = do(form.get("client", ""), 1, "workshop.duplicate", {
        "workshop": workshop_id, "title": form.get("title", "")[:LONG], "first_day": form.get("day", "")[:20]})
    if not answer.get("ok"):
        return life(workshop_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{answer['workshop']}/desk", 303)


@pages.post("/w/<workshop_id>/aside")
def aside(workshop_id: str) -> ResponseReturnValue:
    """Puts the workshop aside, or takes it back to the list."""
    visitor.only_leads(workshop_id)
    return _sent(workshop_id, "workshop.archive", {"on": request.form.get("on") == "1"}, f"/w/{workshop_id}/life#aside")


@pages.post("/w/<workshop_id>/clear")
def clear(workshop_id: str) -> ResponseReturnValue:
    """Clears the trial run, or brings back what was cleared (`back`)."""
    visitor.only_leads(workshop_id)
    back = "back" in request.form
    return _sent(workshop_id, "workshop.recover" if back else "workshop.clear", {}, f"/w/{workshop_id}/life#clear")


@pages.post("/w/<workshop_id>/delete")
def delete(workshop_id: str) -> ResponseReturnValue:
    """Deletes the workshop, where its title was typed."""
    visitor.only_leads(workshop_id)
    return _sent(workshop_id, "workshop.delete", {"title": request.form.get("title", "")[:LONG]}, "/workshops#deleted")


@pages.post("/w/<workshop_id>/restore")
def restore(workshop_id: str) -> ResponseReturnValue:
    """Brings a deleted workshop back. Nobody sees it, so that the command alone says whose it is. Raises Refusal."""
    done(request.form.get("client", ""), 1, "workshop.restore", {"workshop": workshop_id})
    return redirect("/workshops", 303)


def _sent(workshop_id: str, verb: str, said: Json, onward: str) -> ResponseReturnValue:
    try:
        done(request.form.get("client", ""), 1, verb, {"workshop": workshop_id} | said)
    except Refusal as refusal:
        return life(workshop_id, sentence(refusal))
    return redirect(onward, 303)


def _cleared(here: Place) -> Json | None:
    """Returns {people, ideas, until} of what was cleared and can be brought back."""
    kept = here.session.get(Cleared, here.workshop.id)
    if kept is None or kept.at <= house().clock() - clearing.KEPT:
        return None
    until = kept.at + clearing.KEPT
    return {"people": len(kept.rows.get("seat", ())), "until": hours(until, here.workshop.zones),
            "ideas": sum(row["kind"] == "idea" for row in kept.rows.get("contribution", ()))}
