"""Sends to walls: blocks beside each other, nothing at all, or what stood there before."""
from pydantic import Field

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, silent, tells
from workshop.actions.walls.finding import check_seen, checked, chosen, told
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.domain.walls import CELLS, WALLS
from workshop.store.models import Wall
from workshop.words import _

MOST = 200  # pages that can be turned


class To(Shape):
    """Names a wall, or (None) all of them; `saw`: the `rev` of each wall as whoever acts saw it."""

    workshop: str = Field(max_length=40)
    wall: str | None = Field(default=None, max_length=40)
    saw: dict[str, int] = Field(default={}, max_length=2 * WALLS)


class Show(To):
    """Says what a wall is to show; no block: as it was before anything was sent."""

    blocks: list[Json] = Field(max_length=CELLS)


class Turn(To):
    """Says by how many pages."""

    by: int = Field(ge=-9, le=9)


@verb("wall.show", Show)
def show(work: InWorkshop, payload: Show) -> None:
    """Sends blocks to a wall, or to all. Refusals: those of `checked`, `no_such_wall`, `wall_changed`."""
    rows, blocks = chosen(work, payload.wall), checked(work, payload.blocks)
    check_seen(work, rows, payload.saw)
    _put(work, rows, {"blocks": blocks} if blocks else None)


@verb("wall.blank", To)
def blank(work: InWorkshop, payload: To) -> None:
    """Empties a wall, or all. Refusals: `no_such_wall`, `wall_changed`."""
    rows = chosen(work, payload.wall)
    check_seen(work, rows, payload.saw)
    _put(work, [row for row in rows if not (row.shown or {}).get("blank")], {"blank": True})


@verb("wall.back", To)
def back(work: InWorkshop, payload: To) -> None:
    """Puts back what stood on a wall before, or on all; once more, and the later one stands there again. Refusals:
    `no_such_wall`, `wall_changed`, `nothing_before`."""
    rows = chosen(work, payload.wall)
    check_seen(work, rows, payload.saw)
    changed = [row for row in rows if row.rev]
    if not changed:
        raise Refusal("nothing_before")
    for row in changed:
        _put(work, [row], row.before)


@verb("wall.turn", Turn)
def turn(work: InWorkshop, payload: Turn) -> None:
    """Turns the pages of a wall, or of all: what does not fit stands on further ones, and after the last comes the first.
    Refusal `no_such_wall`."""
    for row in chosen(work, payload.wall):
        shown = row.shown or {}
        row.shown = shown | {"page": min(max(0, shown.get("page", 0) + payload.by), MOST)}
        work.session.flush()
        work.touch(row, work.workshop.id)


silent("wall.turn")


def _put(work: InWorkshop, rows: list[Wall], shown: Json | None) -> None:
    for row in rows:
        was = row.shown
        row.before, row.shown, row.rev = was, shown, row.rev + 1
        row.shown_by, row.shown_at = work.who.device.account_id, work.now
        work.session.flush()
        work.touch(row, work.workshop.id)
        work.remember(row.id, {"shown": told(work, was)}, {"shown": told(work, shown), "wall": row.name,
                                                           "blank": shown == {"blank": True}}, work.workshop.id)
    work.beside["walls"] = {row.id: row.rev for row in rows}


@tells("wall.show", "wall.back", team="room")
def _shown(act: Act) -> Sentence:
    if act.after.get("blank"):
        return _blank(act)
    return Sentence(team=_("sent to the wall: {what}.", what=act.after.get("shown", "…")))


@tells("wall.blank", team="room")
def _blank(act: Act) -> Sentence:
    return Sentence(team=_("emptied the wall."))
