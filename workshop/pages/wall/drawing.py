"""Reads what stands on a wall, so that its page and the desk draw the same."""
import hashlib
from typing import Any

from flask import render_template
from sqlalchemy import select

from workshop.domain import walls
from workshop.domain.shapes import Json
from workshop.exports.votes import groups as by_groups
from workshop.house import house
from workshop.pages.participant.plenary import outcome
from workshop.pages.results import groups, view
from workshop.pages.shell.render import base_url
from workshop.store.models import Activity, Delegation, Wall, Workshop
from workshop.store.transaction import Session
from workshop.store.walls import kind, sight
from workshop.words import _


def wall_row(session: Session, workshop: Workshop, wall_id: str) -> Wall:
    """Returns the wall; of the first one that has no row yet, as it is without one."""
    return session.get(Wall, wall_id) or Wall(id=workshop.id, workshop_id=workshop.id, name="", theme="", far=walls.FAR,
                                              rev=0, position=0, shown=None, before=None, key=None)


def all_walls(session: Session, workshop: Workshop) -> list[Wall]:
    """Lists the walls of a workshop, the first one first."""
    rows = list(session.scalars(select(Wall).where(Wall.workshop_id == workshop.id, Wall.dropped_at.is_(None)).order_by(
        Wall.position, Wall.id)))
    return rows if any(row.id == workshop.id for row in rows) else [wall_row(session, workshop, workshop.id), *rows]


def key_of(workshop: Workshop, wall: Wall) -> str:
    """Returns the key in the address of a wall."""
    return wall.key or workshop.screen_key


def _by_itself(hall: kind.HallSight) -> Json | None:
    """Returns what a wall shows to which nobody has sent anything: the vote of the plenary that was opened last, while it is
    open, with its question and how many have voted; else what is its own."""
    vote = hall.session.scalars(select(Activity).where(
        Activity.room_id == hall.plenary.id, Activity.opened_at.is_not(None), Activity.closed_at.is_(None)).order_by(
        Activity.opened_at.desc()).limit(1)).first()
    return {"blocks": [{"kind": "vote", "vote": vote.id}]} if vote else None


def stands(session: Session, workshop: Workshop, wall: Wall, key: str) -> Json:
    """Reads what stands on the wall: {rev, state ('sent', 'blank' or 'own'), far, theme, streams, sheet (its rules), places,
    …} for the templates in `templates/wall`."""
    hall = kind.HallSight(session, workshop, house().clock())
    labels = {row.id: row.name for row in session.scalars(select(Delegation).where(Delegation.workshop_id == workshop.id))}
    places = [_ready(place, labels) for place in kind.read(hall, wall.shown or _by_itself(hall))]
    shown = wall.shown or {}
    return {"rev": wall.rev, "page": shown.get("page", 0),
            "state": "blank" if shown.get("blank") else "sent" if places else "own", "far": wall.far, "theme": wall.theme,
            "streams": [key for key in sight.boards(shown) if key in hall.rooms], "letter": walls.letter(wall.far),
            "places": places, "wall_key": key, "address": base_url().split("//")[-1],
            "labels": labels, "workshop": workshop,
            "sizes": {size: walls.letter(wall.far, size) for size in walls.SIZES}}


def _ready(place: Json, labels: dict[str, str]) -> Json:
    if "known" in place:
        place = place | {"by": by_groups(place["known"], labels)}
    if place.get("results"):
        place = place | {"results": [outcome(one, on_wall=True) for one in place["results"]]}
    if of := place.get("whole"):
        whole = view.whole(**of)
        place = place | {"whole": whole, "lines": view.lines(whole) if whole else [],
                         "turnout": _("{n} of {all} voted", n=whole.voted, all=whole.could)
                         if whole and not place.get("moves") else ""}
    if "why" in place and not (place.get("whole") and place["whole"].alike):
        place = place | {"none": groups.none(**place["why"])}
    return place


def frame(read: Json) -> Json:
    """Makes what the wall's script is told: {rev, state, theme, letter, sizes, streams, html, mark}."""
    html = render_template("wall/sent.html", **read)
    told: dict[str, Any] = {name: read[name] for name in ("rev", "page", "state", "theme", "streams", "letter")}
    told["sizes"] = {str(size): px for size, px in read["sizes"].items()}
    mark = hashlib.sha256(repr((told, html)).encode()).hexdigest()[:16]
    return told | {"html": html, "mark": mark}
