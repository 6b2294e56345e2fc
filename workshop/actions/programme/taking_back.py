"""Takes a programme that was brought in back as a whole: what came goes, what was corrected is as before."""
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.entrance import Which
from workshop.actions.programme import videos
from workshop.actions.programme.blocks import plan, tell_all
from workshop.actions.programme.waiting import settle
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.store.models import Block, BlockRoom, History
from workshop.store.transaction import Session
from workshop.words import count


@verb("programme.take_back", Which)
def take_back(work: InWorkshop, payload: Which) -> None:
    """Takes the programme that was brought in last back: its new blocks go, unless they have begun or open rooms by now;
    those that it corrected are as before. Refusal `nothing_brought`."""
    act = last(work.session, work.workshop.id)
    if act is None:
        raise Refusal("nothing_brought")
    before, after = act.before or {}, act.after or {}
    gone = 0
    for block in _blocks(work, after.get("added", ())):
        opens = work.session.scalar(select(BlockRoom.block_id).where(BlockRoom.block_id == block.id).limit(1))
        if block.started_at or opens:
            continue
        videos.leave(work, block)
        work.session.execute(delete(BlockRoom).where(BlockRoom.block_id == block.id))
        work.session.delete(block)
        gone += 1
    back = 0
    for block in _blocks(work, before.get("blocks", {})):
        for name, value in before["blocks"][block.id].items():
            setattr(block, name, datetime.fromisoformat(value) if value and name in ("starts_at", "dropped_at") else value)
        back += 1
    for block in _blocks(work, before.get("pinned", ())):
        block.pinned = False
    work.session.flush()
    if "days" in before:
        used = set(work.session.scalars(select(Block.day).where(Block.workshop_id == work.workshop.id)))
        work.workshop.days = sorted({*before["days"], *(used & {*work.workshop.days})})
    plan(work)
    settle(work.session, work.workshop.id, work.touch)
    tell_all(work)
    work.remember(work.workshop.id, None, {"act": act.id, "gone": gone, "back": back}, work.workshop.id)


@tells("programme.take_back", team="room")
def _taken_back(act: Act) -> Sentence:
    return Sentence(team=count("took back the programme that was brought in: {n} block.",
                               "took back the programme that was brought in: {n} blocks.",
                               act.after.get("gone", 0) + act.after.get("back", 0)))


def last(session: Session, workshop_id: str) -> History | None:
    """Finds the act by which a programme was brought in last, unless it was taken back."""
    acts = session.scalars(select(History).where(
        History.stream_id == workshop_id, History.verb.in_(("programme.bring", "programme.take_back")))
        .order_by(History.id.desc()))
    back: set[Any] = set()
    for act in acts:
        if act.verb == "programme.take_back":
            back.add((act.after or {}).get("act"))
        elif act.id not in back:
            return act
    return None


def stood(block: Block, names: Json) -> Json:
    """Returns what the columns of a block hold, as the record has them."""
    values = {name: getattr(block, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _blocks(work: InWorkshop, keys: Any) -> list[Block]:
    return list(work.session.scalars(select(Block).where(
        Block.id.in_(list(keys)), Block.workshop_id == work.workshop.id)))
