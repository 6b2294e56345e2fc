"""Votes are counted: each kind's arithmetic over the ballots that may be told, and what is told anew when groups change."""
from sqlalchemy import select

from workshop.actions.core.context import CommandContext
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Tally
from workshop.store.models import Activity, Ballot, Seat
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets


def tally(session: Session, activity: Activity) -> Tally:
    """Count the ballots anew into `activity.tally`, which it returns."""
    cast = session.execute(select(Ballot.choices, Seat.delegation_id).join(Seat)
                              .where(Ballot.activity_id == activity.id)).all()
    told = vote_targets.is_told(session, activity)
    seen = [({key: value for key, value in choices.items() if told(key)}, of) for choices, of in cast]
    # Whoever chose among nothing else has not voted yet.
    ballots = [after for after, before in zip(seen, cast, strict=True) if after[0] or not before[0]]
    counted = kinds()[activity.kind].vote_rules.summarise(ballots) | {"ballots": len(ballots)}
    names = vote_targets.dissolved(session, activity, counted.get("items") or ())
    told_of = counted | ({"names": names} if names else {})
    activity.tally, activity.uncounted_since = told_of, None
    return told_of


def groups_changed(work: CommandContext, board: Activity) -> None:
    """A group of the board is dissolved, or there again: what was given to it is told by the name that it had."""
    for vote in work.session.scalars(select(Activity).where(Activity.room_id == board.room_id)).all():
        if vote.tally is not None and vote.settings.get("per") == vote_targets.GROUP and recount(work.session, vote):
            work.touch(vote)


def recount(session: Session, activity: Activity, ended: bool = False) -> bool:
    """Count the ballots anew; whether there is something else to be told.

    While they are only about cards that are not the room's yet, its line does not even tell that there are any.
    """
    before = activity.tally
    counted = tally(session, activity)
    if before is None and not ended and not counted["ballots"]:
        activity.tally = None
    return activity.tally != before
