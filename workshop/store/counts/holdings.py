"""Counts what a workshop holds, to say before it is deleted or cleared what goes with it."""
from dataclasses import dataclass

from sqlalchemy import func, select

from workshop.store.models import Activity, Attachment, Ballot, Contribution, Room, Seat
from workshop.store.secrecy.ballots import VOTED
from workshop.store.transaction import Session


@dataclass(frozen=True)
class Holdings:
    """Counts what people have put in: people, ideas and comments, photos, voice notes, ballots; and the rooms."""

    people: int
    ideas: int
    comments: int
    photos: int
    voices: int
    ballots: int
    rooms: int

    @property
    def anything(self) -> bool:
        """Tells whether anybody has been there or has put anything in."""
        return any((self.people, self.ideas, self.comments, self.photos, self.voices, self.ballots))


def of_workshop(session: Session, workshop_id: str) -> Holdings:
    """Counts what the workshop holds, in all rooms, with what only few see and what waits."""
    rooms = select(Room.id).where(Room.workshop_id == workshop_id)
    boards = select(Activity.id).where(Activity.room_id.in_(rooms))
    said = dict(session.execute(select(Contribution.kind, func.count()).where(
        Contribution.activity_id.in_(boards), Contribution.withdrawn_at.is_(None), Contribution.copy_of.is_(None))
        .group_by(Contribution.kind)).all())
    files = dict(session.execute(select(Attachment.kind, func.count()).where(
        Attachment.workshop_id == workshop_id, Attachment.removed_at.is_(None)).group_by(Attachment.kind)).all())
    return Holdings(
        people=session.scalar(select(func.count()).select_from(Seat).where(Seat.workshop_id == workshop_id)) or 0,
        ideas=said.get("idea", 0), comments=said.get("comment", 0), photos=files.get("photo", 0),
        voices=files.get("voice", 0), rooms=session.scalar(select(func.count()).select_from(Room).where(
            Room.workshop_id == workshop_id, Room.kind == "group")) or 0,
        ballots=session.scalar(select(func.count()).select_from(Ballot).where(
            Ballot.activity_id.in_(boards), VOTED)) or 0)
