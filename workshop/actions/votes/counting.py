"""Counts the votes of an activity: its kind's arithmetic over the ballots that may be told; recounts when groups change."""
from sqlalchemy import bindparam, select

from workshop.actions.core.context import CommandContext
from workshop.actions.votes import results
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Tally
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Ballot, Seat
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets

CAST = Question(select(Ballot.choices, Seat.delegation_id).join(Seat, Seat.id == Ballot.seat_id).where(
    Ballot.activity_id == bindparam("vote")))


def tally(session: Session, activity: Activity) -> Tally:
    """Counts the ballots into `activity.tally`, which it returns."""
    session.flush()
    cast = CAST.rows(session, vote=activity.id)
    told = vote_targets.is_told(session, activity)
    seen = [(choices if all(map(told, choices)) else {key: value for key, value in choices.items() if told(key)}, of)
            for choices, of in cast]
    # A ballot with nothing else in it is no vote yet.
    ballots = [after for after, before in zip(seen, cast, strict=True) if after[0] or not before[0]]
    counted = kinds()[activity.kind].vote_rules.summarise(ballots) | {"ballots": len(ballots)}
    names = vote_targets.dissolved(session, activity, counted.get("items") or ())
    told_of = counted | ({"names": names} if names else {})
    activity.tally, activity.uncounted_since = told_of, None
    return told_of


def groups_changed(work: CommandContext, board: Activity) -> None:
    """Recounts when a group of the board is dissolved, or restored: what was given to it is told by the name that it had."""
    for vote in work.session.scalars(select(Activity).where(Activity.room_id == board.room_id)).all():
        if vote.tally is not None and vote.settings.get("per") == vote_targets.GROUP and recount(work.session, vote):
            work.touch(vote)
            results.tell(work.session, vote.room_id)


def recount(session: Session, activity: Activity, ended: bool = False) -> bool:
    """Recounts the ballots; tells whether the result is another.

    While they are only about cards not yet shown to the room, its stream does not even tell that there are any.
    """
    before = activity.tally
    counted = tally(session, activity)
    if before is None and not ended and not counted["ballots"]:
        activity.tally = None
    return activity.tally != before
