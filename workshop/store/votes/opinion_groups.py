"""Reads what everybody may know of the people who answer alike in a vote."""
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.store.models import Activity, OpinionGroups
from workshop.store.transaction import Session


def applies(vote: Activity) -> bool:
    """Tells whether groups are found in the vote at all: each person has a ballot, and someone may know what it says."""
    return kinds()[vote.kind].alike and voting.lists_ballots(vote.settings) and not voting.per_delegation(vote.settings)


def told(session: Session, vote: Activity) -> Json:
    """Returns {alike: what is told of the groups (domain/opinions/telling.py)} as part of a result; {} where there are none.
    """
    row = session.get(OpinionGroups, vote.id) if applies(vote) else None
    return {"alike": row.told} if row and row.told else {}
