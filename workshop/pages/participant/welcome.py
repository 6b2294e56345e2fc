"""Serves the way in: the code, the names, coming back."""
import re
from urllib.parse import unquote_plus, urlencode

from flask import Blueprint, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from workshop.actions.people import sessions
from workshop.actions.people.sessions import Joined
from workshop.activities.ideas.places import ROW
from workshop.domain.errors import Refusal
from workshop.domain.ids import LONGEST, REENTRY, codes_in, screen_key_in
from workshop.domain.people.declared import ASKS
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.code_limiter import come_in, knock
from workshop.pages.input.numbers import whole
from workshop.pages.participant.room import show_room
from workshop.pages.shell import assets
from workshop.pages.shell.errors import STATUS
from workshop.pages.shell.render import show
from workshop.pages.shell.security import answers_itself, check_keeps_cookies, remember, secret
from workshop.store.counts import roster
from workshop.store.identity import identify
from workshop.store.models import Delegation, Room, RoomSeat, Seat, Site, Workshop
from workshop.words import _
from workshop.words.people import genders, languages_spoken
from workshop.words.refusals import sentence

pages = Blueprint("welcome", __name__)
ASKED = re.compile(r"[?&](r|row)=([^&#\s]{1,200})")  # of an address that was pasted
MORE = 4  # further names that the form has room for unasked


@pages.get("/")
def welcome() -> ResponseReturnValue:
    """Shows the code form (?code= with a code in it, of a badge), or leads back to where this device already is."""
    with house().store.read() as session:
        who = identify(session, secret())
        ids = {seat.workshop_id for seat in who.seats.values()} if who else set()
        mine = [w for w in (session.get_one(Workshop, i) for i in ids) if w.closed_at is None]
        return show("participant/welcome.html", mine=mine,
                    typed=request.args.get("code", "")[:LONGEST], account=who and who.device.account_id)


@pages.post("/")
def typed_code() -> ResponseReturnValue:
    """Takes a typed code, or a pasted text with one: a workshop's, or a seat's re-entry code; or the wall's address."""
    typed = request.form.get("code", "")
    if key := screen_key_in(typed):
        return redirect(f"/s/{key}", 303)
    try:
        return knock(lambda: _find(typed), typed)
    except Refusal as refusal:
        return show("participant/welcome.html", status=200, problem=sentence(refusal), typed=typed, mine=[])


def _find(typed: str) -> Response:
    """Answers a right code, whichever of the two it is. Raises Refusal."""
    with house().store.read() as session:
        try:
            workshop = sessions.find_workshop(session, typed)
        except Refusal as refusal:
            if refusal.code != "wrong_code" or not any(len(code) == REENTRY for code in codes_in(typed)):
                raise
            if one := roster.by_code(session, typed):  # theirs, before they have taken their seat and after
                seat = session.get(Seat, one.seat_id) if one.seat_id else None
                if seat is None or seat.revoked_at:
                    workshop = session.get_one(Workshop, one.workshop_id)
                    return redirect(f"/j/{workshop.code}/find?{urlencode({'q': one.code})}", 303)
                typed = seat.reentry_code
        else:
            asked = {name: unquote_plus(value) for name, value in ASKED.findall(typed)}
            return redirect(f"/j/{workshop.code}" + (f"?{urlencode(asked)}" if asked else ""), 303)
    return _come_back(typed)


@pages.route("/j/<typed:code>", methods=["GET", "POST"])
@pages.route("/J/<typed:code>", methods=["GET", "POST"])
@answers_itself
def join(code: str) -> ResponseReturnValue:
    """Shows and takes the join form: name, delegation, in the hall or far away; several people where they share a device, or
    (?for=1) one who types."""
    room, row, problem = request.values.get("r", type=whole), request.values.get("row", "")[:ROW], None
    if request.method == "GET" and not {"more", "for"} & request.args.keys() and (where := _already(code, room)):
        return redirect(where + _to(row), 303)
    if request.method == "POST" and not g.token_right:
        if where := _already(code, room):  # the answer to the form was reloaded before its script had come
            return redirect(where, 303)
        problem = sentence(Refusal("expired"))
    people = _people(request.form) if request.method == "POST" else []
    if people and not problem and "more" not in request.form:
        try:
            return enter(code, people, room, row)
        except Refusal as refusal:
            problem = sentence(refusal)
    with house().store.read() as session:
        try:
            workshop = knock(lambda: sessions.find_workshop(session, code), code)
            if request.method == "GET" and request.path != f"/j/{workshop.code}":
                return redirect(f"/j/{workshop.code}" + (f"?{request.query_string.decode()}" if request.args else ""), 303)
            sessions.may_come(session, workshop, identify(session, secret()))
        except Refusal as refusal:
            return show("participant/welcome.html", status=STATUS.get(refusal.code, 400), problem=sentence(refusal), mine=[],
                        typed=code if refusal.code == "wrong_code" else "")
        delegations = session.query(Delegation).filter_by(workshop_id=workshop.id).order_by(Delegation.position).all()
        chosen = session.query(Room).filter_by(workshop_id=workshop.id, number=room, kind="group").first() if room else None
        rows = max(1 + MORE, len(people) + MORE) if "more" in request.form or len(people) > 1 else 1
        helping = "for" in request.values
        sites = session.query(Site).filter_by(workshop_id=workshop.id).order_by(Site.position).all()
        return show("participant/join.html", helping=helping, channels=channels(helping, sites), workshop=workshop,
                    delegations=delegations, people=people, rows=rows, room=chosen,
                    row=row, problem=problem, listed=not helping and roster.has_list(session, workshop.id),
                    genders=genders(), spoken=languages_spoken(), coming=assets.url("room.js"))  # comes while one types


def channels(helping: bool, sites: list[Site]) -> list[tuple[str, str]]:
    """Lists [(channel, words)] to choose from: for oneself, or for somebody whose ideas one types. Where people meet in
    several places, which one goes with the hall ('hall:<site>'), so that it stays one tap."""
    if helping:
        return [("phone", _("By telephone")), ("paper", _("On paper"))]
    halls = [(f"hall:{site.id}", _("In the hall: {place}", place=site.name)) for site in sites]
    return [*(halls if len(halls) > 1 else [("hall", _("In the hall"))]), ("remote", _("Far away"))]


def _already(code: str, room: int | None) -> str | None:
    """Finds where a device goes that has seats in this workshop: it comes back, it does not join again."""
    with house().store.read() as session:
        who = identify(session, secret())
        workshop = session.query(Workshop).filter(Workshop.code.in_(codes_in(code))).first()
        if not who or not workshop or workshop.deleted_at or not any(
                seat.workshop_id == workshop.id for seat in who.seats.values()):
            return None
        if room is None:
            held = session.query(Room.number).join(RoomSeat, RoomSeat.room_id == Room.id).filter(
                RoomSeat.seat_id.in_(who.seats), RoomSeat.left_at.is_(None), Room.workshop_id == workshop.id).first()
            room = held and held[0]
        return f"/w/{workshop.id}" + (f"/r/{room}" if room else "")


def _people(form: MultiDict[str, str]) -> list[Json]:
    """Reads the rows of the form in which a name was written; the first row counts even without, so that it is asked for."""
    names, at = form.getlist("name"), form.get("channel", "")
    channel, _colon, site = at.partition(":")
    of = form.getlist("delegation") + [""] * len(names)
    rows: list[Json] = [{"name": name, "delegation": delegation or of[0] or None, "channel": channel, "site": site, "at": at}
                        for name, delegation in zip(names, of, strict=False)]
    for at_row, row in enumerate(rows):
        row |= declared(form, f"_{at_row}" if at_row else "")
    return rows[:1] + [row for row in rows[1:] if row["name"].strip()]


def declared(form: MultiDict[str, str], of: str = "") -> Json:
    """Reads what somebody says of themselves: {declared} where it is anything. `of`: which of several people."""
    said = {field: form[f"said_{field}{of}"] for field in ASKS if form.get(f"said_{field}{of}")}
    return {"declared": said} if said else {}


def enter(code: str, people: list[Json], room: int | None, row: str = "") -> Response:
    """Seats people by the workshop's code; leads them in. Raises Refusal."""
    check_keeps_cookies()
    joined, _nothing = knock(lambda: come_in(lambda: house().performer.arrivals.join(
        secret(), code, people, room, once=request.form.get("client", ""), address=request.remote_addr)), code)
    return into(joined, _to(row), at_once="plain" not in request.form)


def _to(row: str) -> str:
    """Returns what follows the address of a room when somebody came to write to a row of its board."""
    return f"?{urlencode({'row': row})}" if row else ""


def _come_back(code: str) -> Response:
    check_keeps_cookies()
    h = house()

    def enter() -> Joined:
        with h.store.write() as session:
            return sessions.come_back(session, h.clock(), secret(), code)
    return into(come_in(enter))


def into(joined: Joined, to: str = "", at_once: bool = False) -> Response:
    """Leads into the room, else to the lobby. `at_once`: the room itself is the answer, which saves a round trip; its script
    then puts the room's own address in the place of this one, so that only browsers with script get it so."""
    where = f"/w/{joined.workshop.id}" + (f"/r/{joined.room.number}{to}" if joined.room else "")
    if joined.room and at_once and not to:
        g.secret = joined.secret
        response: Response = make_response(show_room(joined.workshop.id, joined.room.number))
    else:
        response = redirect(where, 303)
    remember(response, joined.secret)
    return response
