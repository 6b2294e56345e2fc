"""Counts the votes of an activity: its kind's arithmetic over the ballots that may be told; recounts when groups change."""
from datetime import UTC, datetime

from sqlalchemy import select

from workshop.actions.core.context import CommandContext
from workshop.actions.votes import counted, results
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Tally
from workshop.store.models import Activity
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets


def tally(session: Session, activity: Activity) -> Tally:
    """Counts the ballots into `activity.tally`, which it returns."""
    ballots, lost = counted.ballots(session, activity), counted.unreadable(session, activity)
    came = kinds()[activity.kind].vote_rules.summarise(counted.pairs(ballots)) | {"ballots": counted.people(ballots)}
    names = vote_targets.dissolved(session, activity, came.get("items") or ())
    told_of = came | ({"names": names} if names else {}) | ({"lost": lost} if lost else {})
    activity.tally, activity.uncounted_since = told_of, None
    return told_of


def groups_changed(work: CommandContext, board: Activity) -> None:
    """Recounts when a group of the board is dissolved, or restored: what was given to it is told by the name that it had."""
    for vote in work.session.scalars(select(Activity).where(Activity.room_id == board.room_id)).all():
        if vote.tally is not None and vote.settings.get("per") == vote_targets.GROUP and recount(work.session, vote):
            work.touch(vote)
            results.tell(work.session, vote.room_id)


def recount(session: Session, activity: Activity, ended: bool = False, at: datetime | None = None) -> bool:
    """Recounts the ballots; tells whether the result is another. A secret vote is counted once, when it has `ended` (at
    `at`), and then its ballots are gone.

    While they are only about cards not yet shown to the room, its stream does not even tell that there are any.
    """
    if voting.is_secret(activity.settings) and (not ended or secret_ballots.is_over(activity)):
        activity.uncounted_since = None
        return False
    before = activity.tally
    after = tally(session, activity)
    if before is None and not ended and not after["ballots"]:
        activity.tally = None
    if voting.is_secret(activity.settings) and (after["ballots"] or after.get("lost")):
        secret_ballots.end(session, activity, at or datetime.now(UTC))
        return True
    return activity.tally != before
