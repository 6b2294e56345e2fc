"""Tells whoever has voted what a vote came to so far, where that is hidden from those who have not: no frame has it, because
frames go to everybody alike."""
from datetime import datetime

from workshop.actions.people.joining import is_open
from workshop.actions.votes import counting
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Tally
from workshop.store.models import Activity, Room, Seat
from workshop.store.streams import viewers
from workshop.store.transaction import Session


def so_far(session: Session, now: datetime, room: Room, vote: Activity, seat: str) -> Tally | None:
    """Counts what a vote came to so far; None where the seat may not know: it has chosen nothing, or takes no part, or
    everybody is told, or nobody before the end."""
    if not kinds()[vote.kind].decides or vote.settings.get("reveal") != voting.VOTED or not is_open(room, vote, now):
        return None
    return counting.of(session, vote) if voting.shows_while_open(vote.settings, _voted(session, vote, seat)) else None


def _voted(session: Session, vote: Activity, seat: str) -> bool:
    """Tells whether the seat, or its delegation where that votes, has chosen something."""
    return any(one["choices"] for one in viewers.ballots_of(session, [seat]) if one["activity"] == vote.id) and \
        session.get_one(Seat, seat).revoked_at is None
