"""Casts ballots: what a seat chooses in a vote, the whole of it each time."""
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from workshop.actions.core.context import SeatOnBoard
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import silent
from workshop.actions.rooms import attendance
from workshop.actions.votes import counted, voters
from workshop.domain import steps, voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Choices, Json
from workshop.store.fast import fast_insert
from workshop.store.fast.prepared import Order, Question
from workshop.store.models import Activity, Ballot, Contribution, Room, Seat
from workshop.store.secrecy.ballots import opened, sealed
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import circles, vote_targets

HELD = Question(select(Ballot.choices, Ballot.rev).where(
    Ballot.activity_id == bindparam("vote"), Ballot.seat_id == bindparam("seat")))
VOTES: Any = Activity.__table__
WAITS = Order(update(VOTES).where(VOTES.c.id == bindparam("vote"), VOTES.c.uncounted_since.is_(None)).values(
    uncounted_since=bindparam("now")))


class Cast(Shape):
    """Carries what a seat chooses. `base_rev` is the revision of the ballot that it had before (0: none)."""

    activity: str = Field(max_length=40)
    choices: dict[str, Any]
    base_rev: int = Field(ge=0, lt=2**31)


def _is_secret(session: Session, payload: Cast) -> bool:
    vote: Activity | None = session.memory.row(session, Activity, payload.activity)
    return vote is not None and voting.is_secret(vote.settings)


@verb("ballot.cast", Cast, blocked_when_paused=True, in_room=True, unsaid=_is_secret)
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
    voters.admit(work)
    held = _held(work)
    before = opened(work.session, work.activity.id, held.choices)
    if payload.base_rev != held.rev:
        raise Refusal("stale_ballot", rev=held.rev, choices=before)
    mine = work.seat.delegation_id
    choices = voters.checked(work, payload.choices, _allowed(work, payload.choices, before), before)
    if not by_itself and not steps.lets(work.room, kind.right):
        _only_own(work, choices, before)
    if mine and _shares(work.activity, mine):
        _share(work, mine, choices, before, held.rev + 1)
    return _keep(work, held, choices)


def _held(work: SeatOnBoard) -> Ballot:
    """Returns the ballot that the seat changes, of revision 0 where there is none: its own, or its delegation's or working
    group's. An own one is read and written without the unit of work, as ideas are: a hall casts at once
    (store/fast/fast_insert.py)."""
    said: dict[str, Any] = {"choices": {}, "rev": 0}
    if voting.one_per(work.activity.settings) != voting.SEAT:
        return voters.shared(work)
    for row in HELD.rows(work.session, vote=work.activity.id, seat=work.seat.id):
        said = {"choices": row.choices, "rev": row.rev}
    return fast_insert.born(
        Ballot, activity_id=work.activity.id, seat_id=work.seat.id, delegation_id=None, room_id=None, **said)


def _allowed(work: SeatOnBoard, choices: Json, before: Json) -> set[str]:
    """Finds which of the keys that the ballot names the seat may choose: what was chosen counts until it is taken back, also
    where nobody may choose it any more (store/visibility/vote_targets.py)."""
    was = voters.keys(before)
    return vote_targets.among(
        work.session, work.activity,
        lambda: _lines(work.session, work.room, work.activity, work.seat.id, work.seat.delegation_id),
        voters.keys(choices) - was) | was


def _keep(work: SeatOnBoard, held: Ballot, choices: Choices) -> Ballot:
    """Writes the ballot, a secret one under its key; from here on nothing is refused but for the key's sake."""
    first, rev = held.rev == 0, held.rev + 1
    secret = voting.is_secret(work.activity.settings)
    kept = sealed(work.session, work.activity, choices) if secret else choices
    if first:
        attendance.votes(work.session, work.room, work.activity, work.seat, work.now)
    if voting.one_per(work.activity.settings) != voting.SEAT:
        held = voters.taken_over(work, held)
        held.choices, held.rev = kept, rev
        work.session.flush()
    else:
        said = held.__dict__
        said |= {"choices": kept, "rev": rev}
        if first:
            fast_insert.add(work.session, held)
        else:
            fast_insert.change(work.session, held, "choices", "rev")
    if first and work.activity.hands and counted.give_back(work.session, work.activity, work.now):
        work.touch(work.activity)  # it took the place of a hand, or of one too many
    if secret:
        work.beside["forget"] = True  # said to the device: it keeps nothing of this to say it again
    elif work.activity.settings.get("reveal") == voting.LIVE:
        wait(work.session, work.activity, work.now)
    return held


def _shares(vote: Activity, delegation: str | None) -> bool:
    """Tells whether a seat of the delegation spends from a budget of all of it."""
    return (kinds()[vote.kind].shared is not None and vote.settings.get("budget_of") == "delegation"
            and delegation is not None and not voting.is_secret(vote.settings))


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
    if activity.id in session.changes.uncounted:
        return  # once in a transaction: nobody else counts while it has its locks
    session.changes.uncounted.add(activity.id)
    # Said to the database, not only to the object, which may have been read before another process counted.
    WAITS.run(session, vote=activity.id, now=now)
    if activity.uncounted_since is None:
        set_committed_value(activity, "uncounted_since", now)


def candidates(session: Session, room: Room, vote: Activity, seat: str, delegation: str | None) -> set[str]:
    """Finds what the seat may vote on: what it can see."""
    return vote_targets.candidates(session, vote, _lines(session, room, vote, seat, delegation))


def _lines(session: Session, room: Room, vote: Activity, seat: str, delegation: str | None) -> set[str]:
    """Lists the lines whose cards the seat may choose. Dots that a delegation shares are for the cards of the room: how many
    are spent would tell its other people that there is a card."""
    return {room.stream_id} if _shares(vote, delegation) else circles.readable(session, room, seat)


silent("ballot.cast")
