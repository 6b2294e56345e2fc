"""Lets a group ask the team for help, and the team say that it has seen it and that it is done."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InRoom, SeatInRoom
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.desk.saying import actor_name, end, notice_of
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.limits import HELP as MOST
from workshop.domain.limits import ROUGH, clean_text
from workshop.store.models import Notice
from workshop.store.models.notices import HELP
from workshop.words import _


class Ask(Shape):
    """Says that the room wants help, perhaps with what."""

    room: str = Field(max_length=40)
    text: str = Field(default="", max_length=ROUGH * MOST)


class Which(Shape):
    """Names what was asked in the room."""

    room: str = Field(max_length=40)
    help: str = Field(max_length=40)


@verb("help.ask", Ask)
def ask(work: SeatInRoom, payload: Ask) -> Notice:
    """Asks the team to come to the room; where it was asked already, that stands. Refusals: `too_long`, `workshop_closed`.
    """
    if work.workshop.closed_at:
        raise Refusal("workshop_closed")
    text = clean_text(payload.text)
    if len(text) > MOST:
        raise Refusal("too_long", limit=MOST, length=len(text))
    asked = work.session.scalar(select(Notice).where(
        Notice.room_id == work.room.id, Notice.kind == HELP, Notice.over_at.is_(None)))
    if asked:
        return asked
    row = Notice(id=new_id(), stream_id=work.room.stream_id, workshop_id=work.workshop.id, kind=HELP, room_id=work.room.id,
                 seat_id=work.seat.id, text=text, at=work.now)
    work.session.add(row)
    work.session.flush()
    work.touch(row)
    work.remember(work.room.id, None, {"text": text} if text else {"help": True}, work.workshop.id)
    return row


@tells("help.ask", team="room")
def _asked(act: Act) -> Sentence:
    return Sentence(_("{who} asked for help.", **act.names), _("asked for help in room {room}.", **act.names),
                    said=act.after.get("text", ""))


@verb("help.seen", Which)
def seen(work: InRoom, payload: Which) -> Notice:
    """Tells the group that somebody comes, and who; of two who press, the first does. Refusal `not_here`."""
    row = _of(work, payload)
    if row.seen_at is None and row.over_at is None:
        row.seen_at, row.seen_by = work.now, actor_name(work)
        work.touch(row)
        work.remember(work.room.id, None, {"seen": True}, work.workshop.id)
    return row


@tells("help.seen", team="room")
def _seen(act: Act) -> Sentence:
    return Sentence(_("{who} saw that help was asked for.", **act.names),
                    _("saw that room {room} asked for help.", **act.names))


@verb("help.done", Which)
def done(work: InRoom, payload: Which) -> Notice:
    """Says that it is settled; whoever asked may say it, too. Refusals: `not_here`, `not_yours`."""
    row = _of(work, payload)
    if work.seat and work.seat.id != row.seat_id:
        raise Refusal("not_yours")
    if row.over_at is None:
        end(work, row)
        work.remember(work.room.id, None, {"done": True}, work.workshop.id)
    return row


@tells("help.done", team="room")
def _done(act: Act) -> Sentence:
    return Sentence(_("{who}: the help is given.", **act.names), _("gave help in room {room}.", **act.names))


def _of(work: InRoom, payload: Which) -> Notice:
    row = notice_of(work, payload.help, HELP)
    if row.room_id != work.room.id:
        raise Refusal("not_here")
    return row
