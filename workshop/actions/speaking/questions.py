"""Takes questions to all, and who wants them answered."""
from pydantic import Field
from sqlalchemy import func, select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import verb
from workshop.actions.core.telling import Act, Sentence, silent, tells
from workshop.actions.speaking.floor import OfFloor, floor_of
from workshop.actions.speaking.turns import find_seat
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import QUESTION_TEXT, QUESTIONS_OF_SEAT, QUESTIONS_OPEN, ROUGH, clean_text
from workshop.domain.visibility import Viewer
from workshop.store.models import Question, Support
from workshop.store.visibility import card_views
from workshop.words import _


class Ask(OfFloor):
    """Asks something of all. `nameless`: nobody is told who asks, where the workshop allows it; `seat`: for whom the team
    asks."""

    text: str = Field(max_length=QUESTION_TEXT * ROUGH)
    nameless: bool = False
    seat: str | None = Field(default=None, max_length=40)


class OfQuestion(OfFloor):
    """Names a question."""

    question: str = Field(max_length=40)


class OnQuestion(OfQuestion):
    """Names a question, and whether it is so or no more."""

    on: bool = True


class LetOut(OfFloor):
    """Lists questions that wait."""

    questions: list[str] = Field(min_length=1, max_length=QUESTIONS_OPEN)


@verb("question.ask", Ask)
def ask(work: InWorkshop, payload: Ask) -> Question:
    """Asks a question; it waits where the workshop chose that. Refusals: `not_here`, `questions_closed`, `not_nameless`,
    `empty`, `too_long`, `too_many_questions`."""
    session, floor = work.session, floor_of(work, write=False)
    seat = work.seat or find_seat(work, payload.seat)
    if work.seat and payload.seat not in (None, work.seat.id):
        raise Refusal("forbidden")
    if work.seat and not floor.asking:
        raise Refusal("questions_closed")
    if payload.nameless and not floor.nameless:
        raise Refusal("not_nameless")
    text = _text(payload.text)
    open_ones = session.scalars(select(Question.seat_id).where(
        Question.workshop_id == work.workshop.id, Question.dropped_at.is_(None), Question.answered_at.is_(None))).all()
    if open_ones.count(seat.id) >= QUESTIONS_OF_SEAT or len(open_ones) >= QUESTIONS_OPEN:
        raise Refusal("too_many_questions", limit=QUESTIONS_OF_SEAT)
    last = session.scalar(select(func.max(Question.number)).where(Question.workshop_id == work.workshop.id)) or 0
    row = Question(id=new_id(), workshop_id=work.workshop.id, stream_id=work.workshop.id, number=last + 1, seat_id=seat.id,
                   entered_by=None if work.seat else work.actor(), text=text, nameless=payload.nameless, supports=0,
                   asked_at=work.now.replace(second=0, microsecond=0),
                   let_out_at=None if floor.queue and work.seat else work.now)
    session.add(row)
    session.flush()
    work.touch(row)
    session.changes.cards.append((seat.id, row.id, work.origin if work.seat else None))
    if row.let_out_at is None:
        look = card_views.Look(session, Viewer(work.workshop.id, work.workshop.privacy, None, frozenset({seat.id})))
        session.changes.waiting.append((seat.id, row.stream_id, look.card(row)))
    return row


@verb("question.support", OnQuestion)
def support(work: InWorkshop, payload: OnQuestion) -> Question:
    """Wants a question answered, or no more (`on` false). Refusal `no_such_question`."""
    row, seat = find(work, payload.question), work.seat
    assert seat  # only seats may
    if row.let_out_at is None or row.answered_at:
        raise Refusal("no_such_question")
    held = work.session.get(Support, (row.id, seat.id))
    if (held.given if held else False) != payload.on:
        if held is None:
            held = Support(question_id=row.id, seat_id=seat.id, given=False, rev=0)
            work.session.add(held)
        held.given, held.rev = payload.on, held.rev + 1
        row.supports += 1 if payload.on else -1
        work.session.flush()
        work.touch(row)
        work.session.changes.ballots.append((seat.id, {
            "activity": row.id, "seat": seat.id, "choices": {"support": 1} if payload.on else {}, "rev": held.rev}))
    return row


@verb("question.answer", OnQuestion)
def answer(work: InWorkshop, payload: OnQuestion) -> Question:
    """Marks a question as answered, or as open again. Refusal `no_such_question`."""
    row = find(work, payload.question)
    if bool(row.answered_at) != payload.on:
        row.answered_at = work.now if payload.on else None
        work.touch(row)
    return row


@verb("question.let_out", LetOut)
def let_out(work: InWorkshop, payload: LetOut) -> Question:
    """Shows questions that waited to everybody, all of them or none. Refusal `no_such_question`."""
    rows = [find(work, key) for key in dict.fromkeys(payload.questions)]
    for row in rows:
        if row.let_out_at is None:
            row.let_out_at = work.now
            work.touch(row)
    return rows[-1]


@verb("question.drop", OfQuestion)
def drop(work: InWorkshop, payload: OfQuestion) -> Question:
    """Takes a question away: one's own, or the team any. Refusals: `no_such_question`, `not_yours`."""
    row = find(work, payload.question)
    if work.seat and row.seat_id != work.seat.id:
        raise Refusal("not_yours")
    row.dropped_at = work.now
    work.touch(row)
    if not work.seat:
        work.remember(row.id, {"number": row.number}, {"dropped": True}, work.workshop.id)
    return row


@tells("question.drop", team="room")
def _dropped(act: Act) -> Sentence:
    return Sentence(team=_("took question {n} away.", n=act.before.get("number", "…")))


# Who asked is told by nothing but the question's card: the record would tell it of those who asked without their name.
silent("question.ask", "question.support", "question.answer", "question.let_out")


def find(work: InWorkshop, key: str) -> Question:
    """Finds a question of this workshop that was not taken away. Refusal `no_such_question`: also of one that waits, for who
    did not ask it."""
    row = work.session.get(Question, key)
    if row is None or row.workshop_id != work.workshop.id or row.dropped_at or (
            row.let_out_at is None and work.seat and row.seat_id != work.seat.id):
        raise Refusal("no_such_question")
    return row


def _text(typed: str) -> str:
    text = clean_text(typed)
    if not text:
        raise Refusal("empty")
    if len(text) > QUESTION_TEXT:
        raise Refusal("too_long", limit=QUESTION_TEXT, length=len(text))
    return text
