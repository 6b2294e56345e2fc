"""Votes: the whole ballot each time; the tally is the kind's arithmetic."""
from typing import Any

from pydantic import Field
from sqlalchemy import select, update

from workshop.actions.registry import Shape, verb
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Ballot, Contribution, Seat


class Cast(Shape):
    """What a seat chooses.  `base_rev` is the revision of the ballot that it had before (0: none)."""

    activity: str = Field(max_length=40)
    choices: dict[str, Any]
    base_rev: int = Field(ge=0, lt=2**31)


@verb("ballot.cast", Cast)
def cast(work, payload: Cast):
    """Replace the seat's ballot; the last accepted one counts."""
    kind = kinds()[work.activity.kind]
    if not kind.votes:
        raise Refusal("not_for_this")
    if refused := steps.takes(work.room, work.activity.kind, work.now):
        raise Refusal(refused)
    held = work.session.get(Ballot, (work.activity.id, work.seat.id))
    rev = held.rev if held else 0
    if payload.base_rev != rev:
        raise Refusal("stale_ballot", rev=rev, choices=held.choices if held else {})
    # Who voted for a card that was taken back since still votes on the others: an old choice may stay in the ballot.
    cards = candidates(work.session, work.activity) | (held.choices.keys() if held else set())
    choices = kind.rules.check(work.activity.settings, payload.choices, cards)
    if held is None:
        held = Ballot(activity_id=work.activity.id, seat_id=work.seat.id, choices={}, rev=0)
        work.session.add(held)
    held.choices, held.rev = choices, rev + 1
    work.session.flush()
    if work.activity.settings.get("reveal") == "live":
        wait(work.session, work.activity, work.now)
    return held


def wait(session, activity: Activity, now) -> None:
    """The activity's ballots have changed: they wait to be counted (actions/counting.py)."""
    # Said to the database, not only to the object, which may have been read before another process counted.
    session.execute(update(Activity).where(Activity.id == activity.id, Activity.uncounted_since.is_(None))
                    .values(uncounted_since=now))
    session.info.setdefault("uncounted", set()).add(activity.id)


def candidates(session, activity: Activity) -> set[str]:
    """The cards that may be voted on."""
    return set(session.scalars(select(Contribution.id).where(
        Contribution.activity_id == activity.settings["source"], Contribution.kind == "idea",
        Contribution.withdrawn_at.is_(None))))


def tally(session, activity: Activity) -> None:
    """Count the ballots anew into `activity.tally`."""
    ballots = session.execute(select(Ballot.choices, Seat.delegation_id).join(Seat)
                              .where(Ballot.activity_id == activity.id)).all()
    activity.tally = kinds()[activity.kind].rules.summarise(ballots) | {"ballots": len(ballots)}
    activity.uncounted_since = None
