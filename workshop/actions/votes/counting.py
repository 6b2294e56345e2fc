"""Counts the votes of an activity: its kind's arithmetic over the ballots that may be told; recounts when groups change."""
from datetime import UTC, datetime

from sqlalchemy import select

from workshop.actions import completing
from workshop.actions.core.context import CommandContext
from workshop.actions.votes import counted, movement, parts, results
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Tally
from workshop.store.counts import hands
from workshop.store.models import Activity
from workshop.store.secrecy import ballots as secret_ballots
from workshop.store.transaction import Session
from workshop.store.visibility import vote_targets
from workshop.store.votes import voices


def of(session: Session, vote: Activity) -> Tally:
    """Counts the ballots. Where they do not count alike, `votes` is how many they are, beside the people who gave them."""
    ballots = counted.ballots(session, vote)
    pairs = counted.pairs(ballots)
    came = kinds()[vote.kind].vote_rules.summarise(pairs) | {"ballots": counted.people(ballots)}
    by_proxy = sum(one.times for one in ballots if one.proxy)
    if voting.counts_differently(vote.settings) or by_proxy:
        came["votes"] = len(pairs)
    if kinds()[vote.kind].quorum:
        could = {key: seat.delegation for key, seat in hands.could(session, vote).items()}
        came |= voices.of(session, vote, could, len(pairs) - by_proxy) | ({"proxies": by_proxy} if by_proxy else {})
    came = kinds()[vote.kind].settle(vote.settings, came)
    if ballots and completing.is_due(session, vote):
        came = completing.done(session, vote, came, ballots)
    names = vote_targets.dissolved(session, vote, came.get("items") or ())
    lost = counted.unreadable(session, vote)
    return came | ({"names": names} if names else {}) | ({"lost": lost} if lost else {})


def tally(session: Session, activity: Activity, anew: bool = False) -> Tally:
    """Counts the ballots into `activity.tally`, which it returns. What was closed stays as it was then, also where people
    have another delegation since; only what was voted on may have lost its name."""
    held = activity.tally
    if activity.closed_at is not None and held is not None and not anew:
        names = vote_targets.dissolved(session, activity, held.get("items") or ())
        told_of = held | ({"names": (held.get("names") or {}) | names} if names else {})
    else:
        told_of = of(session, activity)
        if activity.closed_at is not None and (moved := movement.since_last(session, activity)):
            told_of["moved"] = moved
    activity.tally, activity.uncounted_since = told_of, completing.waits_since(told_of)
    if kinds()[activity.kind].alike:
        session.changes.alike.add(activity.id)
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
    after = tally(session, activity, ended)
    if before is None and not ended and not after["ballots"]:
        activity.tally = None
    if voting.is_secret(activity.settings) and (after["ballots"] or after.get("lost")):
        parts.keep(session, activity)  # while there are ballots
        secret_ballots.end(session, activity, at or datetime.now(UTC))
        return True
    return activity.tally != before
