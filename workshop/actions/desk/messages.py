"""Sends messages of the team to people's screens, and calls them to a place."""
from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, silent, tells
from workshop.actions.desk import saying
from workshop.domain.errors import Refusal
from workshop.domain.limits import MESSAGE as MOST
from workshop.domain.limits import ROUGH, SEATS_PER_DEVICE, clean_text
from workshop.domain.visibility import Viewer
from workshop.store.identity import seat_of
from workshop.store.models import Activity, Contribution, Notice, Room, RoomSeat
from workshop.store.models.notices import MESSAGE, SUMMONS
from workshop.store.visibility.notices import is_for
from workshop.words import _

ROOMS = 200  # of one message

Rooms = Field(default=None, min_length=1, max_length=ROOMS)


class Send(Shape):
    """Says a text to the people of these rooms; None: to everybody, wherever they are."""

    workshop: str = Field(max_length=40)
    text: str = Field(max_length=ROUGH * MOST)
    rooms: list[str] | None = Rooms


class Read(Shape):
    """Names a message or a call that the acting seat has read, with `along` others of the same device."""

    workshop: str = Field(max_length=40)
    message: str = Field(max_length=40)
    along: list[str] = Field(default=[], max_length=SEATS_PER_DEVICE)


class TakeBack(Shape):
    """Names a message or a call that goes off all screens."""

    workshop: str = Field(max_length=40)
    message: str = Field(max_length=40)


class Summon(Shape):
    """Calls the people of these rooms (None: everybody) to a room or to one of its cards; None: to the plenary."""

    workshop: str = Field(max_length=40)
    rooms: list[str] | None = Rooms
    to: str | None = Field(default=None, max_length=40)
    card: str | None = Field(default=None, max_length=40)


@verb("message.send", Send)
def send(work: InWorkshop, payload: Send) -> Notice:
    """Puts a text on the screens of the rooms' people until they have read it; the answer says in `people` how many are
    there. Refusals: `empty`, `too_long`, `not_here`, `nobody_there`."""
    text = clean_text(payload.text)
    if not text:
        raise Refusal("empty")
    if len(text) > MOST:
        raise Refusal("too_long", limit=MOST, length=len(text))
    rooms = saying.rooms_of(work, payload.rooms)
    people = saying.people_in(work, rooms)
    work.beside["people"] = len(people)
    row = saying.say(work, MESSAGE, rooms, text=text, seats=None if rooms is None else people)
    work.remember(row.id, None, {"text": text, "rooms": saying.numbers_of(rooms), "people": len(people)}, work.workshop.id)
    return row


@tells("message.send", team="room")
def _sent(act: Act) -> Sentence:
    return Sentence(team=_("wrote to {rooms}: «{text}»", rooms=_whom(act), text=act.after.get("text", "…")))


@verb("message.read", Read)
def read(work: InWorkshop, payload: Read) -> None:
    """Notes who has read a message. Refusals: `not_here`, `not_your_seat`."""
    assert work.seat  # roles.MAY lets nobody else
    row = saying.notice_of(work, payload.message, MESSAGE, SUMMONS)
    seats = [work.seat]
    for key in dict.fromkeys(payload.along):
        seat = seat_of(work.session, work.who, key)
        if seat is None or seat.workshop_id != work.workshop.id:
            raise Refusal("not_your_seat")
        seats.append(seat)
    inside = frozenset(work.session.scalars(select(RoomSeat.room_id).where(
        RoomSeat.seat_id.in_([seat.id for seat in seats]))))  # also where they were: it may come late
    own = frozenset(seat.id for seat in seats)
    if not is_for(Viewer(work.workshop.id, work.workshop.privacy, work.role, own, inside), row):
        raise Refusal("not_here")
    saying.note_read(work, row, [seat.id for seat in seats])


silent("message.read")


@verb("message.take_back", TakeBack)
def take_back(work: InWorkshop, payload: TakeBack) -> Notice:
    """Takes a message or a call off all screens; who has read it has read it."""
    row = saying.notice_of(work, payload.message, MESSAGE, SUMMONS)
    if row.over_at is None:
        saying.end(work, row)
        work.remember(row.id, {"text": row.text}, None, work.workshop.id)
    return row


@tells("message.take_back", team="room")
def _taken_back(act: Act) -> Sentence:
    text = act.before.get("text")
    return Sentence(team=_("took the message back: «{text}»", text=text) if text else _("took the call back."))


@verb("people.summon", Summon)
def summon(work: InWorkshop, payload: Summon) -> Notice:
    """Calls people to look at a place: after a warning their screens go there, with a way back, and nobody's room changes.
    A call before it ends. Refusals: `not_here`, `nobody_there`, `no_such_card`."""
    rooms = saying.rooms_of(work, payload.rooms)
    to = saying.rooms_of(work, [payload.to]) if payload.to else None
    if to and (to[0].opened_at is None):
        raise Refusal("room_not_open")
    if payload.card and not (to and _stands(work, payload.card, to[0])):
        raise Refusal("no_such_card")
    work.beside["people"] = people = len(saying.people_in(work, rooms))
    for before in work.session.scalars(select(Notice).where(
            Notice.stream_id == work.workshop.id, Notice.kind == SUMMONS, Notice.over_at.is_(None))).all():
        saying.end(work, before)
    row = saying.say(work, SUMMONS, rooms, room_id=to[0].id if to else None, of_card=payload.card)
    called = f"{to[0].number} · {to[0].title}" if to else None
    work.remember(row.id, None, {"rooms": saying.numbers_of(rooms), "to": called, "people": people}, work.workshop.id)
    return row


@tells("people.summon", team="room")
def _summoned(act: Act) -> Sentence:
    if to := act.after.get("to"):
        return Sentence(team=_("called {rooms} to room {room}.", rooms=_whom(act), room=to))
    return Sentence(team=_("called {rooms} to the plenary.", rooms=_whom(act)))


def _stands(work: InWorkshop, key: str, room: Room) -> bool:
    """Tells whether everybody in the room sees the card on its board."""
    card = work.session.get(Contribution, key)
    activity = work.session.get(Activity, card.activity_id) if card else None
    return bool(card and activity and activity.room_id == room.id and card.stream_id == room.stream_id
                and card.hidden_at is None and card.withdrawn_at is None)


def _whom(act: Act) -> str:
    rooms = act.after.get("rooms")
    return _("everybody") if rooms is None else _("rooms {rooms}", rooms=", ".join(str(number) for number in rooms))
