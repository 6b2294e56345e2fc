"""Gives counts back to whoever entered them when there are not seats enough for them any more: they are marked, and do not
count until somebody puts them right."""
from datetime import datetime

from workshop.store.counts import hands
from workshop.store.models import Activity
from workshop.store.transaction import Session


def follow(session: Session, vote: Activity, now: datetime) -> bool:
    """Marks the counts for which there are not seats enough any more, since people have voted themselves, and takes the mark
    from those for which there are again; tells whether what is said of the counts is another."""
    of = hands.entered(session, vote)
    _seating, short = of.seating(set())
    for one in of.counts:
        if (one.returned_at is not None) is not (one.id in short):
            one.returned_at = now if one.id in short else None
    before, vote.hands = vote.hands or [], hands.told(of, short)
    session.flush()
    return before != vote.hands
