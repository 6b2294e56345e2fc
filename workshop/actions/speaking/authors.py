"""Keeps speakers and questions with their people: who is corrected, and two seats that are one person."""
from typing import Any

from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.speaking.floor import told
from workshop.store.models import Question, Seat, Speech, Support

TABLES: tuple[type[Any], ...] = (Speech, Question)


def told_of(work: InWorkshop, seat: Seat) -> None:
    """Gives the hands and questions of a seat their next numbers, so that every screen gets them as they are called now."""
    if work.workshop.privacy == "anonymous":  # there they say nothing of who it is
        return
    for row in work.session.scalars(select(Speech).where(
            Speech.seat_id == seat.id, Speech.lowered_at.is_(None), Speech.ended_at.is_(None))):
        work.touch(row)
    for question in work.session.scalars(select(Question).where(
            Question.seat_id == seat.id, Question.dropped_at.is_(None), Question.nameless.is_(False))):
        work.touch(question)


def hand_over(work: InWorkshop, seat: Seat, into: Seat) -> None:
    """Gives what one seat has said, asked and supported to the other: the same person. Of two hands that are up one stays,
    of two supports one counts."""
    session, moved = work.session, False
    mine = session.scalars(select(Speech).where(
        Speech.seat_id == seat.id, Speech.lowered_at.is_(None), Speech.started_at.is_(None))).all()
    up = session.scalar(select(Speech.id).where(
        Speech.seat_id == into.id, Speech.lowered_at.is_(None), Speech.ended_at.is_(None)).limit(1))
    for row in mine if up else ():
        row.lowered_at, moved = work.now, True
        work.touch(row)
    for table in TABLES:
        for row in session.scalars(select(table).where(table.seat_id == seat.id)):
            row.seat_id, moved = into.id, True
    for held in session.scalars(select(Support).where(Support.seat_id == seat.id)).all():
        stands = session.get(Support, (held.question_id, into.id))
        question = session.get_one(Question, held.question_id)
        if stands is None:
            session.add(Support(question_id=question.id, seat_id=into.id, given=held.given, rev=held.rev))
        elif held.given and stands.given:
            question.supports -= 1
            work.touch(question)
        else:
            stands.given, stands.rev = held.given or stands.given, stands.rev + 1
        session.delete(held)
    session.flush()
    if moved:
        told(work)
