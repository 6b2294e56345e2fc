"""Resolves edit conflicts: two people change one card or sentence, and the later one did not see what the earlier one wrote.
"""
from sqlalchemy import select

from workshop.actions.core.context import CommandContext, InWorkshop
from workshop.domain.cards.merging import listed, together
from workshop.domain.shapes import Json
from workshop.store.models import Contribution, History, Seat
from workshop.store.visibility import threads
from workshop.words.bidi import isolate


def body(work: InWorkshop, row: Contribution, mine: Json, base_rev: int | None) -> Json:
    """Returns the card's new body. The answer's `met` says that somebody else was there: {name?, staff?, text?}; `text` is
    theirs where it gave way, to be chosen again or put beside."""
    if base_rev is None or base_rev >= row.rev or not isinstance(mine.get("text"), str):
        return mine
    since = [one for one in _changes(work, row) if (one["before"] or {}).get("rev", -1) >= base_rev]
    others = [one for one in since if work.seat is None or one["seat_id"] != work.seat.id]
    if not others or since[0]["before"]["rev"] != base_rev or mine == row.body:
        return mine
    both, lost = together(since[0]["before"]["body"], mine, row.body)
    work.beside["met"] = _whose(work, others[-1]) | ({"text": lost} if lost is not None else {})
    return both


def sentence(work: InWorkshop, row: Contribution, mine: Json, cites: list[str], base_rev: int
             ) -> tuple[Json, list[str]] | None:
    """Returns the sentence's new body and what it cites, reported as by `body`; None where it is not known what the writer
    had seen."""
    since = [one["before"] for one in _changes(work, row) if (one["before"] or {}).get("rev", -1) >= base_rev]
    if not since or since[0]["rev"] != base_rev or "cites" not in since[0]:
        return None
    cited = listed(since[0]["cites"], cites, threads.cited_by(work.session, row.id))
    both, lost = together(since[0]["body"], mine, row.body)
    if mine != row.body:
        work.beside["met"] = _whose(work, _changes(work, row)[-1]) | ({"text": lost} if lost is not None else {})
    return both, cited


def _changes(work: CommandContext, row: Contribution) -> list[Json]:
    """Lists what was done to the card, in order; the last of it may not be in the table yet."""
    columns = (History.seat_id, History.account_id, History.before)
    kept = work.session.execute(select(*columns).where(History.target_id == row.id).order_by(History.id))
    waiting = [one for one in work.session.changes.history if one["target_id"] == row.id]
    return [dict(one) for one in kept.mappings()] + waiting


def _whose(work: InWorkshop, change: Json) -> Json:
    """Names who it was, as far as the workshop tells."""
    if change["account_id"]:
        return {"staff": True}
    if work.workshop.privacy == "anonymous":
        return {}
    seat = work.session.get(Seat, change["seat_id"])
    return {"name": isolate(seat.name)} if seat else {}
