"""Serves the rapporteur's page: the board on one side, the summary on the other; cards of other rooms are searched and
cited.

Without script the summary is written with forms; where there is script, it draws its own form in their place.
"""
import re
from collections.abc import Callable, Collection

from flask import Blueprint, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from workshop.domain.cards.finding import Wanted, fits
from workshop.domain.errors import Refusal
from workshop.domain.people.names import STAFF_MARK
from workshop.domain.shapes import Json
from workshop.exports.words import SECTION_WORDS
from workshop.pages.facilitator import tour
from workshop.pages.input.commands import done
from workshop.pages.input.refused_field import sentence
from workshop.pages.participant.room import scene
from workshop.pages.participant.search import ideas_of, once
from workshop.pages.shell import visitor
from workshop.pages.shell.assets import BOARD
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import Page, show
from workshop.pages.shell.render import number as number_of
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.streams import catch_up

pages = Blueprint("scribe", __name__)
MOST = 30  # cards of other rooms that are shown at once
NUMBER = re.compile(r"(?:[rR]\s*(\d{1,4})\s*-\s*)?0*(\d{1,6})")


@pages.get("/w/<workshop_id>/r/<int:number>/scribe")
def scribe(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the board, the summary, and the form for a sentence; ?edit=id for one that is there."""
    return _show(workshop_id, number, _of_item)


@pages.post("/w/<workshop_id>/r/<int:number>/scribe")
def write(workshop_id: str, number: int) -> ResponseReturnValue:
    """Searches cards of other rooms, saves the sentence, removes one, publishes: what the pressed button says."""
    form = request.form
    typed: Json = {name: form.get(name, "") for name in (
        "section", "text", "who", "when", "numbers", "search", "edit", "rev")}
    typed["cites"] = form.getlist("cite")
    if form.get("do") == "search":
        return _show(workshop_id, number, lambda _seen: typed)
    try:
        _carry_out(workshop_id, number, form, typed)
    except Refusal as refusal:
        return _show(workshop_id, number, lambda _seen: typed, sentence(refusal))
    return redirect(f"/w/{workshop_id}/r/{number}/scribe#summary", 303)


@pages.get("/w/<workshop_id>/r/<int:number>/others")
def others(workshop_id: str, number: int) -> ResponseReturnValue:
    """Answers {ok, cards: [{id, number, room, title, text, name?}], more}: cards of other rooms that may be cited (?text=);
    ?ids= says how those are called that are cited already."""
    with visitor.staff(workshop_id, number) as here:
        found = elsewhere(here, request.args.get("text", "")[:200], request.args.get("ids", "").split())
    return jsonify(ok=True, cards=found[:MOST], more=max(0, len(found) - MOST))


def elsewhere(here: RoomPlace, text: str, ids: Collection[str] = ()) -> list[Json]:
    """Finds cards of the other rooms that fit the text, and those with these ids, as far as the visitor may see and cite
    them; nothing where nothing is asked."""
    if not (text.strip() or ids):
        return []
    before = len(here.frames)
    here.frames, mine = [], here.frames
    here.follow(here.workshop.id, *(room.id for room in here.rooms if room.id != here.room.id))
    rooms = {card["id"]: card for card in here.cards("room") if card["id"] != here.room.id and card["of"] == "group"}
    lines = {room["stream"] for room in rooms.values()} & {frame["stream"] for frame in here.frames}
    rooms = {key: room for key, room in rooms.items() if room["stream"] in lines}
    wanted = Wanted(text=text.strip())
    found = once([(rooms[room], card) for room, card in ideas_of(here, rooms)
                  if "hidden" not in card and card.get("number")
                  and (card["id"] in ids or (text.strip() and fits(wanted, card, rooms[room])))])
    here.frames = mine[:before]
    return [{"id": card["id"], "number": number_of(card, room["number"]), "room": room["number"], "title": room["title"],
             "text": card["body"]["text"]} | ({"name": STAFF_MARK} if card.get("staff") else
                                              {"name": card["name"]} if card.get("name") else {})
            for room, card in found]


def _show(workshop_id: str, number: int, fill: Callable[[Json], Json], problem: str = "") -> Page:
    with visitor.staff(workshop_id, number) as here:
        here.follow(workshop_id, here.room.id, *catch_up.beside(here.session, here.room.id, here.viewer))
        seen = scene(here)
        typed = fill(seen)
        found = elsewhere(here, typed.get("search", ""), typed["cites"])
        led = tour.of(here)
        styles = (*BOARD, "layouts", "votes", "items", "scribe", *tour.styles(led))
        return show("rapporteur/scribe.html", script="scribe", styles=styles, tour=led, **seen, typed=typed, problem=problem,
                    found=found[:MOST], more=max(0, len(found) - MOST), sections=SECTION_WORDS,
                    facts=facts(here, ("scribe", "later")))


def _of_item(seen: Json) -> Json:
    """Fills the form with the sentence that is to be changed, or leaves it empty."""
    item = next((one for one in seen["items"] if one["id"] == request.args.get("edit")), None)
    if item is None:
        return {"section": "idea", "cites": []}
    own = {idea["id"] for idea in [*seen["ideas"], *(one for put in seen["under"].values() for one in put)]}
    called = dict(zip(item["cites"], item["numbers"], strict=True))
    return {**item["body"], "edit": item["id"], "rev": item["rev"],
            "numbers": ", ".join(number_of({"number": called[key]}, seen["room"]["number"])
                                 for key in item["cites"] if key in own),
            "cites": [key for key in item["cites"] if key not in own]}


def _carry_out(workshop_id: str, number: int, form: MultiDict[str, str], typed: Json) -> None:
    """Carries out the command that the pressed button means. Raises Refusal."""
    what, _, item = form.get("do", "save").partition(":")
    with visitor.staff(workshop_id, number) as here:
        here.follow(workshop_id, here.room.id)
        summary = next((card for card in here.cards("activity") if card["room"] == here.room.id and card["of"] == "summary"),
                       None)
        if summary is None:
            raise Refusal("not_for_this")
        cites = [*_called(here, typed["numbers"]), *typed["cites"]] if what == "save" else []
    client = form.get("client", "")
    if what == "drop":
        done(client, 1, "summary.drop", {"id": item})
    elif what in ("publish", "unpublish"):
        done(client, 1, "summary.publish", {"activity": summary["id"], "on": what == "publish"})
    elif typed["section"] != "commitment" and (typed["who"].strip() or typed["when"].strip()):
        raise Refusal("only_of_commitment")
    else:
        body = {name: typed[name] for name in ("section", "text", "who", "when")}
        rev = int(typed["rev"]) if typed["rev"].isdecimal() else 0
        done(client, 1, "summary.item", {
            "activity": summary["id"], "id": typed["edit"] or client[:16], "body": body, "cites": list(dict.fromkeys(cites)),
            "base_rev": rev})


def _called(here: RoomPlace, typed: str) -> list[str]:
    """Finds the ids of cards of any room that are called by these numbers: '4, R2-010'. Refusal `no_such_number`."""
    asked = [one for one in re.split(r"[,;\s]+", typed) if one]
    ids: list[str] = []
    if not asked:
        return ids
    here.follow(*(room.id for room in here.rooms if room.id != here.room.id))
    rooms = {card["id"]: card for card in here.cards("room")}
    by_number: dict[tuple[int, int], str] = {}
    for room, card in sorted(ideas_of(here, rooms), key=lambda found: (found[0] != here.room.id, "copy_of" in found[1])):
        if card.get("number") and "hidden" not in card:
            by_number.setdefault((card.get("home") or rooms[room]["number"], card["number"]), card["id"])
    for one in asked:
        said = NUMBER.fullmatch(one)
        found = by_number.get((int(said[1] or here.room.number), int(said[2]))) if said else None
        if not found:
            raise Refusal("no_such_number", number=one)
        ids.append(found)
    return ids
