"""Gives the voice of one seat to another, for the formal votes of a room: before the ballot, by themselves or by the team.

The voice is its giver's again when they say so, or when the holder leaves; their own ballot always comes first.
"""
from pydantic import Field
from sqlalchemy import or_, select

from workshop.actions.core.context import CommandContext, InRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.votes import counted, results
from workshop.actions.votes.ballots import wait
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import PROXIES
from workshop.domain.shapes import Json
from workshop.store.models import Activity, Proxy, Room, Seat
from workshop.store.transaction import Session
from workshop.store.votes import voices
from workshop.words import _


class Limit(Shape):
    """Says how many voices of others one person may hold in the votes of a room; 0: none."""

    room: str = Field(max_length=40)
    most: int = Field(ge=0, le=PROXIES)


class Give(Shape):
    """Says who gives their voice to whom in the votes of a room. `giver`: for whom the team enters it; of a seat itself."""

    room: str = Field(max_length=40)
    giver: str | None = Field(default=None, max_length=40)
    holder: str = Field(max_length=40)


class End(Shape):
    """Names a proxy that ends, and its room."""

    room: str = Field(max_length=40)
    proxy: str = Field(max_length=40)


@verb("proxy.limit", Limit)
def limit(work: InRoom, payload: Limit) -> None:
    """Sets how many voices one person may hold. What was given stays, also where that is more."""
    before, work.room.proxies = work.room.proxies, payload.most
    if before != payload.most:
        work.remember(work.room.id, {"proxies": before}, {"proxies": payload.most}, work.workshop.id)


@tells("proxy.limit", team="room")
def _limited(act: Act) -> Sentence:
    n = act.after.get("proxies", 0)
    return Sentence(_("{who} said how many voices of others one person may hold: {n}.", n=n, **act.names),
                    _("said how many voices of others one person may hold: {n}.", n=n, **act.names))


@verb("proxy.give", Give)
def give(work: InRoom, payload: Give) -> None:
    """Gives a voice. Refusals: `forbidden`, `not_here`, `no_proxies`, `proxy_self`, `proxy_gone`, `proxy_given`,
    `proxy_of_proxy`, `proxy_limit`, `proxy_voted`, `proxy_late`."""
    if work.seat and payload.giver not in (None, work.seat.id):
        raise Refusal("forbidden")
    giver, holder = work.seat or _seat(work, payload.giver), _seat(work, payload.holder)
    if not work.room.proxies:
        raise Refusal("no_proxies")
    if giver.id == holder.id:
        raise Refusal("proxy_self")
    for seat in (giver, holder):
        if seat.id not in voices.here(work.session, work.room, {seat.id}):
            raise Refusal("proxy_gone", name=seat.name)
    _check_free(work, giver, holder)
    for vote in running(work.session, work.room, work):
        voted = {one.seat for one in counted.ballots(work.session, vote) if one.choices and not one.proxy}
        if giver.id in voted:
            raise Refusal("proxy_voted", name=giver.name)
        if holder.id in voted:
            raise Refusal("proxy_late", name=holder.name)
    row = Proxy(id=new_id(), room_id=work.room.id, giver_id=giver.id, holder_id=holder.id,
                account_id=None if work.seat else work.actor(), at=work.now)
    work.session.add(row)
    work.beside["proxy"] = row.id
    _followed(work, row, None, _names(work, giver, holder))


@verb("proxy.end", End)
def end(work: InRoom, payload: End) -> None:
    """Gives a voice back to whom it is; twice is once. Refusals: `not_here`; `forbidden` for anybody but the giver and the
    team."""
    row = work.session.get(Proxy, payload.proxy)
    if row is None or row.room_id != work.room.id:
        raise Refusal("not_here")
    if work.seat and row.giver_id != work.seat.id:
        raise Refusal("forbidden")
    if row.ended_at is None:
        row.ended_at, row.ended_by = work.now, work.actor()
        giver, holder = (work.session.get_one(Seat, key) for key in (row.giver_id, row.holder_id))
        _followed(work, row, _names(work, giver, holder), None)


def running(session: Session, room: Room, work: CommandContext) -> list[Activity]:
    """Lists the votes of the room that take ballots now and in which proxies count."""
    found = session.scalars(select(Activity).where(Activity.room_id == room.id).order_by(Activity.position)).all()
    return [one for one in found if voices.takes(one) and steps.takes(room, one, work.now) in (None, "room_paused")]


def left(work: CommandContext, seat: str) -> None:
    """Has the votes counted anew in which somebody who left held a voice, or had given theirs."""
    work.session.flush()
    rooms = work.session.scalars(select(Proxy.room_id).where(
        Proxy.ended_at.is_(None), or_(Proxy.holder_id == seat, Proxy.giver_id == seat)).distinct()).all()
    for room in rooms:
        _recount(work, work.session.get_one(Room, room))


def _seat(work: InRoom, key: str | None) -> Seat:
    seat = work.session.get(Seat, key) if key else None
    if seat is None or seat.workshop_id != work.workshop.id:
        raise Refusal("not_here")
    return seat


def _check_free(work: InRoom, giver: Seat, holder: Seat) -> None:
    """Refuses a voice that is given already, one that would go on from hand to hand, and one too many."""
    there = voices.in_force(work.session, work.room)
    given = {one.giver_id: one for one in there}
    if giver.id in given:
        raise Refusal("proxy_given", name=giver.name)
    if holder.id in given:
        raise Refusal("proxy_of_proxy", name=holder.name)
    if any(one.holder_id == giver.id for one in there):
        raise Refusal("proxy_of_proxy", name=giver.name)
    if sum(one.holder_id == holder.id for one in there) >= work.room.proxies:
        raise Refusal("proxy_limit", name=holder.name, limit=work.room.proxies)


def _names(work: InRoom, giver: Seat, holder: Seat) -> Json:
    return {} if work.workshop.privacy == "anonymous" else {"name": giver.name, "other": holder.name}


def _followed(work: InRoom, row: Proxy, before: Json | None, after: Json | None) -> None:
    work.session.flush()
    _recount(work, work.room)
    work.remember(row.id, before, after, work.workshop.id)


def _recount(work: CommandContext, room: Room) -> None:
    """Has the votes that run counted anew, of which the result is seen at once; counts by hand may find more seats, or
    fewer."""
    for vote in running(work.session, room, work):
        if vote.hands and counted.give_back(work.session, vote, work.now):
            work.touch(vote)
        if vote.settings.get("reveal") == voting.LIVE:
            wait(work.session, vote, work.now)
    results.tell(work.session, room.id)


@tells("proxy.give", "proxy.end", team="person")
def _told(act: Act) -> Sentence:
    said = (act.after if act.verb == "proxy.give" else act.before) or {}
    names = {"name": said.get("name", "…"), "other": said.get("other", "…")}
    if act.verb == "proxy.give":
        return Sentence(team=_("wrote down that {name} gives their voice to {other}.", **names))
    return Sentence(team=_("gave the voice of {name} back, which {other} held.", **names))
