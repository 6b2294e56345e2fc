"""Serves a group room: the board and the votes for everybody inside."""
from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug import Response

from workshop.actions.undo import Loss, of_target
from workshop.activities.ideas.outline import beginning
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.roles import OBSERVER
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.pages.facilitator import tour
from workshop.pages.participant import ballots, calls
from workshop.pages.participant.votes import so_far
from workshop.pages.shell import assets, visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import Page, hours, number, show, time_over
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Activity, Room
from workshop.store.streams import catch_up
from workshop.store.visibility import copies, room_sight
from workshop.words import _
from workshop.words.voting import moved

pages = Blueprint("room", __name__)
PHONE = "Mobi"  # in what a browser says of itself: its first view is drawn for a narrow page
FIRST = 5  # ideas of a room's first view; the earlier ones follow when they are wanted, or when the connection is good


@pages.get("/w/<workshop_id>/r/<int:number>")
def room(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the board and the votes."""
    return show_room(workshop_id, number)


@pages.get("/w/<workshop_id>/here")
def here(workshop_id: str) -> ResponseReturnValue:
    """Leads to the room in which the visitor's people are now; to the lobby if they are in none."""
    with visitor.at(workshop_id) as found:
        rooms = {room.id: room.number for room in found.rooms}
        # those who are elsewhere stay there
        numbers = [rooms[seat["room"]] for seat in found.seats if seat["room"] in rooms]
    return redirect(f"/w/{workshop_id}/r/{numbers[0]}" if numbers else f"/w/{workshop_id}", 303)


def show_room(workshop_id: str, number: int, problem: str = "", typed: str = "", sent_late: str = "") -> Response:
    """Shows the room's page; `problem` and `typed` after a refused form, so that nothing typed is lost; `sent_late`: what
    went to the late tray. As the answer to a form it tells its script its own address, at which it is reloaded."""
    at = f"/w/{workshop_id}/r/{number}" if request.method == "POST" else ""
    try:
        with visitor.at(workshop_id, number) as here:
            if here.room.kind == "plenary":
                return redirect(f"/w/{workshop_id}/plenary", 303)
            here.follow(workshop_id, here.room.id, *catch_up.beside(here.session, here.room.id, here.viewer))
            if "all" not in request.args:
                here.shorten(FIRST)
            seen = scene(here)
            settings = seen["board"]["settings"] if seen["board"] else {}
            more: tuple[str, ...] = ()
            more += ("layouts",) if settings.get("layout", "columns") != "columns" or settings.get("fields") else ()
            more += ("arranging",) if seen["arranging"] or any(seen["asked"].values()) else ()
            more += ("together",) * bool(seen["away"] or seen["company"] or len(seen["seats"]) > 1)
            more += ("groups",) * bool(seen["groups"])
            more += ("items",) * bool(seen["summary"] and seen["items"])
            more += ("files",) * any(idea.get("files") for idea in seen["ideas"])
            more += ("talk",) * any(idea["id"] in seen["talk"] or idea.get("from")
                                    or beginning(idea["body"]["text"]) != idea["body"]["text"] for idea in seen["ideas"])
            tally = seen["reactions"] and seen["reactions"]["tally"]
            more += ("reactions",) * bool(seen["reacting"] or (tally and tally.get("items")))
            voting = any(kinds()[vote["of"]].decides and (vote["tally"] or vote["id"] in seen["opened"])
                         for vote in seen["votes"])
            along = copies.onward(here.session, workshop_id, [idea["id"] for idea in seen["ideas"]])
            led = tour.of(here)
            more += ("votes",) * voting + assets.sheets(*(vote["of"] for vote in seen["votes"] if (
                vote["tally"] or vote["id"] in seen["opened"]) and kinds()[vote["of"]].decides)) + tour.styles(led)
            return show("participant/room.html", script="room", styles=("board", *more), **seen, voting=voting, tour=led,
                        problem=problem, typed=typed, sent_late=sent_late, said=calls.unread(here),
                        onward=along, gone=_gone(here), helped=next(iter(here.cards("help")), None),
                        wide=assets.url("wide.css"), phone=PHONE in request.headers.get("User-Agent", ""),
                        before=len(copies.earlier(here.session, here.room)),
                        facts=facts(here, ("board",), **({"onward": along} if along else {}), **({"at": at} if at else {})))
    except Refusal:
        return _door(workshop_id, number, problem, typed or sent_late)


def _gone(here: RoomPlace) -> Loss | None:
    """Finds what the visitor took away with a form just now (?gone=card or group) and can still undo."""
    mine, card = {seat["id"] for seat in here.seats}, request.args.get("gone", "")[:40]
    return of_target(here.session, card, mine, house().clock()) if card and mine else None


def _door(workshop_id: str, number: int, problem: str, typed: str) -> Page:
    """Shows somebody of the workshop who is not in this room how to enter, and what was typed."""
    with visitor.at(workshop_id) as here:
        found = here.session.scalar(select(Room).where(Room.workshop_id == workshop_id, Room.number == number))
        if found is None or not room_sight.may_open(here.viewer, found):
            raise Refusal("not_here")
        return show("participant/enter.html", workshop=here.workshop, room=found, seats=here.seats,
                    delegations=here.delegations, rooms={room.id: room for room in here.rooms}, problem=problem, typed=typed)


def _until(here: RoomPlace, now: datetime) -> str:
    """Words the clock for people without script."""
    room = here.room
    if not room.opened_at or room.closed_at:
        return ""
    if room.paused_at:
        return _("Paused")
    if not room.deadline:
        return ""
    zones = here.workshop.zones[:1]
    return _("until {hour}", hour=hours(room.deadline, zones)) if room.deadline > now else time_over(steps.now(room))


def _merged(ideas: list[Json]) -> dict[str, list[Json]]:
    """Groups merged cards by the card that they were merged into, as far as it is there."""
    there = {idea["id"] for idea in ideas}
    found: dict[str, list[Json]] = {}
    for idea in ideas:
        if idea.get("into") in there:
            found.setdefault(idea["into"], []).append(idea)
    return found


def _veiled(here: RoomPlace, speaks: Json | None) -> dict[str, str | None]:
    """Finds {card: whose it is of this device} of what is not for the eyes of the one who is chosen: private, waiting for
    the facilitators or hidden by them, and another's of the same device (static/js/participant/together.js)."""
    if speaks is None or here.viewer.is_staff or len(here.viewer.seats) < 2:
        return {}
    lines = here.company.get(here.room.id, {}).get("lines", {})
    others = {line for of in lines.values() for line in of} - set(lines.get(speaks["id"], ()))
    return {card["id"]: card.get("mine") for frame in here.frames for card in frame["cards"]
            if card.get("mine") != speaks["id"] and (
                frame["stream"] in others or (card.get("mine") and (card.get("waits") or card.get("kind") == "hidden")))}


def _taken(here: RoomPlace) -> dict[str, list[int]]:
    """Finds {whole number of a card: the rooms whose summaries cite it}, as far as the visitor reads them."""
    rooms = {card["id"]: card["number"] for card in here.cards("room")}
    found: dict[str, set[int]] = {}
    for item in here.cards("item"):
        for cited in item["numbers"] if item["room"] in rooms else ():
            found.setdefault(number({"number": cited}, rooms[item["room"]]), set()).add(rooms[item["room"]])
    return {cited: sorted(of) for cited, of in found.items()}


def scene(here: RoomPlace) -> Json:
    """Prepares what the room's templates read: the room's card, board, votes, ideas, comments, summary, own seats and
    ballots."""
    mine = [card for card in here.cards("activity") if card["room"] == here.room.id]
    first = {a["of"]: a for a in reversed(mine)}
    board, summary, reactions = first.get("ideas"), first.get("summary"), first.get("reactions")
    seats = [seat for seat in here.seats if seat["room"] == here.room.id]  # the others of this device are elsewhere
    speaks = next((s for s in seats if s["id"] == request.values.get("seat")), seats[0] if seats else None)
    votes, now = _votes(here, mine, speaks), house().clock()
    held = {(b["activity"], b["seat"]): b for b in here.ballots(seats)}
    refused = {a: steps.takes(here.room, a, now) for a in here.session.query(Activity).filter_by(room_id=here.room.id)}
    opened = {a.id for a, why in refused.items()
              if not why and (a.kind != "ideas" or steps.lets(here.room, "add", mine=True))}
    return {
        "until": _until(here, now), "over": "time_over" in refused.values(),
        "workshop": here.workshop, "viewer": here.viewer, "desk": here.desk,
        "delegations": here.delegations, "seats": seats, "seat": speaks, "away": here.away, "lets": _rights(here, seats),
        "votable": ballots.votable(here, votes, speaks, opened), "absent": ballots.absent(here, votes, speaks, held, opened),
        "outcomes": ballots.outcomes(here, votes, opened),
        "room": next((card for card in here.cards("room") if card["id"] == here.room.id), None), "board": board,
        "votes": votes, "moved": moved,
        "barred": ballots.barred(here, votes, speaks, opened),
        "summary": summary, "reactions": reactions, "opened": opened, "ballots": held,
        "hands": {c["mine"]: c["hand"] for c in here.cards("seat") if c.get("mine")}, "mine": {s["id"] for s in seats},
        "items": [item for item in here.cards("item") if item["room"] == here.room.id], "taken": _taken(here),
        "earlier": next((f["earlier"] for f in here.frames if "earlier" in f), {}),
        **_asked(), **_on_board(here, board, seats, _veiled(here, speaks)), **_company(here)}


def _votes(here: RoomPlace, mine: list[Json], seat: Json | None) -> list[Json]:
    """Lists the cards of the room's votes; one whose result is hidden until one has voted has it, where the seat has."""
    found = []
    for card in mine:
        hides = kinds()[card["of"]].votes and seat and card["settings"].get("reveal") == voting.VOTED and not card["tally"]
        told = so_far(here, here.room, here.session.get_one(Activity, card["id"]), seat["id"]) if hides and seat else None
        found.append(card | {"tally": told} if told else card)
    return [card for card in found if kinds()[card["of"]].votes and not any(_follows(one, card) for one in found)]


def _follows(one: Json, vote: Json) -> bool:
    """Tells whether it is a later round that came to something: then the vote stands beside it alone."""
    return (one.get("round_of") == vote.get("round_of", vote["id"]) and one.get("round", 1) > vote.get("round", 1)
            and bool(one.get("closed")) and bool((one["tally"] or {}).get("ballots")))


def _rights(here: RoomPlace, seats: list[Json]) -> Callable[..., bool]:
    """Returns lets(what, card): whether the visitor may do this to the card now, or to any."""
    own = {seat["id"] for seat in seats}

    def lets(what: str, card: Json | None = None) -> bool:
        if here.viewer.role == OBSERVER:
            return False
        mine = card is not None and card.get("mine") in own
        return (here.viewer.leads and what != "edit") or steps.lets(here.room, what, mine=mine, staff=here.viewer.is_staff)
    return lets


def _asked() -> Json:
    """Reads what the address asks to be shown: a card's form, the arranging, the reactions."""
    move = request.args.get("move") or ("whole" in request.form and request.form.get("card")) or ""
    return {"arranging": "arrange" in request.args, "reacting": request.args.get("react"),
            "asked": {"edit": request.values.get("edit", ""), "photo": request.args.get("photo", ""), "move": move}}


def _on_board(here: RoomPlace, board: Json | None, seats: list[Json], veiled: dict[str, str | None]) -> Json:
    """Finds the cards that are for the eyes of the one who is chosen, and how many of the others of this device are not."""
    talk: dict[str, list[Json]] = {}
    for comment in here.cards("comment"):
        talk.setdefault(comment["parent"], []).append(comment)
    ideas = [idea for idea in here.cards("idea") if board and idea["activity"] == board["id"] and idea["id"] not in veiled]
    under = _merged(ideas)
    below = {idea["id"] for put in under.values() for idea in put}
    grown: dict[str, list[Json]] = {}
    for idea in ideas:
        for origin in idea.get("from") or ():
            grown.setdefault(origin, []).append(idea)
    ideas = [idea for idea in ideas if idea["id"] not in below]
    on = request.values.get("on") or request.form.get("parent")
    return {
        "ideas": ideas, "under": under, "grown": grown,
        "talk": talk, "on": next((idea for idea in ideas if idea["id"] == on), None),
        "groups": {group["id"]: group for group in here.cards("group") if board and group["activity"] == board["id"]},
        "hidden": [card for card in here.cards("hidden") if card["id"] not in veiled],
        "theirs": [(s["name"], n) for s in seats if (n := list(veiled.values()).count(s["id"]))]}


def _company(here: RoomPlace) -> Json:
    """Finds with whom one shares a pair or a four, and the places at which they are."""
    company = here.company.get(here.room.id, {})
    return {"company": next((told for see, told in company.items() if see != "lines"), {}),
            "sites": {site["id"]: site["name"] for site in here.sites} if company.keys() - {"lines"} else {}}
