"""The team: invite, take invitations and roles back."""
from contextlib import contextmanager
from urllib.parse import quote

import segno
from flask import Blueprint, redirect, request
from flask_login import current_user

from workshop.actions import inviting, team
from workshop.domain.errors import Refusal
from workshop.domain.roles import FACILITATOR, OBSERVER, OWNER, RAPPORTEUR
from workshop.house import house
from workshop.pages import place
from workshop.pages.view import base_url, show
from workshop.store.models import Workshop
from workshop.words import N_, _
from workshop.words.refusals import sentence

pages = Blueprint("team", __name__)
ROLES = {OWNER: N_("Owner"), FACILITATOR: N_("Facilitator"), RAPPORTEUR: N_("Rapporteur"), OBSERVER: N_("Observer")}


@pages.get("/w/<workshop_id>/team")
def roles(workshop_id: str, made: dict | None = None, problem: str = ""):
    """Who has which role, and whose invitation waits.  `made`: a link {url, qr, mail, for} that is shown this once."""
    with place.staff(workshop_id, leads=True) as here:
        now, me = house().clock(), here.who.device.account_id
        return show("team.html", script="account", facts={}, workshop=here.workshop, delegations=here.delegations,
                    rooms=here.rooms, made=made, problem=problem, form=request.form if problem else {},
                    members=team.members(here.session, workshop_id),
                    pending=inviting.pending(here.session, now, workshop_id),
                    colleagues=inviting.colleagues(here.session, workshop_id, me),
                    roles={role: _(words) for role, words in ROLES.items()})


@pages.post("/w/<workshop_id>/team")
def invite(workshop_id: str):
    """Make an invitation: for whoever gets its link, or for the account of a colleague, to whom its page shows it too."""
    form = request.form
    try:
        with _leading(workshop_id) as (session, now):
            token = inviting.invite(
                session, now, session.get(Workshop, workshop_id), current_user.id, form.get("role", ""),
                form.get("room") or None, form.get("name", ""), form.get("email", ""), form.get("account") or None)
    except Refusal as refusal:
        return roles(workshop_id, problem=sentence(refusal))
    return roles(workshop_id, _link(workshop_id, token))


@pages.post("/w/<workshop_id>/team/link")
def renew(workshop_id: str):
    """A new link in the place of the one before."""
    with _leading(workshop_id) as (session, now):
        token = inviting.renew(session, now, workshop_id, request.form.get("invitation", ""), current_user.id)
    return roles(workshop_id, _link(workshop_id, token))


@pages.post("/w/<workshop_id>/team/revoke")
def revoke(workshop_id: str):
    """Take an invitation back."""
    with _leading(workshop_id) as (session, now):
        inviting.revoke(session, now, workshop_id, request.form.get("invitation", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


@pages.post("/w/<workshop_id>/team/withdraw")
def withdraw(workshop_id: str):
    """Take a role back."""
    with _leading(workshop_id) as (session, now):
        team.withdraw(session, now, session.get(Workshop, workshop_id), request.form.get("membership", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


@contextmanager
def _leading(workshop_id: str):
    """(A session to write, now) for somebody who leads the workshop.  Raises Refusal."""
    place.only_leads(workshop_id)
    with house().store.write() as session:
        yield session, house().clock()


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
