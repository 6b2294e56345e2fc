"""Tells how many have changed their minds between two rounds of a vote, in sums alone."""
from sqlalchemy import select

from workshop.actions.votes import counted
from workshop.domain import voting
from workshop.domain.shapes import Choices, Json
from workshop.store.models import Activity
from workshop.store.transaction import Session

FEW = 5  # of fewer it is not said how many they are


def earlier(session: Session, vote: Activity) -> Activity | None:
    """Finds the round before this one."""
    if vote.round < 2:
        return None
    return session.scalars(select(Activity).where(
        (Activity.id == vote.round_of) | (Activity.round_of == vote.round_of), Activity.round < vote.round)
        .order_by(Activity.round.desc()).limit(1)).first()


def since_last(session: Session, vote: Activity) -> Json:
    """Returns {changed, stayed} of those who voted in this round and in the one before it, None for one that is smaller than
    FEW; {} where that says nothing, or nobody may know."""
    before = earlier(session, vote)
    if before is None or "secret" in (voting.rules(vote.settings)["named"], voting.rules(before.settings)["named"]):
        return {}
    one, other = _by_voter(session, before), _by_voter(session, vote)
    both = one.keys() & other.keys()
    stayed = sum(one[voter] == other[voter] for voter in both)
    found = {"changed": len(both) - stayed, "stayed": stayed}
    told = {name: n if n >= FEW else None for name, n in found.items()}
    return told if any(told.values()) else {}


def _by_voter(session: Session, vote: Activity) -> dict[str, list[tuple[int, Choices]]]:
    """Finds {seat, or delegation where that votes: what it chose}."""
    found: dict[str, list[tuple[int, Choices]]] = {}
    for one in counted.ballots(session, vote):
        voter = one.room or (one.delegation if voting.per_delegation(vote.settings) else one.seat)
        if voter and one.choices:
            found.setdefault(voter, []).append((one.times, one.choices))
    return found
