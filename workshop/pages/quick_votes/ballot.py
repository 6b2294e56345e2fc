"""Shows the ballot of a vote that stands by itself on a page of its own: to people without script, and wherever the room's
script is not; those who share a device one after the other."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from workshop.actions.votes import voters
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.input.forms import cast_form
from workshop.pages.participant.plenary import outcome
from workshop.pages.shell import assets, visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.security import secret
from workshop.pages.shell.visitor import Place
from workshop.store.models import Activity, Room, Seat
from workshop.store.visibility import results
from workshop.words import spoken
from workshop.words.refusals import sentence

pages = Blueprint("quick_ballots", __name__)
STYLES = ("door", "board", "votes", "quick", "quick-page")


@pages.get("/w/<workshop_id>/vote/<vote_id>")
def ballot(workshop_id: str, vote_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows who comes next (?seat=), and with ?go=1 their ballot; once the vote is over what came of it."""
    with visitor.at(workshop_id) as here:
        vote, room = _vote(here, vote_id)
        if room.kind == "group" and room.id not in here.viewer.rooms and not here.viewer.is_staff:
            raise Refusal("not_here")
        if vote.opened_at is None:  # one of a step: its ballot is on the room's board
            return redirect(f"/w/{workshop_id}/r/{room.number}", 303)
        inside = [seat for seat in here.seats if room.kind != "group" or seat["room"] == room.id]
        team = bool(here.who and here.who.role_in(workshop_id, room.id))
        why = {seat["id"]: voters.barred(here.session, vote.settings, here.session.get_one(Seat, seat["id"]), team)
               for seat in inside}
        seats = [seat for seat in inside if not why[seat["id"]]]
        held = {(one["activity"], one["seat"]): one for one in here.ballots(seats) if one["activity"] == vote.id}
        done = {seat["id"] for seat in seats if (vote.id, seat["id"]) in held and held[vote.id, seat["id"]]["choices"]}
        out = set(request.args.get("out", "")[:400].split(","))
        rest = [seat for seat in seats if seat["id"] not in done | out]
        asked = request.values.get("seat", "")
        seat = next((one for one in seats if one["id"] == asked), next(iter(rest), seats[0] if seats else None))
        after = next((one for one in rest if one is not seat), None)
        opened = {vote.id} if steps.takes(room, vote, house().clock()) is None else set()
        told = results.of_votes(here.session, [vote]).get(vote.id, []) if room.kind != "group" else results.of_rooms(
            here.session, [room.id]).get(room.id, [])
        card = {"id": vote.id, "of": vote.kind, "title": vote.title, "settings": vote.settings, "tally": None,
                "round": vote.round}
        back = f"/w/{workshop_id}/r/{room.number}" if room.kind == "group" else f"/w/{workshop_id}/plenary"
        return show("votes/ballot.html", styles=STYLES + assets.sheets(vote.kind), workshop=here.workshop, vote=card,
                    title=spoken(vote.settings.get("title")) or vote.title, where=room,
                    by_others=room.proxies and kinds()[vote.kind].quorum and not voting.is_secret(vote.settings),
                    delegations=here.delegations, seats=seats, seat=seat, done=done, after=after, opened=opened,
                    ballots=held, out=",".join(sorted((out | {seat["id"]} if seat else out) - {""})), begun=len(seats) < 2
                    or "go" in request.values, asking=bool(rest or asked), problem=problem, votable={vote.id: set()},
                    outcomes=[outcome(one, False, here.workshop.id) for one in told if one["vote"] == vote.id], back=back,
                    until=vote.closes_at and hours(vote.closes_at, here.workshop.zones[:1]))


@pages.post("/w/<workshop_id>/vote/<vote_id>")
def cast(workshop_id: str, vote_id: str) -> ResponseReturnValue:
    """Casts a ballot, and shows it to whose it is."""
    with visitor.at(workshop_id) as here:
        _vote(here, vote_id)
    form = request.form
    try:
        verb, payload = cast_form(form)
        answer: Json = house().performer.perform(secret(), {
            "client": form.get("client", ""), "n": 1, "verb": verb, "payload": payload, "seat": form.get("seat") or None})
    except (KeyError, ValueError):
        answer = Refusal("bad_payload", field="form").answer()
    if not answer.get("ok"):
        return ballot(workshop_id, vote_id, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/vote/{vote_id}?seat={form.get('seat', '')}&go=1", 303)


def _vote(here: Place, vote_id: str) -> tuple[Activity, Room]:
    """Finds the vote and its room. Refusal `not_here`."""
    vote = here.session.get(Activity, vote_id)
    room = here.session.get(Room, vote.room_id) if vote else None
    if vote is None or room is None or room.workshop_id != here.workshop.id \
            or not kinds()[vote.kind].decides:
        raise Refusal("not_here")
    return vote, room
