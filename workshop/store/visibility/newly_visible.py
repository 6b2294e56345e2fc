"""Finds what people in a room will see at another step that they do not see now."""
from sqlalchemy import func, select

from workshop.domain import steps, voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json, Step
from workshop.store.models import Activity, Ballot, Contribution, Room, RoomSeat
from workshop.store.transaction import Session
from workshop.store.visibility.circles import LINES, NAMES

WIDTH = tuple(NAMES)


def shown(session: Session, room: Room, step: Step) -> Json:
    """Counts {cards: how many more people will see, votes: [(vote, how many have voted)] whose result becomes visible}."""
    return {"cards": revealed(session, room, step.get("see", steps.ROOM)), "votes": _ended(session, room, step)}


def revealed(session: Session, room: Room, see: str) -> int:
    """Counts the ideas in narrower circles that change streams when people see each other's as `see` says."""
    narrow = WIDTH if see == steps.ROOM else WIDTH[:WIDTH.index(see)]
    lines = {line for name in narrow for line in session.scalars(select(LINES[name]).where(
        RoomSeat.room_id == room.id, LINES[name].is_not(None)))}
    if not lines:
        return 0
    return session.scalar(select(func.count()).select_from(Contribution).where(
        Contribution.stream_id.in_(lines), Contribution.kind == "idea", Contribution.withdrawn_at.is_(None))) or 0


def _ended(session: Session, room: Room, step: Step) -> list[tuple[Activity, int]]:
    """Lists votes that are hidden until they close, take ballots now and will not in that step."""
    running, found = steps.now(room), []
    for vote in session.scalars(select(Activity).where(Activity.room_id == room.id).order_by(Activity.position)):
        if (kinds()[vote.kind].votes and voting.hidden(vote.settings) and steps.opens(running, vote)
                and not steps.opens(step, vote)):
            n = session.scalar(select(func.count()).select_from(Ballot).where(Ballot.activity_id == vote.id))
            if n:  # without ballots nothing becomes visible
                found.append((vote, n))
    return found
