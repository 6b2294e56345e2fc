"""Finds walls for commands, checks what is sent to them, and notices that somebody else has sent something meanwhile."""
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.domain import walls
from workshop.domain.errors import Refusal
from workshop.domain.limits import clean_text
from workshop.domain.shapes import Json
from workshop.store.models import Account, Contribution, Wall
from workshop.store.walls.kind import CARD, ROOMS, TEXT, HallSight, called, kinds


def all_walls(work: InWorkshop) -> list[Wall]:
    """Lists the walls of the workshop; the first gets its row where it has none yet."""
    rows = list(work.session.scalars(select(Wall).where(
        Wall.workshop_id == work.workshop.id, Wall.dropped_at.is_(None)).order_by(Wall.position, Wall.id)))
    if not any(row.id == work.workshop.id for row in rows):
        first = Wall(id=work.workshop.id, workshop_id=work.workshop.id, name="", theme="", far=walls.FAR, position=0, rev=0,
                     seq=0)
        work.session.add(first)
        work.session.flush()
        rows.insert(0, first)
    return rows


def chosen(work: InWorkshop, key: str | None) -> list[Wall]:
    """Lists the wall of this id, or (None) all. Refusal `no_such_wall`."""
    found = [row for row in all_walls(work) if key in (None, row.id)]
    if not found:
        raise Refusal("no_such_wall")
    return found


def check_seen(work: InWorkshop, rows: list[Wall], saw: dict[str, int]) -> None:
    """Refuses (`wall_changed`, with who and what) where a wall shows something else than what whoever acts has seen."""
    for row in rows:
        if row.id in saw and saw[row.id] != row.rev:
            sent = work.session.get(Account, row.shown_by) if row.shown_by else None
            raise Refusal("wall_changed", who=sent.name if sent else "…", what=told(work, row.shown))


def told(work: InWorkshop, shown: Json | None) -> str:
    """Words what stands on a wall."""
    sight = HallSight(work.session, work.workshop, work.now)
    return " · ".join(called(sight, block) for block in (shown or {}).get("blocks") or ()) or "–"


def checked(work: InWorkshop, said: list[Json]) -> list[Json]:
    """Returns the blocks as they are stored. Refusals `bad_wall_block`, `no_room_chosen`, `too_many_on_wall`,
    `too_long`."""
    sight = HallSight(work.session, work.workshop, work.now)
    blocks = [_block(sight, one) for one in said]
    if sum(map(walls.cells, blocks)) > walls.CELLS:
        raise Refusal("too_many_on_wall", limit=walls.CELLS)
    return blocks


def _block(sight: HallSight, said: Json) -> Json:
    kind = kinds().get(str(said.get("kind")))
    if kind is None or not said.keys() <= {"kind", "size", *kind.takes}:
        raise Refusal("bad_wall_block")
    size = said.get("size", 0)
    if type(size) is not int or size not in walls.SIZES:
        raise Refusal("bad_wall_block")
    block: Json = {"kind": kind.name} | ({"size": size} if size else {})
    offers = kind.offers(sight)
    for field in kind.takes:
        value = said.get(field)
        if value in (None, "", []) and field in kind.optional:
            continue
        if field == ROOMS and not value:
            raise Refusal("no_room_chosen")
        if not _fits(sight, field, value, {key for key, _title in offers.get(field, ())}):
            raise Refusal("bad_wall_block")
        block[field] = clean_text(value) if field == TEXT and isinstance(value, str) else value
    return block


def _fits(sight: HallSight, field: str, value: object, offered: set[str]) -> bool:
    if field == ROOMS:
        return isinstance(value, list) and 0 < len(value) == len({*map(str, value)}) and {*map(str, value)} <= offered
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    if field == TEXT:
        if len(clean_text(value)) > walls.TEXT:
            raise Refusal("too_long", limit=walls.TEXT, length=len(clean_text(value)))
        return bool(clean_text(value))
    if field == CARD:
        return sight.session.get(Contribution, value) is not None and bool(
            kinds()["card"].read(sight, {"card": value}))
    return value in offered
