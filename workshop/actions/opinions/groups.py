"""Reads what people answered in a vote and keeps the groups that were found in it. Finding them is not done here: it takes a
process of its own (live/opinion_groups.py)."""
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from workshop import time_slices
from workshop.actions.votes import counted
from workshop.domain.opinions import packing, standing
from workshop.domain.shapes import Json
from workshop.store.models import Activity, OpinionGroups
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets
from workshop.store.votes.opinion_groups import applies, told

NEEDED = 2 * standing.LEAST  # people without whom there are no two groups
BROUGHT = "brought"  # in `found`: answers of no seat (bringing.py), until groups are found in them


@dataclass(frozen=True)
class Asked:
    """Holds what the groups of a vote are found from. `mark`: of these answers and no others."""

    mark: str
    cards: list[str]
    content: bytes
    before: Json | None


def possible() -> bool:
    """Tells whether groups can be found on this server: numpy is there."""
    return find_spec("numpy") is not None


def answers(session: Session, vote: Activity, still: Callable[[], object] = lambda: None) -> dict[str, dict[str, int]]:
    """Returns {seat: {card: answer}} of what can be answered now: what was taken back, hidden or merged is not among it."""
    there = vote_targets.candidates(session, vote, {vote.stream_id})
    found = {}
    for one in counted.ballots(session, vote):
        still()
        if one.seat is not None:
            found[one.seat] = {card: said for card, said in one.choices.items() if card in there}
    return {seat: row for seat, row in found.items() if row}


def asked(session: Session, vote: Activity) -> Asked | None:
    """Returns what is to be found anew; None where the groups that are kept are those of these answers, or there can be
    none."""
    kept = session.get(OpinionGroups, vote.id)
    if kept and BROUGHT in (kept.found or {}):
        content = bytes(map(int, kept.found[BROUGHT])) if kept.found else b""
        return Asked(hashlib.sha256(content).hexdigest(), kept.found["cards"] if kept.found else [], content, None)
    rows = answers(session, vote, time_slices.pause)
    cards = sorted({card for row in rows.values() for card in row})
    content = b"".join(sorted(packing.packed([row], cards) for row in time_slices.paced(rows.values())))
    mark = hashlib.sha256("\n".join(cards).encode() + b"\n" + content).hexdigest()
    if kept.mark == mark if kept else len(rows) < NEEDED:
        return None
    return Asked(mark, cards, content, kept.found if kept else None)


def keep(session: Session, vote: Activity, of: Asked, came: Json | None) -> None:
    """Keeps what was found ({found, told} of finding.task, or None); also in a result that was written down meanwhile."""
    row = session.get(OpinionGroups, vote.id)
    if row is None:
        row = OpinionGroups(activity_id=vote.id, mark="", found=None, told=None)
        session.add(row)
    row.mark = of.mark
    row.found, row.told = (came["found"], came["told"]) if came else (None, None)
    if vote.parts and applies(vote):
        vote.parts = {name: value for name, value in vote.parts.items() if name != "alike"} | told(session, vote)


def found(session: Session, vote: Activity) -> standing.Found | None:
    """Returns where the groups of the vote stand."""
    row = session.get(OpinionGroups, vote.id) if applies(vote) else None
    return standing.Found(row.found) if row and row.found else None


def members(session: Session, vote: Activity) -> dict[str, str]:
    """Returns {seat: letter of its group} of those who have answered enough to be in one."""
    of = found(session, vote)
    return {seat: of.letters[n] for seat, n in standing.members(of, answers(session, vote)).items()} if of else {}


def stands(session: Session, vote: Activity, seat: str) -> Json | None:
    """Returns {letter, inside: whether it has answered enough to be in the group, more: how many answers it lacks} of a
    seat; None where there are no groups or it has said nothing."""
    of = found(session, vote)
    mine = answers(session, vote).get(seat) if of else None
    if of is None or not mine or standing.point(of, mine) is None:
        return None
    lacks = standing.needed(len(of.cards)) - sum(card in of.at for card in mine)
    return {"letter": of.letters[standing.group_of(of, mine)], "inside": lacks <= 0, "more": max(0, lacks)}
