"""Lets people who are expected find themselves at the door, and take their seat with a tap."""
import time

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from workshop.actions.people import sessions
from workshop.domain.errors import Refusal
from workshop.domain.people.addresses import network_of
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.code_limiter import knock
from workshop.pages.input.numbers import whole
from workshop.pages.participant import welcome
from workshop.pages.shell.errors import STATUS
from workshop.pages.shell.render import show
from workshop.pages.shell.security import answers_itself, secret
from workshop.store.counts import roster
from workshop.store.identity import identify
from workshop.store.models import Delegation, Site
from workshop.store.transaction import Session
from workshop.words import people
from workshop.words.refusals import sentence

pages = Blueprint("expected", __name__)
TYPED = 200  # signs of what is looked for


@pages.route("/j/<typed:code>/find", methods=["GET", "POST"])
@answers_itself
def find(code: str, problem: str = "") -> ResponseReturnValue:
    """Shows a handful of those whose names begin with what was typed, or whose code it is, and takes the tap of one. Nobody
    reads the whole list here: there are no names for fewer than three letters, and look-ups are bounded by address."""
    taking = request.method == "POST"
    if taking and not g.token_right:
        problem = sentence(Refusal("expired"))
    elif taking:
        try:
            return _take(code)
        except Refusal as refusal:
            problem = sentence(refusal)
    typed, room = request.values.get("q", "")[:TYPED].strip(), request.values.get("r", type=whole)
    with house().store.read() as session:
        try:
            workshop = knock(lambda: sessions.find_workshop(session, code), code)
            sessions.may_come(session, workshop, identify(session, secret()))
            found = _look_up(session, workshop.id, typed) if typed else None
        except Refusal as refusal:
            return show("participant/welcome.html", status=STATUS.get(refusal.code, 400), problem=sentence(refusal), mine=[],
                        typed=code if refusal.code == "wrong_code" else "")
        delegations = session.query(Delegation).filter_by(workshop_id=workshop.id).all()
        sites = session.query(Site).filter_by(workshop_id=workshop.id).order_by(Site.position).all()
        return show("participant/expected.html", workshop=workshop, delegations=delegations, found=found, typed=typed,
                    room=room, problem=problem, channels=welcome.channels(False, sites), letters=roster.LETTERS,
                    genders=people.genders(), spoken=people.languages_spoken())


def _look_up(session: Session, workshop_id: str, typed: str) -> roster.Found | None:
    """Looks somebody up, within the bound of the address. Refusal `slow_down`."""
    if house().names.take(f"{workshop_id} {network_of(request.remote_addr)}", time.monotonic()):
        raise Refusal("slow_down")
    return roster.find(session, workshop_id, typed)


def _take(code: str) -> ResponseReturnValue:
    """Seats the one who was tapped: 'id|channel', or 'id|hall:site'."""
    key, _bar, at = request.form.get("take", "").partition("|")
    channel, _colon, site = at.partition(":")
    person: Json = {"expected": key[:40], "name": request.form.get("alias", ""), "channel": channel, "site": site}
    return welcome.enter(code, [person | welcome.declared(request.form)], request.form.get("r", type=whole))
