"""Lists a facilitator's workshops, and sets up a new one."""
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import available_timezones

from babel.dates import format_date, get_timezone_location
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.actions.accounts import invitations
from workshop.actions.accounts.role_names import ROLES
from workshop.actions.accounts.tokens import places
from workshop.actions.core.once import once
from workshop.actions.lives import beginning
from workshop.actions.lives.removing import KEPT
from workshop.actions.rooms import workshops
from workshop.domain.errors import Refusal
from workshop.domain.limits import ROUGH, TITLE
from workshop.domain.programme_templates import template, templates
from workshop.domain.roles import LEADS, OWNER
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.input.commands import do
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell.render import show
from workshop.pages.shell.security import secret
from workshop.store.identity import Who, identify
from workshop.store.models import Account, Workshop
from workshop.words import LANGUAGES, _, language, spoken

pages = Blueprint("workshops", __name__)
LIKELY = ("America/Lima", "America/La_Paz")
PLACES = (*LIKELY, "America/Bogota", "America/Guayaquil", "America/Santiago", "America/Argentina/Buenos_Aires",
          "America/Asuncion", "America/Sao_Paulo", "America/Mexico_City", "America/Guatemala", "America/New_York",
          "Europe/Madrid", "Europe/Paris")


@pages.get("/workshops")
@signed_in
def mine() -> ResponseReturnValue:
    """Lists the workshops of the account, newest first, and those to which it is invited."""
    h = house()
    with h.store.read() as session:
        who = identify(session, secret())
        if who is None:  # signed out meanwhile, on another page
            raise Refusal("who_are_you")
        rows = session.scalars(select(Workshop).where(Workshop.id.in_({m.workshop_id for m in who.memberships}))
                               .order_by(Workshop.created_at.desc())).all()
        may_create = h.config.may_create != workshops.ADMINISTRATORS or current_user.administrator
        there = [w for w in rows if not w.deleted_at]
        return show("facilitator/workshops.html", workshops=_listed(who, [w for w in there if not w.archived_at]),
                    put_aside=_listed(who, [w for w in there if w.archived_at]),
                    deleted=[(w, _days_left(w.deleted_at)) for w in rows if w.deleted_at and who.role_in(w.id) == OWNER],
                    may_create=may_create, days=_in_words,
                    invited=[(found, _(ROLES[found.it.role])) for found in invitations.for_account(
                        session, h.clock(), current_user.id)])


def _listed(who: Who, rows: Sequence[Workshop]) -> list[Json]:
    return [{"it": w, "desk": who.role_in(w.id)} for w in rows]


def _days_left(deleted_at: datetime) -> int:
    """Counts the days for which a deleted workshop is kept yet, the one that has begun too."""
    left = deleted_at + KEPT - house().clock()
    return max(1, -(-int(left.total_seconds()) // 86400))


def _in_words(days: list[str]) -> str:
    """The days of a workshop as one says them: '29 nov. · 30 nov.'."""
    return " · ".join(format_date(date.fromisoformat(day), "d MMM", locale=language()) for day in days)


@pages.route("/workshops/new", methods=["GET", "POST"])
@signed_in
def new(problem: str | None = None) -> ResponseReturnValue:
    """Sets up a workshop: title, days, zones, languages, delegations, sites, axes, privacy; empty, with a programme, or as a
    copy of another. Going back and sending the same again leads to the workshop that exists."""
    workshops.check_may_create(current_user, house().config.may_create)
    if request.method == "POST" and problem is None:
        try:
            return redirect(f"/w/{_begin(request.form)}/desk", 303)
        except Refusal as refusal:
            problem = sentence(refusal)
    with house().store.read() as session:
        led = [workshop for workshop, role in places(session, current_user.id) if role in LEADS]
    return show("facilitator/new.html", problem=problem, form=request.form, zones=zones(), known=LANGUAGES,
                programmes=[(one.key, spoken(one.name), spoken(one.purpose), one.days) for one in templates()], led=led,
                today=house().clock().date().isoformat(), groups=beginning.GROUPS, most=beginning.MOST_GROUPS)


def zones(own: Sequence[str] = LIKELY) -> list[tuple[str, str]]:
    """Lists (zone, its place in the reader's language): those of the workshop first, or the likely ones, the others by name.
    """
    def place(zone: str) -> str:
        return zone if zone == "UTC" else get_timezone_location(zone, locale=language(), return_city=True)
    others = sorted(((zone, place(zone)) for zone in (*PLACES, "UTC") if zone not in own), key=lambda one: one[1])
    return [*((zone, place(zone)) for zone in own), *others]


def _begin(form: MultiDict[str, str]) -> str:
    """Makes the workshop as the form says; returns its id. Raises Refusal."""
    of = form.get("copy", "") if form.get("begin") == "copy" else ""
    if form.get("begin") != "copy":
        return _create(form)
    answer = do(form.get("client", ""), 1, "workshop.duplicate", {
        "workshop": of[:40] or "-", "title": form.get("title", "")[:ROUGH * TITLE], "first_day": form.get("day", "")[:20]})
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    return str(answer["workshop"])


def _create(form: MultiDict[str, str]) -> str:
    h, programme = house(), template(form.get("begin", ""))
    chosen = [zone for zone in form.getlist("zone") if zone]
    if not set(chosen) <= available_timezones():
        raise Refusal("bad_zone")
    said: Json = {
        "title": form.get("title", ""), "days": _days(form), "zones": list(dict.fromkeys(chosen)) or ["UTC"],
        "languages": form.getlist("language") or ["es"], "delegations": lines(form.get("delegations", "")),
        "sites": lines(form.get("sites", "")), "axes": lines(form.get("axes", "")), "privacy": form.get("privacy", "")} | (
            {"asks": form.getlist("ask")} if "ask" in form else {})
    with h.store.write() as session:
        def make() -> Json:
            account = session.get_one(Account, current_user.id)
            workshop = workshops.create_workshop(session, h.clock(), account, **said)
            if programme:
                first = date.fromisoformat(said["days"][0]) if said["days"] else h.clock().date()
                beginning.begin_with(session, h.clock(), workshop, account, programme, first,
                                     language() if language() in said["languages"] else said["languages"][0],
                                     form.get("groups", beginning.GROUPS, whole))
            return {"workshop": workshop.id}
        more = [programme.key, form.get("groups")] if programme else []
        answer, _again = once(session, h.clock(), current_user.id, "workshop", [said, *more] if more else said, make)
        return str(answer["workshop"])


def _days(form: MultiDict[str, str]) -> list[str]:
    try:
        found = {date.fromisoformat(day) for day in form.getlist("day") if day}
    except ValueError:
        raise Refusal("bad_day") from None
    return [day.isoformat() for day in sorted(found)]


def lines(text: str) -> list[str]:
    """Splits one entry a line; empty lines and repetitions drop out."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
