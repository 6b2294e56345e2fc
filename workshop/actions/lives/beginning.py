"""Begins a workshop with a programme: its days, its blocks, and rooms for the blocks in which people work in groups."""
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from workshop.actions.core import record
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.programme.waiting import settle
from workshop.actions.rooms.building import build_room
from workshop.domain.errors import Refusal
from workshop.domain.limits import TITLE
from workshop.domain.methods.library import library
from workshop.domain.programme_templates import Template
from workshop.store.models import Account, Axis, Block, BlockRoom, Room, Workshop
from workshop.store.transaction import Session
from workshop.words import _, speaking, spoken

GROUPS, MOST_GROUPS = 3, 20  # rooms of a block where there are no axes


def begin_with(session: Session, now: datetime, workshop: Workshop, account: Account, template: Template, first_day: date,
               language: str, groups: int = GROUPS) -> None:
    """Gives a new workshop the programme. Each block of groups gets a room for each axis, or else so many as `groups` says;
    people see them when the block begins. Refusal `too_many_groups`."""
    if not 1 <= groups <= MOST_GROUPS:
        raise Refusal("too_many_groups", limit=MOST_GROUPS)
    try:
        workshop.days = template.day_list(first_day)
        blocks = template.blocks(first_day, workshop.zones[0], language)
    except (ValueError, OverflowError):
        raise Refusal("bad_day") from None
    axes = session.scalars(select(Axis).where(Axis.workshop_id == workshop.id).order_by(Axis.number)).all()
    for columns in blocks:
        block = Block(workshop_id=workshop.id, **columns)
        session.add(block)
        session.flush()
        if block.kind == "groups":
            rooms = _rooms(session, workshop, block, axes, language, groups)
            session.add_all(BlockRoom(block_id=block.id, room_id=room.id) for room in rooms)
    settle(session, workshop.id)
    record.keep(session, now, workshop.id, account.id, "workshop.begin", workshop.id, programme=template.name)
    session.flush()


@tells("workshop.begin", team="room")
def _begun(act: Act) -> Sentence:
    return Sentence(team=_("made the workshop with the programme “{title}”.", title=_spoken(act.after.get("programme"))))


def _rooms(session: Session, workshop: Workshop, block: Block, axes: Sequence[Axis], language: str, groups: int
           ) -> list[Room]:
    with speaking(language):
        names: list[tuple[str, str | None]] = [(axis.title, axis.id) for axis in axes] or [
            (_("Group {n}", n=n), None) for n in range(1, groups + 1)]
    method = library().get(block.method or "")
    found = []
    for name, axis in names:
        room = build_room(session, workshop, f"{name} · {block.title}"[:TITLE], axis_id=axis,
                          method=method if method and not method.process else None, language=language)
        found.append(room)
    return found


def _spoken(name: object) -> str:
    return spoken(name) if isinstance(name, dict) else "…"
