"""Searches cards in all rooms that somebody may look into. Plain forms, so that it works on every connection."""
from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.activities.ideas.places import unplaced
from workshop.domain.cards.finding import Wanted, fits
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.assets import BOARD
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.models import Axis
from workshop.store.streams import catch_up
from workshop.time_slices import paced

pages = Blueprint("find", __name__)
EACH = 50  # cards on a page
CHOSEN, TICKED = ("delegation", "channel", "site", "axis", "room"), ("mine", "loose", "single", "votes")


@pages.get("/w/<workshop_id>/find")
def find(workshop_id: str) -> ResponseReturnValue:
    """Shows the form and what was found, room by room, by number."""
    asked = request.args
    parts: Json = {name: asked.get(name, "") for name in CHOSEN} | {name: name in asked for name in TICKED}
    wanted = Wanted(asked.get("text", "")[:200].strip(), **parts)
    with visitor.at(workshop_id) as here:
        here.follow(workshop_id)
        for room in here.rooms:
            here.follow(room.id, *catch_up.beside(here.session, room.id, here.viewer))
        seen = {frame["stream"] for frame in here.frames}
        rooms = {card["id"]: card for card in here.cards("room") if card["stream"] in seen and card["of"] == "group"}
        ideas, groups = ideas_of(here, rooms), {card["id"] for card in here.cards("group")}
        known = _voted(here), _loose(here, [card for _room, card in ideas]), groups
        found = once([(rooms[room], card) for room, card in paced(ideas) if fits(wanted, card, rooms[room], *known)])
        pages_ = max(1, -(-len(found) // EACH))
        page = max(1, min(asked.get("page", 1, whole), pages_))
        part = groupby(found[EACH * (page - 1):EACH * page], key=lambda hit: hit[0]["number"])
        axes = here.session.scalars(select(Axis).where(Axis.workshop_id == workshop_id).order_by(Axis.number)).all()
        return show("participant/find.html", styles=(*BOARD, "find"), workshop=here.workshop, desk=here.desk, wanted=wanted,
                    count_all=len(found), hits=[list(hits) for _number, hits in part], page=page, pages=pages_,
                    again=urlencode([(name, value) for name, value in asked.items() if name != "page"]),
                    rooms=rooms.values(), delegations=here.delegations, axes=axes,
                    sites=here.sites, seats=here.seats)


def ideas_of(here: Place, rooms: Mapping[str, Json]) -> list[tuple[str, Json]]:
    """Lists (room id, idea) of the rooms' boards, in the order of rooms and numbers."""
    boards = {card["id"]: card["room"] for card in here.cards("activity") if card["of"] == "ideas" and card["room"] in rooms}
    ideas = [(boards[card["activity"]], card) for card in paced(here.cards("idea")) if card["activity"] in boards]
    return sorted(ideas, key=lambda found: (rooms[found[0]]["number"], found[1].get("number") or 0))


def once(found: list[tuple[Json, Json]]) -> list[tuple[Json, Json]]:
    """Keeps each idea once: a copy is left out where the original, or another copy before it, was found."""
    there, kept = {card["id"] for _room, card in found if "copy_of" not in card}, []
    for room, card in found:
        if (origin := card.get("copy_of")) is None or origin not in there:
            kept.append((room, card))
            there.add(origin)
    return kept


def _loose(here: Place, ideas: list[Json]) -> set[str]:
    """Lists the ideas that wait for a place, as the asker sees it."""
    boards = {card["id"]: card for card in here.cards("activity")}
    drawn = {item for card in boards.values() if card["of"] == "positions" and card["tally"]
             for item in card["tally"].get("items", ())}
    return {card["id"] for card in ideas if unplaced(boards[card["activity"]]["settings"], card, card["id"] in drawn)}


def _voted(here: Place) -> set[str]:
    """Lists the cards on which there are votes that the asker sees."""
    votes = [card for card in here.cards("activity") if kinds()[card["of"]].decides and card["tally"]]
    voted = {item for vote in votes for item in vote["tally"].get("items", ())}
    return voted | {id_ for card in here.cards("idea") if voted & {card["id"], card.get("group")}
                    for id_ in (card["id"], card.get("into")) if id_}
