"""Says which walls there are: how each is called, how far its last row is, its colours, its address."""
from pydantic import Field

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.walls.finding import all_walls, chosen
from workshop.domain import walls
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id, new_token
from workshop.domain.limits import NAME, ROUGH
from workshop.domain.people.names import typed_name
from workshop.domain.shapes import Json
from workshop.store.models import Wall
from workshop.words import _


class Said(Shape):
    """Says what of a wall is set: `far`: how far the last row is, in tenths of the height of the picture; `theme`: '',
    'light' or 'dark'."""

    workshop: str = Field(max_length=40)
    name: str = Field(default="", max_length=ROUGH * NAME)
    theme: str = Field(default="", max_length=10)
    far: int = walls.FAR


class Add(Said):
    """Describes one more wall."""

    name: str = Field(max_length=ROUGH * NAME)


class Edit(Said):
    """Gives a wall and what is otherwise; what is not said stays."""

    wall: str = Field(max_length=40)


class Which(Shape):
    """Names a wall."""

    workshop: str = Field(max_length=40)
    wall: str = Field(max_length=40)


@verb("wall.add", Add)
def add(work: InWorkshop, payload: Add) -> None:
    """Adds a wall with an address of its own; the answer names it in `wall`. Refusals: those of `_read`,
    `too_many_walls`."""
    there = all_walls(work)
    if len(there) >= walls.WALLS:
        raise Refusal("too_many_walls", limit=walls.WALLS)
    row = Wall(id=new_id(), workshop_id=work.workshop.id, key=new_token(), position=max(one.position for one in there) + 1,
               rev=0, seq=0, **_read(payload, {"name", "theme", "far"}))
    work.session.add(row)
    work.session.flush()
    work.touch(row, work.workshop.id)
    work.beside["wall"] = row.id
    work.remember(row.id, None, {"name": row.name}, work.workshop.id)


@verb("wall.edit", Edit)
def edit(work: InWorkshop, payload: Edit) -> None:
    """Corrects a wall. Refusals: those of `_read`, `no_such_wall`."""
    [row] = chosen(work, payload.wall)
    found = _read(payload, payload.model_fields_set, empty=row.id == work.workshop.id)
    before = {name: getattr(row, name) for name, value in found.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, found[name])
    if before:
        work.session.flush()
        work.touch(row, work.workshop.id)
        work.remember(row.id, before | {"name": before.get("name", row.name)},
                      {name: found[name] for name in before} | {"name": row.name}, work.workshop.id)


@verb("wall.drop", Which)
def drop(work: InWorkshop, payload: Which) -> None:
    """Takes a wall away: its address leads nowhere. Refusals: `no_such_wall`, `first_wall`."""
    [row] = chosen(work, payload.wall)
    if row.id == work.workshop.id:
        raise Refusal("first_wall")
    row.dropped_at = work.now
    work.session.flush()
    work.touch(row, work.workshop.id)
    work.remember(row.id, {"name": row.name}, None, work.workshop.id)


def _read(payload: Said, said: set[str], empty: bool = False) -> Json:
    """Returns {column: value} of what is said. Refusals: `name_missing`, `bad_wall`, `too_long`."""
    found: Json = {}
    if "name" in said:
        found["name"] = typed_name(payload.name, NAME)
        if not found["name"] and not empty:
            raise Refusal("name_missing")
    if "theme" in said:
        found["theme"] = payload.theme
    if "far" in said:
        found["far"] = payload.far
    if found.get("theme", "") not in walls.THEMES or not walls.NEAREST <= found.get("far", walls.FAR) <= walls.FARTHEST:
        raise Refusal("bad_wall")
    return found


def _name(state: Json) -> str:
    return state.get("name") or _("Wall")


@tells("wall.add", team="room")
def _added(act: Act) -> Sentence:
    return Sentence(team=_("added a wall: {name}.", name=_name(act.after)))


@tells("wall.edit", team="room")
def _edited(act: Act) -> Sentence:
    return Sentence(team=_("corrected a wall: {name}.", name=_name(act.after)))


@tells("wall.drop", team="room")
def _dropped(act: Act) -> Sentence:
    return Sentence(team=_("took a wall away: {name}.", name=_name(act.before)))
