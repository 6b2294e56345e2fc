"""Tells the plenary anew what came of a room's votes: the results travel with the room's summary."""
from sqlalchemy import select

from workshop.domain.kinds import kinds
from workshop.store.models import Activity, Contribution, Departure
from workshop.store.streams import numbering
from workshop.store.transaction import Session

# After these a card that was voted on may be called otherwise, or be there no more.
ACTS = {"contribution.edit", "contribution.withdraw", "contribution.restore", "contribution.hide", "contribution.send",
        "group.name", "group.drop", "act.undo"}


def tell(session: Session, room_id: str) -> None:
    """Gives the summary of the room its next number."""
    for summary in session.scalars(select(Activity).where(Activity.room_id == room_id, Activity.kind == "summary")).all():
        numbering.touch(session, summary)


def cards_changed(session: Session) -> None:
    """Tells the results of which a card or group has changed in this transaction."""
    for stream, change in list(session.changes.streams.items()):
        ids = {getattr(row, "card_id", row.id) for row in change.rows.values() if isinstance(row, (Contribution, Departure))}
        votes = session.scalars(select(Activity).where(Activity.room_id == stream)).all() if ids else ()
        about = [vote for vote in votes if kinds()[vote.kind].decides and
                 ids & ((vote.tally or {}).get("items") or {}).keys()]
        session.changes.alike |= {vote.id for vote in about if kinds()[vote.kind].alike and vote.closed_at is None}
        if about:
            tell(session, stream)
