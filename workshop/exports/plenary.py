"""Tells of the plenary in the report: who spoke, for whom and how long; what was asked."""
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from workshop.domain.speaking.order import TURN
from workshop.domain.visibility import Viewer
from workshop.exports.model import RoomPart, Section
from workshop.exports.tables import Table
from workshop.exports.votes import Vote
from workshop.exports.words import CHANNELS
from workshop.store.counts.breakdown import FEW
from workshop.store.models import Delegation, Question, Room, Seat, Speech, Workshop
from workshop.store.transaction import Session
from workshop.store.visibility.plenary_views import seconds, speeches
from workshop.words import _
from workshop.words.bidi import isolate
from workshop.words.people import GENDERS
from workshop.words.plenary import KINDS


def said(session: Session, workshop: Workshop, viewer: Viewer, delegations: Mapping[str, Delegation], words: dict[str, str],
         votes: list[Vote]) -> RoomPart | None:
    """Tells of speakers, questions and votes as of a part of the plenary; None where there was nothing of it."""
    spoken = [one for one in speeches(session, workshop.id) if one.ended_at]
    asked = session.scalars(select(Question).where(
        Question.workshop_id == workshop.id, Question.dropped_at.is_(None), Question.let_out_at.is_not(None))
        .order_by(Question.number)).all()
    if not (spoken or asked or votes):
        return None
    seats = {seat.id: seat for seat in session.scalars(select(Seat).where(
        Seat.id.in_({one.seat_id for one in spoken} | {one.seat_id for one in asked})))}
    room = session.scalars(select(Room).where(Room.workshop_id == workshop.id, Room.kind == "plenary")).one()
    found = []
    if spoken:
        found += [Section("board", _("Who spoke"), [], _speakers(spoken, seats, viewer, delegations, words))]
        if totals := _totals(spoken, seats, delegations, words):
            found += [Section("board", _("Time spoken, of turns"), [], totals)]
    if asked:
        found += [Section("board", _("Questions"), [], _questions(asked, seats, viewer, words))]
    if votes:
        found += [Section("vote", _("Votes"), [], votes=votes)]
    return RoomPart(number=room.number, title=_("Plenary"), question="", axis="", state="open", cards=[], columns=[],
                    sections=found, rest=[], note="", votes=votes, steps=[])


def clock(n: int) -> str:
    """Words a length of time: 3:05."""
    return f"{n // 60}:{n % 60:02}"


def _name(viewer: Viewer, seat: Seat | None) -> str:
    return isolate(seat.name) if seat and viewer.privacy != "anonymous" else ""


def _speakers(spoken: Sequence[Speech], seats: Mapping[str, Seat], viewer: Viewer, of: Mapping[str, Delegation],
              words: dict[str, str]) -> Table:
    rows = [[_name(viewer, seats.get(one.seat_id)) or isolate(one.called) or _("Hand {n}", n=one.number),
             of[one.delegation_id].name if one.delegation_id else "–", _(KINDS[one.kind]), _(CHANNELS[one.channel]),
             clock(seconds(one))] for one in sorted(spoken, key=lambda one: (one.started_at, one.number))]
    return Table([words["who"], _("For whom"), _("What for"), words["channel"], _("Time spoken")], rows,
                 [2.0, 1.4, 1.2, 1.2, 1.0])


def _totals(spoken: Sequence[Speech], seats: Mapping[str, Seat], of: Mapping[str, Delegation], words: dict[str, str]
            ) -> Table | None:
    """Adds up turns: by the delegation for which people spoke, by channel, and by gender where at least FEW declared it."""
    turns = [one for one in spoken if one.kind == TURN]
    rows: list[tuple[str, list[Speech]]] = [(
        row.name, [one for one in turns if one.delegation_id == key]) for key, row in of.items()]
    rows += [(_(name), [one for one in turns if one.channel == channel]) for channel, name in CHANNELS.items()]
    people = Counter((seats[key].declared or {}).get("gender") for key in {one.seat_id for one in turns} if key in seats)
    rows += [(_(name), [one for one in turns if (seats[one.seat_id].declared or {}).get("gender") == gender])
             for gender, name in GENDERS.items() if people[gender] >= FEW]
    told = [[name, str(len({one.seat_id for one in of_them})), str(len(of_them)), clock(sum(map(seconds, of_them)))]
            for name, of_them in rows if of_them]
    return Table([words["total"], _("People"), _("Turns"), _("Time spoken")], told, [2.0, 1.0, 1.0, 1.0]) if told else None


def _questions(asked: Sequence[Question], seats: Mapping[str, Seat], viewer: Viewer, words: dict[str, str]) -> Table:
    rows = [[str(one.number), one.text, "" if one.nameless else _name(viewer, seats.get(one.seat_id)), str(one.supports),
             _("Answered") if one.answered_at else ""] for one in asked]
    return Table([words["number"], words["text"], words["author"], _("Wanted by"), words["state"]], rows,
                 [0.6, 3.0, 1.2, 0.8, 1.0])
