"""Casts ballots: what a seat chooses in a vote, the whole of it each time."""
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import select, update

from workshop.actions.core.context import SeatOnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import silent
from workshop.actions.rooms import attendance
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Choices, Json
from workshop.store.models import Activity, Ballot, Contribution, Room, Seat
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import circles, vote_targets


class Cast(Shape):
    """Carries what a seat chooses. `base_rev` is the revision of the ballot that it had before (0: none)."""

    activity: str = Field(max_length=40)
    choices: dict[str, Any]
    base_rev: int = Field(ge=0, lt=2**31)


@verb("ballot.cast", Cast, blocked_when_paused=True, in_room=True)
def cast(work: SeatOnBoard, payload: Cast) -> Ballot:
    """Replaces the seat's ballot; the last accepted one counts."""
    kind = kinds()[work.activity.kind]
    if not kind.votes:
        raise Refusal("not_for_this")
    by_itself = work.activity.opened_at is not None  # the step of the room has no say
    if refused := steps.takes(work.room, work.activity, work.now):
        over = work.activity.closed_at or work.activity.closes_at
        early = over is not None and work.now - timedelta(milliseconds=work.age_ms) < over
        raise Refusal("late_ballot" if early and refused in ("vote_closed", "time_over") else refused)
    if not by_itself and not steps.lets(work.room, kind.right, mine=True):
        raise Refusal("step_closed")
    held = work.session.get(Ballot, (work.activity.id, work.seat.id))
    rev = held.rev if held else 0
    if payload.base_rev != rev:
        raise Refusal("stale_ballot", rev=rev, choices=held.choices if held else {})
    # What was chosen counts until it is taken back, also where nobody may choose it any more
    # (store/visibility/vote_targets.py).
    mine = work.seat.delegation_id
    cards = candidates(work.session, work.room, work.activity, work.seat.id, mine) | (held.choices.keys() if held else set())
    choices = kind.vote_rules.check(work.activity.settings, payload.choices, cards)
    if not by_itself and not steps.lets(work.room, kind.right):
        _only_own(work, choices, held.choices if held else {})
    if mine and _shares(work.activity, mine):
        _share(work, mine, choices, held.choices if held else {}, rev + 1)
    if held is None:
        attendance.votes(work.session, work.room, work.activity, work.seat, work.now)
        held = Ballot(activity_id=work.activity.id, seat_id=work.seat.id, choices={}, rev=0)
        work.session.add(held)
    held.choices, held.rev = choices, rev + 1
    work.session.flush()
    if work.activity.settings.get("reveal") == voting.LIVE:
        wait(work.session, work.activity, work.now)
    return held


def _shares(vote: Activity, delegation: str | None) -> bool:
    """Tells whether a seat of the delegation spends from a budget of all of it."""
    return (kinds()[vote.kind].shared is not None and vote.settings.get("budget_of") == "delegation"
            and delegation is not None)


def _share(work: SeatOnBoard, mine: str, choices: Choices, before: Json, rev: int) -> None:
    """Checks the delegation's budget: its ballots count together, and all of its devices are told how many are spent.

    In an anonymous workshop what one card may get holds for each person: a refusal would tell the others of the delegation
    on which card somebody has put dots.
    """
    others = work.session.execute(select(Ballot.choices, Ballot.rev).join(Seat).where(
        Ballot.activity_id == work.activity.id, Seat.delegation_id == mine, Seat.id != work.seat.id)).all()
    shared = kinds()[work.activity.kind].shared
    assert shared  # _shares has seen it
    spent = shared(
        work.activity.settings, choices, before, [other.choices for other in others], work.workshop.privacy != "anonymous")
    work.session.changes.ballots.append(
        (mine, viewers.spent(work.activity.id, mine, spent, rev + sum(other.rev for other in others))))


def _only_own(work: SeatOnBoard, choices: Choices, before: Json) -> None:
    """Refuses with `not_yours` a change on another's card, where the step lets everybody choose only among their own."""
    turned = {key for key in {*choices, *before} if choices.get(key) != before.get(key)}
    if work.session.scalar(select(Contribution.id).where(
            Contribution.id.in_(turned), Contribution.seat_id.is_distinct_from(work.seat.id)).limit(1)):
        raise Refusal("not_yours")


def wait(session: Session, activity: Activity, now: datetime) -> None:
    """Marks the activity's ballots as changed: they wait to be counted (actions/votes/tally_queue.py)."""
    # Said to the database, not only to the object, which may have been read before another process counted.
    session.execute(update(Activity).where(Activity.id == activity.id, Activity.uncounted_since.is_(None))
                    .values(uncounted_since=now))
    session.changes.uncounted.add(activity.id)


def candidates(session: Session, room: Room, vote: Activity, seat: str, delegation: str | None) -> set[str]:
    """Finds what the seat may vote on: what it can see. Dots that a delegation shares are for the cards of the room: how
    many are spent would tell its other people that there is a card."""
    lines = {room.stream_id} if _shares(vote, delegation) else circles.readable(session, room, seat)
    return vote_targets.candidates(session, vote, lines)


silent("ballot.cast")
