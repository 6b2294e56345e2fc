"""Serves the team's page: invite, take invitations and roles back."""
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import quote

import segno
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData
from werkzeug import Response

from workshop.actions.accounts import invitations, team
from workshop.actions.accounts.role_names import ROLES
from workshop.actions.core.once import once
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.facilitator.team_acts import fresh
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import base_url, show
from workshop.store.models import Workshop
from workshop.store.transaction import Session
from workshop.words import _

pages = Blueprint("team", __name__)
LINK, SHOWN = "tinkuy_link", 600  # a cookie that only this page gets; seconds for which it shows the link that was made last


@pages.get("/w/<workshop_id>/team")
def roles(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows who has which role, whose invitation waits, and the link that was just made."""
    with visitor.staff(workshop_id, leads=True) as here:
        now, me = house().clock(), here.me.device.account_id or ""
        waits = invitations.waiting(here.session, now, workshop_id)
        return show("facilitator/team/team.html", script="account", styles=("door", "history"), facts={},
                    workshop=here.workshop, delegations=here.delegations, fresh=fresh(here.session, workshop_id),
                    rooms=here.rooms, made=_made(workshop_id, me), problem=problem, form=request.form if problem else {},
                    members=team.members(here.session, workshop_id),
                    pending=invitations.pending(here.session, now, workshop_id),
                    colleagues=[one for one in invitations.colleagues(here.session, workshop_id, me) if one.id not in waits],
                    roles={role: _(words) for role, words in ROLES.items()})


@pages.post("/w/<workshop_id>/team")
def invite(workshop_id: str) -> ResponseReturnValue:
    """Makes an invitation: for whoever gets its link, or for the account of a colleague, to whom its page shows it too."""
    form, tokens = request.form, []
    said = (form.get("role", ""), form.get("room") or None, form.get("name", ""), form.get("email", ""),
            form.get("account") or None)
    try:
        with _leading(workshop_id) as (session, now):
            def make() -> Json:  # the remembered answer holds no link: that is a secret
                tokens.append(invitations.invite(session, now, session.get_one(Workshop, workshop_id), current_user.id,
                                                 *said))
                return {}
            once(session, now, current_user.id, "invitation", [workshop_id, *said], make, form.get("client", ""))
    except Refusal as refusal:
        return roles(workshop_id, problem=sentence(refusal))
    if not tokens:  # the same form again: the invitation exists, and its link as long as the browser keeps it
        return redirect(f"/w/{workshop_id}/team", 303)
    return _handed_over(workshop_id, tokens[0])


@pages.post("/w/<workshop_id>/team/link")
def renew(workshop_id: str) -> ResponseReturnValue:
    """Replaces the former link by a new one."""
    with _leading(workshop_id) as (session, now):
        token = invitations.renew(session, now, workshop_id, request.form.get("invitation", ""), current_user.id)
    return _handed_over(workshop_id, token)


@pages.post("/w/<workshop_id>/team/revoke")
def revoke(workshop_id: str) -> ResponseReturnValue:
    """Takes an invitation back."""
    with _leading(workshop_id) as (session, now):
        invitations.revoke(session, now, workshop_id, request.form.get("invitation", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


@pages.post("/w/<workshop_id>/team/withdraw")
def withdraw(workshop_id: str) -> ResponseReturnValue:
    """Takes a role back: first what will happen is shown, then (`sure`) it is done."""
    form = request.form
    if "sure" not in form:
        with visitor.staff(workshop_id, leads=True) as here:
            found = team.standing(here.session, workshop_id, form.get("membership", ""))
            return show("facilitator/team/remove.html", styles=("door", "people"), workshop=here.workshop,
                        delegations=here.delegations, membership=form["membership"],
                        **found | {"role": _(ROLES[found["role"]])})
    with _leading(workshop_id) as (session, now):
        team.withdraw(session, now, session.get_one(Workshop, workshop_id), form.get("membership", ""), current_user.id)
    return redirect(f"/w/{workshop_id}/team", 303)


@contextmanager
def _leading(workshop_id: str) -> Iterator[tuple[Session, datetime]]:
    """Opens (a session to write, now) for somebody who leads the workshop. Raises Refusal."""
    visitor.only_leads(workshop_id)
    with house().store.write() as session:
        yield session, house().clock()


def _handed_over(workshop_id: str, token: str) -> Response:
    """Redirects to the page that shows a new link. It is no answer to the form: reloaded, that would make one more, or make
    void the one that has just been handed over. The store has none that could be shown; the browser keeps it a while."""
    h, where = house(), f"/w/{workshop_id}/team"
    response, kept = redirect(where, 303), h.signer.dumps([current_user.id, workshop_id, token], salt=LINK)
    response.set_cookie(LINK, kept, max_age=SHOWN, path=where, httponly=True, samesite="Lax",
                        secure=h.config.secure or request.is_secure)
    return response


def _made(workshop_id: str, account: str | None) -> Json | None:
    """Describes what the link that this account has just made here is handed over with, while it works: the address, its QR,
    a letter that is ready to be sent."""
    h, cookie = house(), request.cookies.get(LINK)
    try:
        by, where, token = h.signer.loads(cookie or "", max_age=SHOWN, salt=LINK)
        if (by, where) != (account, workshop_id):
            return None
        with h.store.read() as session:
            found = invitations.find(session, h.clock(), token)
    except (BadData, Refusal, ValueError):
        return None
    url = f"{base_url()}/i/{token}"
    letter = _("{name} invites you to “{title}”. Open this link, once: {url}", name=found.inviter.name,
               title=found.workshop.title, url=url)
    return {"url": url, "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=2, dark="#1d1d1f", light="#ffffff"),
            "mail": f"mailto:{quote(found.it.email)}?subject={quote(found.workshop.title)}&body={quote(letter)}",
            "for": found.it.name or found.it.email, "account": found.account}
