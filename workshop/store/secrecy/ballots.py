"""Keeps the ballots of secret votes: sealed while the vote runs, and afterwards only who has voted.

`Activity.seal` says how far a secret vote is: None before the first ballot; while it runs, by which key its ballots are
sealed; OVER once it is counted and its ballots are gone, but perhaps not yet its key and the log of the database; then GONE.
What is left to do after OVER is done after the commit (scrubbing.py), and by the next start where the process died between.
"""
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import String, cast, delete, func, insert, or_, select

from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Choices, Json
from workshop.store.models import Activity, Ballot
from workshop.store.secrecy import sealing
from workshop.store.secrecy.keys import Keys
from workshop.store.transaction import Session

log = logging.getLogger(__name__)
SEAL = ""  # the one key of sealed choices; nothing that can be chosen is called so
OVER, GONE = "over", "gone"
LAST = 2**30  # the revision of a mark: above that of any ballot, so that devices take it for theirs and forget

# Of a ballot: something was chosen, or had been when a secret vote was over.
VOTED = or_(func.length(cast(Ballot.choices, String)) > len("{}"), Ballot.rev >= LAST)


def keys_of(session: Session) -> Keys:
    """Returns where this store keeps the keys."""
    keys: Keys = session.get_bind().get_execution_options()["keys"]
    return keys


def is_over(vote: Activity) -> bool:
    """Tells whether the vote's ballots are gone: nothing can be counted again. They are until the transaction that ends it
    does; a vote out of a file has none."""
    return voting.is_secret(vote.settings) and (
        vote.seal in (OVER, GONE) or (vote.seal is None and vote.closed_at is not None and vote.tally is not None))


def sealed(session: Session, vote: Activity, choices: Choices) -> Json:
    """Seals what is chosen in a secret vote. Refusal `secret_lost`: the key of its ballots is not here, so they cannot be
    read with this one."""
    keys = keys_of(session)
    key = keys.make(vote.id) if vote.seal is None else keys.find(vote.id)
    if key is None or vote.seal not in (None, sealing.mark_of(key)):
        raise Refusal("secret_lost")
    if vote.seal is None:
        vote.seal = sealing.mark_of(key)
    return {SEAL: sealing.seal(key, choices)}


def opened(session: Session, vote: str, choices: Json) -> Choices:
    """Returns what was chosen, of a sealed ballot too; nothing where its key is gone."""
    if not isinstance(choices.get(SEAL), str):
        return choices
    return reader(session, vote)(choices) or {}


def reader(session: Session, vote: str) -> Callable[[Json], Choices | None]:
    """Returns what reads the vote's ballots: it answers None where the key is gone."""
    key = keys_of(session).find(vote)

    def read(choices: Json) -> Choices | None:
        text = choices.get(SEAL)
        if not isinstance(text, str):
            return choices
        try:
            return sealing.unseal(key, text) if key else None
        except sealing.Unreadable:
            return None
    return read


def end(session: Session, vote: Activity, at: datetime) -> None:
    """Ends a secret vote for good: it takes no ballot any more, and those that it has are gone with this transaction."""
    vote.closed_at = vote.closed_at or at
    session.changes.secret_over.add(vote.id)


def settle(session: Session) -> None:
    """Puts marks in the place of the ballots of the votes that this transaction has ended: who has voted, in the order of
    the seats, with no time and no number. Their devices forget what they chose."""
    for vote in sorted(session.changes.secret_over):
        session.flush()
        voters = sorted(session.scalars(select(Ballot.seat_id).where(Ballot.activity_id == vote)))
        for row in [one for one in session if isinstance(one, Ballot) and one.activity_id == vote]:
            session.expunge(row)
        session.execute(delete(Ballot).where(Ballot.activity_id == vote).execution_options(synchronize_session=False))
        session.get_one(Activity, vote).seal = OVER
        if voters:
            session.execute(insert(Ballot), [
                {"activity_id": vote, "seat_id": seat, "choices": {}, "rev": LAST} for seat in voters])
        session.changes.ballots += [
            (seat, {"activity": vote, "seat": seat, "choices": {}, "rev": LAST}) for seat in voters]
