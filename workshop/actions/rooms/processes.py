"""Runs a process of several methods: a room for each of its parts, gone through in order, over days if need be."""
from collections.abc import Callable, Iterator

from pydantic import Field
from sqlalchemy import select

from workshop.actions.cards.copy_forward import Which, carried, take_along
from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.own_methods import method_of
from workshop.actions.people.seats import put
from workshop.actions.rooms.building import build_room
from workshop.actions.rooms.rooms import Which as OneRoom
from workshop.actions.rooms.rooms import close_room, open_room, tell_closed, tell_opened
from workshop.domain.errors import Refusal
from workshop.domain.ids import new_id
from workshop.domain.methods.shape import Method, Part
from workshop.store.models import Activity, Room, RoomSeat, Seat
from workshop.words import _

MOST = 40  # rooms of one process


class Begin(Shape):
    """Describes a process (a key of the library or of one's own), its rooms named in `language`."""

    workshop: str = Field(max_length=40)
    method: str = Field(max_length=40)
    language: str = Field(default="es", pattern="^(es|fr|en)$")


class Onward(Shape):
    """Names the room of the part that is over, and which of its cards are copied onto the next board."""

    room: str = Field(max_length=40)
    carry: Which = "none"


@verb("process.begin", Begin)
def begin(work: InWorkshop, payload: Begin) -> Room:
    """Makes a room for each part, in order; they wait to be opened. Refusals `method_no_process`, `process_too_long`."""
    def known(key: str) -> Method:
        return method_of(work.session, work.who.device.account_id, key)
    whole = known(payload.method)
    if not whole.process:
        raise Refusal("method_no_process")
    parts = list(_parts(whole, known))
    if len(parts) > MOST:
        raise Refusal("process_too_long", limit=MOST)
    rooms, key = [], new_id()  # its own id: another process may be of the same method
    for number, (part, method) in enumerate(parts, 1):
        words = part.title.model_dump()
        room = build_room(work.session, work.workshop, words[payload.language], method=method, language=payload.language)
        place = {"name": whole.name.model_dump(), "id": key, "part": number, "parts": len(parts),
                 "day": part.day}
        room.method = (room.method or {}) | {"process": place}
        work.remember(room.id, None, {"title": room.title, "process": whole.key}, work.workshop.id)
        rooms.append(room)
    return rooms[0]


@tells("process.begin", team="room")
def _begun(act: Act) -> Sentence:
    return Sentence(team=_("made room {room}.", **act.names))


@verb("process.onward", Onward)
def onward(work: InRoom, payload: Onward) -> Room:
    """Closes this part, opens the next one and takes everybody along, and the cards that are chosen.

    Refusal `process_over` after the last.
    """
    room, place = work.room, (work.room.method or {}).get("process")
    following = place and next((one for one in _rooms(work, place["id"])
                                if (one.method or {})["process"]["part"] == place["part"] + 1), None)
    if following is None:
        raise Refusal("process_over")
    seats = work.session.scalars(select(Seat).join(RoomSeat, RoomSeat.seat_id == Seat.id).where(
        RoomSeat.room_id == room.id, RoomSeat.left_at.is_(None))).all()
    close_room(work, OneRoom(room=room.id))
    work.room = following
    open_room(work, OneRoom(room=following.id))
    for seat in seats:
        put(work.session, work.touch, following, seat, work.now)
    board = work.session.scalar(select(Activity).where(Activity.room_id == following.id, Activity.kind == "ideas"))
    if board is not None:
        take_along(work, room, board, payload.carry)
    return following


@tells("process.onward")
def _onward(act: Act) -> Sentence:
    if "carried" in act.after:
        return carried(act)
    return tell_closed(act) if act.after.get("open") is False else tell_opened(act)


def _parts(method: Method, known: Callable[[str], Method]) -> Iterator[tuple[Part, Method]]:
    """Iterates over (part, its method) of all parts; those of a process within it in its place, on days that count from its
    own."""
    for part in method.process:
        inside = known(part.method)
        if inside.process:
            yield from ((one.model_copy(update={"day": part.day + one.day - 1}), way) for one, way in _parts(inside, known))
        else:
            yield part, inside


def _rooms(work: InWorkshop, key: str) -> list[Room]:
    rooms = work.session.scalars(select(Room).where(
        Room.workshop_id == work.workshop.id, Room.kind == "group", Room.archived_at.is_(None)))
    return [room for room in rooms if (room.method or {}).get("process", {}).get("id") == key]
