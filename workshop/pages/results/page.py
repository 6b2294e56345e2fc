"""Shows what came of a vote: as a whole, by delegation, channel and axis, and what was decided. Works without script."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions.votes import parts, rounds
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import OUTCOME
from workshop.domain.roles import STAFF
from workshop.domain.shapes import Json
from workshop.exports.breakdowns import Whole, proposal
from workshop.pages.input.commands import done
from workshop.pages.results import groups, view
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import breakdown, turnout
from workshop.store.models import Activity, Room
from workshop.store.streams import viewers
from workshop.store.visibility import results, room_sight, threads
from workshop.words.refusals import sentence
from workshop.words.voting import round_of, voters

pages = Blueprint("results", __name__)


@pages.get("/w/<workshop_id>/votes/<vote>")
def result(workshop_id: str, vote: str) -> ResponseReturnValue:
    """Shows the result as far as this visitor may see it now."""
    return _show(workshop_id, vote)


@pages.post("/w/<workshop_id>/votes/<vote>/decided")
def decide(workshop_id: str, vote: str) -> ResponseReturnValue:
    """Carries out the form's button: close the vote, vote again between the tied, or write what it decided."""
    form = request.form
    try:
        if form.get("act") in ("tied", "again"):
            made = done(form.get("client", ""), 1, "vote.again", {"activity": vote} | (
                {"tied": True} if form["act"] == "tied" else {}))
            return redirect(f"/w/{workshop_id}/votes/{made['card']['id']}", 303)
        if form.get("act") == "close":
            done(form.get("client", ""), 1, "vote.close", {"activity": vote})
        else:
            done(form.get("client", ""), 1, "vote.decide", {"activity": vote, "text": form.get("text", "")[:4 * OUTCOME]} | (
                {"base": form["base"][:4 * OUTCOME]} if "base" in form else {}))
    except Refusal as refusal:
        return _show(workshop_id, vote, sentence(refusal), form.get("text"))
    return redirect(f"/w/{workshop_id}/votes/{vote}{'#decide' if form.get('act') == 'close' else ''}", 303)


def _show(workshop_id: str, vote_id: str, problem: str = "", typed: str | None = None) -> ResponseReturnValue:
    with visitor.at(workshop_id) as here:
        vote, room = found(here, vote_id)
        over, told = results.is_over(room, vote), told_to(here, vote, room)
        made = view.whole(vote.kind, vote.settings, vote.tally, told, results.called(here.session, vote)) \
            if told is not None and vote.tally and (vote.tally["ballots"] or kinds()[vote.kind].quorum) else None
        if made and results.hides_written(here.viewer, vote):
            made.written = []
        n = turnout.of_votes(here.session, [vote])[vote.id] if made is None else None
        role = here.who.role_in(here.workshop.id, room.id) if here.who else None
        outcome, earlier = vote.outcome or {}, results.before(here.session, vote)
        return show("votes/result.html", styles=("door", "plenary", "votes", "result", "opinions"), workshop=here.workshop,
                    **groups.shown(here, vote, room, made, waits=told == {}),
                    delegations=here.delegations, room=room, vote=vote, over=over, whole=made,
                    terms=kinds()[vote.kind].terms(vote.settings, vote.round),
                    named=round_of(view.title_of(vote.kind, vote.settings, vote.title), vote.round),
                    rounds=[view.round_before(one) for one in earlier],
                    lines=view.lines(made) if made else [], ribbon=view.ribbon, numbers=view.numbers,
                    turnout=n.of if n and (
                        over or here.viewer.is_staff) else None, outcome=outcome, at=view.moment(outcome),
                    links=_links(here, vote, made), follows=_near(here, vote.settings.get("follows")),
                    after=_after(here, vote),
                    staff=role in STAFF, again=over and here.viewer.leads and vote.opened_at is not None
                    and not results.later(here.session, vote), desk=here.desk,
                    calls=bool(kinds()[vote.kind].quorum), problem=problem, most=OUTCOME,
                    tied=rounds.names_of_tied(here.session, vote) if over and role in STAFF else [],
                    typed=typed if typed is not None else outcome.get("text") or (proposal(made) if made else ""))


def _links(here: Place, vote: Activity, made: Whole | None) -> dict[str, str]:
    """Finds {thing: the thread of the card that it is}, of the cards that the visitor may see."""
    keys = [thing.key for thing in made.things] if made and kinds()[vote.kind].on_things(vote.settings) else []
    return {key: f"/w/{here.workshop.id}/card/{key}" for key in threads.seen(
        here.session, here.who, here.workshop, keys)} if keys else {}


def _near(here: Place, vote_id: str | None) -> Json | None:
    """Returns {id, title} of a vote that another follows, where the visitor may see it."""
    try:
        vote, _room = found(here, vote_id or "")
    except Refusal:
        return None
    return {"id": vote.id, "title": view.title_of(vote.kind, vote.settings, vote.title)}


def _after(here: Place, vote: Activity) -> list[Json]:
    """Lists {id, title} of the votes that follow this one."""
    found = here.session.scalars(select(Activity.id).join(Room, Room.id == Activity.room_id).where(
        Room.workshop_id == here.workshop.id, Activity.settings["follows"].as_string() == vote.id).order_by(
        Activity.opened_at))
    return [one for key in found if (one := _near(here, key))]


def found(here: Place, vote_id: str) -> tuple[Activity, Room]:
    """Finds the vote and its room. Refusal `not_here` where there is none, or the visitor sees nothing of the room."""
    vote = here.session.get(Activity, vote_id)
    room = here.session.get(Room, vote.room_id) if vote else None
    if vote is None or room is None or room.workshop_id != here.workshop.id or not kinds()[vote.kind].decides or (
            room.kind == "group" and not room_sight.sees(here.viewer, room)):
        raise Refusal("not_here")
    return vote, room


def told_to(here: Place, vote: Activity, room: Room) -> Json | None:
    """Returns the result by group, {} where only the whole may be seen, None where nothing may be seen now."""
    if vote.tally is None:
        return None
    if results.is_over(room, vote):
        return vote.parts or parts.of(here.session, vote)
    if not _sees_open(here, vote, room):
        return None
    if breakdown.strict(vote.settings, here.workshop.privacy):
        return {}  # who looks twice would see from which group a ballot came meanwhile
    return parts.of(here.session, vote)


def _sees_open(here: Place, vote: Activity, room: Room) -> bool:
    """Tells whether the visitor sees the result while people vote: whoever is in the room, and the team."""
    mine = [seat["id"] for seat in here.seats if room.kind != "group" or seat["room"] == room.id]
    voted = any(one["activity"] == vote.id for one in viewers.ballots_of(here.session, mine))
    role = here.who.role_in(here.workshop.id, room.id) if here.who else None
    return (bool(mine) or role in STAFF) and voting.shows_while_open(vote.settings, voted)


@pages.get("/w/<workshop_id>/decisions")
def decisions(workshop_id: str) -> ResponseReturnValue:
    """Lists the votes of all rooms and of the plenary, with what they decided."""
    with visitor.at(workshop_id) as here:
        found = here.session.scalars(select(Activity).join(Room, Room.id == Activity.room_id).where(
            Room.workshop_id == here.workshop.id).order_by(Room.number, Activity.position)).all()
        rooms = {room.id: room for room in here.session.scalars(select(Room).where(Room.workshop_id == here.workshop.id))}
        told: list[Json] = []

        def tells(one: Activity) -> bool:
            runs = one.opened_at is not None and not results.is_over(rooms[one.room_id], one)
            return runs or bool((one.tally or {}).get("ballots"))
        for vote, earlier in results.newest([one for one in found if kinds()[one.kind].decides], tells):
            room, over = rooms[vote.room_id], results.is_over(rooms[vote.room_id], vote)
            if (room.kind == "group" and not room_sight.sees(here.viewer, room)) or not (
                    (over and vote.tally and vote.tally["ballots"]) or (vote.opened_at and not over)):
                continue
            told.append({"id": vote.id, "over": over,
                         "named": round_of(view.title_of(vote.kind, vote.settings, vote.title), vote.round),
                         "earlier": [(one.id, one.round) for one in earlier],
                         "room": room, "decided": (vote.outcome or {}).get("text"),
                         "voters": over and vote.tally and voters(voting.one_per(vote.settings), vote.tally["ballots"])})
        return show("votes/decisions.html", styles=("door", "plenary", "votes", "result"), workshop=here.workshop,
                    delegations=here.delegations, votes=told, desk=here.desk)
