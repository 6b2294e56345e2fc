"""Shows the plenary to everybody."""
from math import ceil

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.domain.shapes import Json
from workshop.pages.participant import calls
from workshop.pages.shell import visitor
from workshop.pages.shell.bootstrap import facts
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.pages.speaking.view import speaking, supports
from workshop.store.models import Room
from workshop.words import count, figure, spoken
from workshop.words.voting import gave, moved, round_of, voters, whose

pages = Blueprint("plenary", __name__)

BESIDE = 3  # rooms that stand on the wall at once


@pages.get("/w/<workshop_id>/plenary")
def plenary(workshop_id: str) -> ResponseReturnValue:
    """Shows who speaks, what is asked, and the groups' summaries side by side, as they are written."""
    return show_plenary(workshop_id)


def show_plenary(workshop_id: str, problem: str = "", typed: str = "") -> ResponseReturnValue:
    """Shows the plenary; after a refusal with what was typed."""
    with visitor.at(workshop_id) as here:
        here.follow(workshop_id)
        seats = here.seats
        return show("participant/plenary.html", script="plenary",
                    styles=("door", "plenary", "items", "votes", "floor", "meters"),
                    desk=here.desk, said=calls.unread(here), **summaries(here), **speaking(here), seats=seats,
                    viewer=here.viewer, problem=problem, room_proxies=here.session.scalar(select(Room.proxies).where(
                        Room.workshop_id == workshop_id, Room.kind == "plenary")), typed=typed,
                    on=next((card["on"] for card in here.cards("room") if card.get("on")), None),
                    facts=facts(here, ("plenary", "later"), ballots=here.ballots(seats) + supports(here)))


def summaries(here: Place) -> Json:
    """Reads what rooms say and what came of their votes, for the page and for the wall that nobody has sent anything to."""
    rooms = [room for room in here.cards("room") if room["of"] == "group"]
    published = {a["room"] for a in here.cards("activity") if a["of"] == "summary" and a["published"]}
    items = {room["id"]: [i for i in here.cards("item") if i["room"] == room["id"]] for room in rooms}
    results = {a["room"]: [outcome(one, here.who is None, here.workshop.id) for one in a["results"]]
               for a in here.cards("activity") if a.get("results")}
    agreed = {a["room"]: a["agreed"] for a in here.cards("activity") if a.get("agreed")}
    told = [room for room in rooms if (room["id"] in published and items[room["id"]]) or room["id"] in {**results, **agreed}]
    sheets = ceil(len(told) / BESIDE)
    voted = [outcome(a["results"][0], False, here.workshop.id) for a in sorted(
        here.cards("activity"), key=lambda a: a.get("closed") or "", reverse=True) if a.get("closed") and a.get("results")]
    return {"workshop": here.workshop, "delegations": here.delegations, "rooms": rooms, "voted": voted,
            "published": published, "items": items, "results": results, "agreed": agreed, "told": told,
            "first": ceil(len(told) / sheets) if sheets else 0}


def outcome(one: Json, on_wall: bool, workshop: str = "") -> Json:
    """Prepares a result (store/visibility/results.py) for the macro that draws what came of a vote; on the wall without a
    table."""
    lines, unit = [_line(one, line) for line in one["lines"]], one.get("unit", "")
    return {"href": "" if on_wall else f"/w/{workshop}/votes/{one['vote']}", "decided": one.get("decided"),
            "title": round_of(spoken(one["title"]), one.get("round", 1)), "moved": moved(one),
            "voters": voters(unit, one["people"], one.get("votes")), "unit": one.get("unit"),
            "whose": whose(unit, "votes" in one), "said": spoken(one.get("said")), "lines": lines,
            "cloud": one["lines"] if one.get("chart") == "cloud" else (),
            "whole": "place" in one["lines"][0] and not on_wall, "more": one.get("more"),
            "rounds": range(1, 1 + len(one.get("rounds", ()))), "known": "people" in lines[0]}


def _line(one: Json, line: Json) -> Json:
    parts, headings = line["parts"], one.get("headings", ())
    of = {"place": line.get("place"), "tied": False, "parts": parts, "whole": one["whole"], "apart": False,
          "tones": one.get("tones", ()), "before": [parts for parts in line.get("before", ()) if parts]}
    n = None if headings else figure(parts[0])
    each = [f"{spoken(heading)} {figure(part)}" for heading, part in zip(headings, parts, strict=False)]
    known = {"people": line["seats"], "delegations": line["delegations"]} if "seats" in line else {}
    by = [gave(one.get("unit", ""), "votes" in one, line["seats"])] if known else []
    by += [count("from {n} delegation", "from {n} delegations", line["delegations"])] if known and "unit" not in one else []
    what = " ".join(filter(None, (line.get("number"), spoken(line["text"]))))
    return {"key": "", "what": what, "of": of, "n": n, "said": n or " · ".join(each),
            "about": " · ".join(filter(None, [*each, spoken(line.get("about")), *by])), "tied": line.get("tied"),
            "before": [" · ".join(figure(part) for part in parts) for parts in line.get("before", ())]} | known
