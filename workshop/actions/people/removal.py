"""Removes participants and readmits them."""
from pydantic import Field
from sqlalchemy import delete, select

from workshop.actions import proxies
from workshop.actions.core.context import InWorkshop
from workshop.actions.core.registry import Shape, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.people.seats import leave, put
from workshop.actions.speaking.turns import hush
from workshop.domain.errors import Refusal
from workshop.domain.limits import SEATS_REMOVED
from workshop.store.models import BarredDevice, Device, DeviceSeat, Room, RoomSeat, Seat
from workshop.words import _

Seats = Field(min_length=1, max_length=SEATS_REMOVED)


class Remove(Shape):
    """Names the seats to remove from the workshop. `bar`: their devices make no more seats in it."""

    workshop: str = Field(max_length=40)
    seats: list[str] = Seats
    bar: bool = False


class Readmit(Shape):
    """Names the seats to let back in."""

    workshop: str = Field(max_length=40)
    seats: list[str] = Seats


@verb("seat.remove", Remove)
def remove(work: InWorkshop, payload: Remove) -> None:
    """Removes participants; what they wrote stays, they receive and write nothing more, and their codes bring nobody back.
    """
    for seat in seats_of(work, payload.seats):
        if payload.bar:
            _bar(work, seat)
        if seat.revoked_at is None:
            _send_away(work, seat, payload.bar)
        elif payload.bar:
            work.remember(seat.id, None, {"removed": True, "barred": True}, work.workshop.id)


@tells("seat.remove", team="person")
def _removed(act: Act) -> Sentence:
    return Sentence(team=_("removed {name} and their device.", **act.names) if act.after.get("barred")
                    else _("removed {name}.", **act.names))


@verb("seat.readmit", Readmit)
def readmit(work: InWorkshop, payload: Readmit) -> None:
    """Lets removed participants back in, with their devices and codes, into the room in which they were if it is open."""
    for seat in seats_of(work, payload.seats):
        if let_in(work, seat):
            work.remember(seat.id, {"removed": True}, {"removed": False}, work.workshop.id)


@tells("seat.readmit", team="person")
def _readmitted(act: Act) -> Sentence:
    return Sentence(team=_("let {name} back in.", **act.names))


def let_in(work: InWorkshop, seat: Seat) -> bool:
    """Readmits the seat, to the room in which it was if that is open; tells whether it had been removed."""
    work.session.execute(delete(BarredDevice).where(
        BarredDevice.workshop_id == work.workshop.id, BarredDevice.seat_id == seat.id))
    left, seat.revoked_at, seat.revoked_by = seat.revoked_at, None, None
    if left is None:
        return False
    work.session.flush()
    room = work.session.scalar(select(Room).join(RoomSeat, RoomSeat.room_id == Room.id).where(
        RoomSeat.seat_id == seat.id, RoomSeat.left_at == left, Room.closed_at.is_(None)))
    if room:
        put(work.session, work.touch, room, seat, work.now)
    return True


def seats_of(work: InWorkshop, ids: list[str]) -> list[Seat]:
    """Finds the seats, all of this workshop, or Refusal `not_here`; one that was joined into another is none any more."""
    asked = dict.fromkeys(ids)
    found = [seat for one in asked if (seat := work.session.get(Seat, one)) and seat.workshop_id == work.workshop.id
             and seat.joined_id is None]
    if len(found) < len(asked):
        raise Refusal("not_here")
    return found


def _send_away(work: InWorkshop, seat: Seat, barred: bool) -> None:
    seat.revoked_at, seat.revoked_by = work.now, work.actor()
    for row in work.session.scalars(select(RoomSeat).where(RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_(None))):
        leave(work.session, work.touch, row, work.now)
    hush(work, seat)
    proxies.left(work, seat.id)
    work.remember(seat.id, None, {"removed": True} | ({"barred": True} if barred else {}), work.workshop.id)
    work.session.changes.seats_out.add(seat.id)


def _bar(work: InWorkshop, seat: Seat) -> None:
    """Bars the devices that carry the seat, but not those of people with an account, who may have typed for it."""
    carrying = select(DeviceSeat.device_id).join(Device, Device.id == DeviceSeat.device_id).where(
        DeviceSeat.seat_id == seat.id, Device.account_id.is_(None))
    for device in work.session.scalars(carrying).all():
        if work.session.get(BarredDevice, (work.workshop.id, device, seat.id)) is None:
            work.session.add(BarredDevice(workshop_id=work.workshop.id, device_id=device, seat_id=seat.id, at=work.now))
