"""Serves the API for programs: join, do, changes, verbs. docs/protocol.md describes them."""
from collections import Counter
from functools import cache

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select

from workshop.actions.core import registry
from workshop.actions.people.sessions import Joined
from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.json_codec import dumps
from workshop.domain.limits import ANSWERS, SEATS_PER_DEVICE
from workshop.domain.people.declared import ASKS
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.code_limiter import come_in, knock
from workshop.pages.input.numbers import whole
from workshop.pages.shell.bearer import for_programs
from workshop.pages.shell.request_gate import asker, wait_for
from workshop.pages.shell.security import remember, secret
from workshop.store.counts import roster
from workshop.store.identity import Who, identify
from workshop.store.models import Delegation, Room, Site
from workshop.store.streams import catch_up, viewers
from workshop.store.transaction import Session, recall
from workshop.store.visibility.room_sight import seen_by_people

pages = Blueprint("api", __name__, url_prefix="/api")


class Person(BaseModel):
    """Describes one participant who joins."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(max_length=400)
    delegation: str | None = None
    channel: str = "remote"
    site: str | None = None
    expected: str | None = Field(default=None, max_length=40)
    declared: dict[str, str] | None = Field(default=None, max_length=len(ASKS))


class Join(BaseModel):
    """Describes POST /api/join."""

    model_config = ConfigDict(extra="forbid", strict=True)
    code: str = Field(max_length=40)
    seats: list[Person] = Field(min_length=1, max_length=SEATS_PER_DEVICE)
    room: int | None = None


@pages.post("/join")
def join() -> ResponseReturnValue:
    """Joins: {code, seats: [{name, delegation, channel, site}], room?} -> {workshop, seats, streams, rooms, ...} and the
    cookie."""
    try:
        asked = Join.model_validate(request.get_json(silent=True))
    except RecursionError:
        raise Refusal("bad_payload", field="") from None
    except ValidationError as error:
        raise Refusal("bad_payload", field=".".join(map(str, error.errors()[0]["loc"]))) from None
    joined, place = knock(lambda: come_in(lambda: house().performer.arrivals.join(
        secret(), asked.code, _people(asked.seats), asked.room, _place, address=request.remote_addr)), asked.code)
    response = jsonify(ok=True, **place)
    remember(response, joined.secret)
    return response


def _people(seats: list[Person]) -> list[Json]:
    """Returns them as they are seated: whose code of the list of expected people was given is who stands there. Refusal
    `wrong_code`."""
    found = []
    for person in seats:
        said = person.model_dump()
        if person.expected:
            with house().store.read() as session:
                known = roster.by_code(session, person.expected)
                if known is None:
                    raise Refusal("wrong_code")
                said["expected"] = known.id
        found.append(said)
    return found


@pages.get("/me")
@for_programs
def me() -> ResponseReturnValue:
    """Tells who this cookie is: seats with their rooms, and their ballots; or what a program's token opens."""
    with house().store.read() as session:
        who = identify(session, secret())
        if who is None:
            raise Refusal("who_are_you")
        if who.program:
            return jsonify(ok=True, seats=[], ballots=[], program=_program(who))
        return jsonify(ok=True, seats=[{"id": s.id, "name": s.name, "workshop": s.workshop_id} for s in who.seats.values()],
                       ballots=viewers.ballots_of(session, list(who.seats)) + viewers.shared_by(
                           session, {s.delegation_id for s in who.seats.values() if s.delegation_id}))


def _program(who: Who) -> Json:
    """Describes {name, workshop, roles: [{role, room}], until}: `room` null: in all; `until`: when the token is over, or
    null."""
    return {"name": who.program, "workshop": who.as_token.workshop_id, "until": who.until and who.until.isoformat(),
            "roles": [{"role": one.role, "room": one.room_id} for one in who.memberships]}


@pages.post("/do")
@for_programs
def do() -> ResponseReturnValue:
    """Carries out a command in its envelope; the same answers as over the socket."""
    h = house()
    try:
        message = request.get_json(silent=True)
    except RecursionError:  # thousands of brackets within each other
        message = None
    if wait := wait_for(h.commands):
        return jsonify(n=message.get("n") if isinstance(message, dict) else None, retry_after=round(wait, 2))
    answer = h.performer.perform(secret(), message)
    if answer.get("ok") and isinstance(message, dict) and message.get("seat"):
        h.performer.days.heard((message["seat"],), h.clock())  # those on a socket are noted beside it (live/upkeep.py)
    return jsonify(answer)


@pages.get("/changes")
@for_programs
def changes() -> ResponseReturnValue:
    """Answers ?stream=&epoch=&since= -> {stream, epoch, was, now, cards, own}."""
    asked = {"stream": request.args.get("stream", ""), "epoch": request.args.get("epoch"),
             "since": request.args.get("since", 0, whole)}
    h, device = house(), asker().key
    if wait := wait_for(h.questions) or float(h.under_way[device] >= ANSWERS):
        raise RetryLater(round(wait, 2))
    frame = h.store.reader.ask(lambda session: catch_up.changes(session, secret(), request.args.get("screen"), asked))
    if frame is None:
        raise Refusal("not_here")
    answer = Response(frame.text(), mimetype="application/json")
    h.under_way[device] += 1
    answer.call_on_close(lambda: _read(h.under_way, device))
    return answer


def _read(under_way: Counter[str], device: str) -> None:
    under_way[device] -= 1
    if not under_way[device]:
        del under_way[device]


@pages.get("/verbs")
@for_programs
def verbs() -> ResponseReturnValue:
    """Lists every verb with the JSON schema of its payload and the roles that may use it."""
    return Response(_described(), mimetype="application/json")


@cache
def _described() -> str:
    return dumps({"verbs": registry.describe()})


def _place(session: Session, joined: Joined) -> Json:
    workshop = joined.workshop
    rooms = recall(session, ("rooms", workshop.id), lambda: session.scalars(
        select(Room).where(Room.workshop_id == workshop.id).order_by(Room.position, Room.number)).all())
    delegations = recall(session, ("names of delegations", workshop.id), lambda: [
        {"id": d.id, "name": d.name} for d in session.scalars(
            select(Delegation).where(Delegation.workshop_id == workshop.id).order_by(Delegation.position))])
    sites = recall(session, ("names of sites", workshop.id), lambda: [
        {"id": s.id, "name": s.name} for s in session.scalars(
            select(Site).where(Site.workshop_id == workshop.id).order_by(Site.position))])
    return {
        "workshop": {"id": workshop.id, "title": workshop.title, "stream": workshop.id, "privacy": workshop.privacy},
        "room": joined.room and joined.room.id,
        "seats": [{"id": s.id, "name": s.name, "delegation": s.delegation_id, "channel": s.channel,
                   "site": s.site_id, "code": s.reentry_code} for s in joined.seats],
        "streams": [workshop.id] + ([joined.room.stream_id] if joined.room else []),
        "rooms": [{"id": r.id, "number": r.number, "kind": r.kind, "title": r.title, "stream": r.stream_id,
                   "open": r.opened_at is not None and r.closed_at is None} for r in rooms if seen_by_people(r)],
        "delegations": delegations, "sites": sites}
