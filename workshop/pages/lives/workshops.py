"""Serves the page on which a workshop is copied, put aside and deleted, and takes its forms."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.actions.lives import clearing
from workshop.actions.lives.removing import KEPT
from workshop.domain.errors import Refusal
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.roles import OWNER
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.commands import do, done
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import holdings
from workshop.store.models import Cleared

pages = Blueprint("lives", __name__)
LONG = ROUGH * TITLE


@pages.get("/w/<workshop_id>/life")
def life(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows what can become of the workshop, and what goes with it where it is deleted."""
    with visitor.staff(workshop_id, leads=True) as here:
        return show("lives/workshop.html", styles=("door",), workshop=here.workshop, problem=problem, form=request.form,
                    own=here.me.role_in(workshop_id) == OWNER, held=holdings.of_workshop(here.session, workshop_id),
                    days=KEPT.days, cleared=_cleared(here))


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


def days_left(deleted_at: object) -> int:
    """Counts the days for which a deleted workshop is kept yet, the one that has begun too."""
    left = deleted_at + KEPT - house().clock()  # type: ignore[operator]
    return max(1, -(-int(left.total_seconds()) // 86400))
