"""Votes: the whole ballot each time; the tally is the kind's arithmetic."""
from typing import Any

from pydantic import Field
from sqlalchemy import select, update

from workshop.actions.registry import Shape, verb
from workshop.domain import steps
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.store import circles
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
    if refused := steps.takes(work.room, work.activity, work.now):
        raise Refusal(refused)
    if not steps.lets(work.room, kind.right):
        raise Refusal("step_closed")
    held = work.session.get(Ballot, (work.activity.id, work.seat.id))
    rev = held.rev if held else 0
    if payload.base_rev != rev:
        raise Refusal("stale_ballot", rev=rev, choices=held.choices if held else {})
    # Who voted for a card that was taken back since still votes on the others: an old choice may stay in the ballot.
    cards = _candidates(work) | (held.choices.keys() if held else set())
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


def _candidates(work) -> set[str]:
    """The cards that the seat may vote on: those that it has before it."""
    return set(work.session.scalars(select(Contribution.id).where(
        Contribution.activity_id == work.activity.settings["source"], Contribution.kind == "idea",
        Contribution.withdrawn_at.is_(None), Contribution.hidden_at.is_(None), Contribution.merged_into.is_(None),
        Contribution.stream_id.in_(circles.readable(work.session, work.room, work.seat.id)))))


def tally(session, activity: Activity) -> None:
    """Count the ballots anew into `activity.tally`."""
    ballots = session.execute(select(Ballot.choices, Seat.delegation_id).join(Seat)
                              .where(Ballot.activity_id == activity.id)).all()
    counted = kinds()[activity.kind].rules.summarise(ballots) | {"ballots": len(ballots)}
    if counted.get("items"):  # cards that are not the room's yet are not spoken of
        private = set(session.scalars(select(Contribution.id).where(
            Contribution.id.in_(counted["items"]), Contribution.stream_id != activity.stream_id)))
        counted["items"] = {card: result for card, result in counted["items"].items() if card not in private}
    activity.tally = counted
    activity.uncounted_since = None
