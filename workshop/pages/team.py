"""The team: give and take back roles."""
from flask import Blueprint, redirect, request
from flask_login import current_user

from workshop.actions import team
from workshop.domain.errors import Refusal
from workshop.domain.roles import FACILITATOR, OBSERVER, OWNER, RAPPORTEUR
from workshop.house import house
from workshop.pages import place
from workshop.pages.view import show
from workshop.store.models import Workshop
from workshop.words import N_, _
from workshop.words.refusals import sentence

pages = Blueprint("team", __name__)
ROLES = {OWNER: N_("Owner"), FACILITATOR: N_("Facilitator"), RAPPORTEUR: N_("Rapporteur"), OBSERVER: N_("Observer")}


@pages.route("/w/<workshop_id>/team", methods=["GET", "POST"])
def roles(workshop_id: str):
    """Who has which role; a new account's password is shown this once."""
    made = problem = None
    if request.method == "POST":
        with place.staff(workshop_id, leads=True):
            pass
        try:
            made = _grant(workshop_id, request.form)
        except Refusal as refusal:
            problem = sentence(refusal)
    with place.staff(workshop_id, leads=True) as here:
        return show("team.html", workshop=here.workshop, delegations=here.delegations, rooms=here.rooms, made=made,
                    members=team.members(here.session, workshop_id), problem=problem, form=request.form if problem else {},
                    roles={role: _(words) for role, words in ROLES.items()})


@pages.post("/w/<workshop_id>/team/withdraw")
def withdraw(workshop_id: str):
    """Take a role back."""
    h = house()
    with place.staff(workshop_id, leads=True):
        pass
    with h.store.write() as session:
        team.withdraw(session, h.clock(), session.get(Workshop, workshop_id), request.form.get("membership", ""),
                      current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


def _grant(workshop_id: str, form) -> tuple[str, str] | None:
    """(e-mail, password) where an account was made."""
    h, email = house(), form.get("email", "")
    with h.store.write() as session:
        password = team.grant(session, h.clock(), session.get(Workshop, workshop_id), email, form.get("name", ""),
                              form.get("role", ""), form.get("room") or None, current_user.id)
    return (email, password) if password else None
