"""The team: invite, take invitations and roles back."""
from urllib.parse import quote

import segno
from flask import Blueprint, redirect, request
from flask_login import current_user

from workshop.actions import inviting, team
from workshop.domain.errors import Refusal
from workshop.house import house
from workshop.pages import place
from workshop.pages.acts import fresh
from workshop.pages.roles import ROLES
from workshop.pages.view import base_url, show
from workshop.store.models import Workshop
from workshop.words import _
from workshop.words.refusals import sentence

pages = Blueprint("team", __name__)


@pages.get("/w/<workshop_id>/team")
def roles(workshop_id: str, made: dict | None = None, problem: str = ""):
    """Who has which role, and whose invitation waits.  `made`: a link {url, qr, mail, for} that is shown this once."""
    with place.staff(workshop_id, leads=True) as here:
        now, me = house().clock(), here.who.device.account_id
        return show("team.html", script="account", sheets=("door", "history"), facts={}, workshop=here.workshop,
                    delegations=here.delegations, fresh=fresh(here.session, workshop_id),
                    rooms=here.rooms, made=made, problem=problem, form=request.form if problem else {},
                    members=team.members(here.session, workshop_id),
                    pending=inviting.pending(here.session, now, workshop_id),
                    colleagues=inviting.colleagues(here.session, workshop_id, me),
                    roles={role: _(words) for role, words in ROLES.items()})


@pages.post("/w/<workshop_id>/team")
def invite(workshop_id: str):
    """Make an invitation: for whoever gets its link, or for the account of a colleague, to whom its page shows it too."""
    form, h = request.form, house()
    with place.staff(workshop_id, leads=True):
        pass
    try:
        with h.store.write() as session:
            token = inviting.invite(
                session, h.clock(), session.get(Workshop, workshop_id), current_user.id, form.get("role", ""),
                form.get("room") or None, form.get("name", ""), form.get("email", ""), form.get("account") or None)
    except Refusal as refusal:
        return roles(workshop_id, problem=sentence(refusal))
    return roles(workshop_id, _link(workshop_id, token))


@pages.post("/w/<workshop_id>/team/link")
def renew(workshop_id: str):
    """A new link in the place of the one before."""
    h = house()
    with place.staff(workshop_id, leads=True):
        pass
    with h.store.write() as session:
        token = inviting.renew(session, h.clock(), workshop_id, request.form.get("invitation", ""), current_user.id)
    return roles(workshop_id, _link(workshop_id, token))


@pages.post("/w/<workshop_id>/team/revoke")
def revoke(workshop_id: str):
    """Take an invitation back."""
    h = house()
    with place.staff(workshop_id, leads=True):
        pass
    with h.store.write() as session:
        inviting.revoke(session, h.clock(), workshop_id, request.form.get("invitation", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


@pages.post("/w/<workshop_id>/team/withdraw")
def withdraw(workshop_id: str):
    """Take a role back: first what will happen is shown, then (`sure`) it is done."""
    h, form = house(), request.form
    with place.staff(workshop_id, leads=True) as here:
        if "sure" not in form:
            found = team.standing(here.session, workshop_id, form.get("membership", ""))
            return show("team_remove.html", sheets=("door", "people"), workshop=here.workshop, delegations=here.delegations,
                        membership=form["membership"], **found | {"role": _(ROLES[found["role"]])})
    with h.store.write() as session:
        team.withdraw(session, h.clock(), session.get(Workshop, workshop_id), form.get("membership", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


def _link(workshop_id: str, token: str) -> dict:
    """What a link is handed over with: the address, its QR, a letter that is ready to be sent."""
    url = f"{base_url()}/i/{token}"
    with house().store.read() as session:
        found = inviting.find(session, house().clock(), token)
    letter = _("{name} invites you to “{title}”. Open this link, once: {url}", name=found.inviter.name,
               title=found.workshop.title, url=url)
    return {"url": url, "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=2, dark="#1d1d1f", light="#ffffff"),
            "mail": f"mailto:{quote(found.it.email)}?subject={quote(found.workshop.title)}&body={quote(letter)}",
            "for": found.it.name or found.it.email, "account": found.account}
