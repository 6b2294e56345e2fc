"""Starts and ends sessions of devices: sign-in, joining, coming back. These have no envelope: there is no seat yet."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update

from workshop.actions.people import roster
from workshop.actions.people.seats import sit
from workshop.domain.errors import Refusal
from workshop.domain.ids import REENTRY, codes_in, new_code, new_id, new_token
from workshop.domain.limits import SEATS_PER_DEVICE
from workshop.domain.people.channels import CHANNELS
from workshop.domain.people.declared import declare
from workshop.domain.people.names import typed_name
from workshop.domain.roles import STAFF
from workshop.domain.shapes import Json
from workshop.store.counts.places import holds
from workshop.store.fast import fast_insert
from workshop.store.identity import Who, hashed, identify
from workshop.store.models import (
    Account,
    BarredDevice,
    Delegation,
    Device,
    DeviceSeat,
    ExpectedPerson,
    Room,
    RoomSeat,
    Seat,
    Site,
    Workshop,
)
from workshop.store.streams import numbering
from workshop.store.transaction import Session, recall


@dataclass
class Joined:
    """Holds what a device (its id) gets: its new cookie secret, the workshop and its seats with their re-entry codes."""

    device: str
    secret: str
    workshop: Workshop
    room: Room | None
    seats: list[Seat]


def find_workshop(session: Session, code: str) -> Workshop:
    """Finds the open workshop whose code stands in the text `code`, or Refusal `wrong_code`, `workshop_closed`,
    `workshop_deleted`."""
    workshop = next(filter(None, (_of_code(session, one) for one in codes_in(code))), None)
    if workshop is None:
        raise Refusal("wrong_code")
    if workshop.deleted_at is not None:
        raise Refusal("workshop_deleted")
    if workshop.closed_at is not None:
        raise Refusal("workshop_closed")
    return workshop


def _of_code(session: Session, code: str) -> Workshop | None:
    return recall(session, ("code", code), lambda: session.scalar(select(Workshop).where(Workshop.code == code)))


def join(session: Session, now: datetime, secret: str | None, code: str, people: list[Json], room_number: int | None = None,
         came_from: str | None = None) -> Joined:
    """Seats `people` ([{name, delegation, channel, site, expected?, declared?}]) on the device that holds `secret` (a new
    one if none). `expected`: the id of who they are on the list of expected people, which says their delegation, and their
    name where they give no other. `came_from`: the hash of the address (actions/people/address_limits.py).

    The secret changes, so that a cookie planted before opens none of these seats. What it opened it still opens until the
    new one has come back: a lost answer must not throw everybody off a shared phone. A hall joins at once: what they all
    need is remembered by the writer (`store/session.py`), and new rows are written without the unit of work. Raises Refusal
    before it has written anything.
    """
    workshop = find_workshop(session, code)
    numbering.lock(session, {workshop.id})
    known = recall(session, ("delegations", workshop.id), lambda: set(session.scalars(
        select(Delegation.id).where(Delegation.workshop_id == workshop.id))))
    sites = recall(session, ("sites", workshop.id), lambda: list(session.scalars(
        select(Site.id).where(Site.workshop_id == workshop.id))))
    who = identify(session, secret)
    may_come(session, workshop, who)
    carried = list(session.scalars(_carried(who, workshop))) if who else []
    if not people or len(carried) + len(people) > SEATS_PER_DEVICE:
        raise Refusal("too_many_seats" if people else "no_seat", limit=SEATS_PER_DEVICE)
    room = _room(session, workshop, room_number, carried, len(people))
    expected = [roster.claim(session, workshop, person["expected"]) if person.get("expected")
                else roster.recognise(session, workshop, person) for person in people]
    seats = [_seat(now, workshop, _as_expected(person, one), known, sites, came_from)
             for person, one in zip(people, expected, strict=True)]
    device, fresh = _device(session, now, who, secret)  # from here on it is written and no more refused
    for i, seat in enumerate(seats):  # the instants keep the order in which people were seated
        fast_insert.add(session, seat)
        fast_insert.add(session, fast_insert.born(
            DeviceSeat, device_id=device, seat_id=seat.id, at=now + timedelta(microseconds=i)))
        if room:
            sit(session, room, seat, now)
    for seat, one in zip(seats, expected, strict=True):
        if one:
            one.seat_id, one.taken_at = seat.id, now
    session.changes.arrived = True
    return Joined(device, fresh, workshop, room, seats)


def may_come(session: Session, workshop: Workshop, who: Who | None) -> None:
    """Checks whether new people may be seated in the workshop with this device, or Refusal `door_locked`, `device_barred`.
    Its staff seat people (who tell their ideas by telephone) while it is locked, too."""
    if who is not None and who.device.id in recall(session, ("barred", workshop.id), lambda: set(session.scalars(
            select(BarredDevice.device_id).where(BarredDevice.workshop_id == workshop.id)))):
        raise Refusal("device_barred")
    if workshop.locked_at is not None and (who is None or who.role_in(workshop.id) not in STAFF):
        raise Refusal("door_locked")


def come_back(session: Session, now: datetime, secret: str | None, code: str) -> Joined:
    """Brings back the seat whose re-entry code stands in the text `code`, on this device too."""
    codes = [one for one in codes_in(code) if len(one) == REENTRY]
    seat = session.scalar(select(Seat).where(Seat.reentry_code.in_(codes)))
    if seat is not None and seat.joined_id:  # two seats were one person: the code of either leads there
        seat = session.get(Seat, seat.joined_id)
    if seat is None or seat.revoked_at is not None:
        raise Refusal("wrong_code")
    workshop = session.get_one(Workshop, seat.workshop_id)
    if workshop.deleted_at is not None:
        raise Refusal("workshop_deleted")
    device, secret = renew(session, now, secret)
    if session.get(DeviceSeat, (device.id, seat.id)) is None:
        session.add(DeviceSeat(device_id=device.id, seat_id=seat.id, at=now))
    session.flush()
    room = session.scalar(select(Room).join(RoomSeat, RoomSeat.room_id == Room.id)
                          .where(RoomSeat.seat_id == seat.id, RoomSeat.left_at.is_(None)))
    return Joined(device.id, secret, workshop, room, [seat])


def sign_in(session: Session, now: datetime, secret: str | None, account: Account, browser: str = "") -> str:
    """Signs the device in to the account; returns its new secret."""
    device, secret = renew(session, now, secret)
    device.account_id, device.signed_in_at, device.seen_at, device.browser = account.id, now, now, browser[:60]
    return secret


def sign_out(session: Session, now: datetime, secret: str | None, people: bool = False) -> str | None:
    """Signs the account out of the device: cookies and open sockets are worth nothing from here on.

    People seated on it before the account came stay, with a fresh secret, which this returns; None where nobody was, and the
    device row ends. Those seated while it was signed in, as those whose ideas its staff writes down, go with the account.
    `people`: they leave the device, too.
    """
    who = identify(session, secret)
    if who is None:
        return None
    device = who.as_device
    came = dict(session.execute(select(DeviceSeat.seat_id, DeviceSeat.at).where(DeviceSeat.device_id == device.id)).all())
    since = device.signed_in_at if device.account_id and not people else None
    stay = [seat for seat in who.seats if came[seat] < since] if since else []
    if not stay:
        device.revoked_at = now
        return None
    session.execute(delete(DeviceSeat).where(DeviceSeat.device_id == device.id, DeviceSeat.at >= device.signed_in_at))
    device.account_id = device.signed_in_at = device.seen_at = device.browser = None
    return renewed(session, device.id)


def renew(session: Session, now: datetime, secret: str | None) -> tuple[Device, str]:
    """Gives the device that holds `secret`, or a new device, a fresh secret."""
    who = identify(session, secret)
    if who is None:
        fresh = new_token()
        device = Device(secret_hash=hashed(fresh), created_at=now)
        session.add(device)
        session.flush()
        return device, fresh
    _drop_lost(session, who)
    return who.as_device, renewed(session, who.device.id)


def renewed(session: Session, device: str, former: str | None = None, at: datetime | None = None) -> str:
    """Makes a fresh secret for the device; the others open nothing any more, but `former`, until the fresh one is shown, the
    seats from before `at`."""
    fresh = new_token()
    session.execute(update(Device).where(Device.id == device).values(
        secret_hash=hashed(fresh), former_hash=former and hashed(former), renewed_at=former and at))
    session.memory.forget_people(device)
    return fresh


def settle(session: Session, device: str) -> None:
    """Ends the former secret: the device has shown its new one."""
    session.changes.arrived = True  # holders of the former one are strangers now
    session.execute(update(Device).where(Device.id == device).values(former_hash=None, renewed_at=None))
    session.memory.forget_people()


def _device(session: Session, now: datetime, who: Who | None, secret: str | None) -> tuple[str, str]:
    """Returns (id, fresh secret) of the device of whoever came with `secret`, or of a new one."""
    if who:
        _drop_lost(session, who)
        return who.device.id, renewed(session, who.device.id, None if who.device.account_id else secret, now)
    fresh = new_token()
    device = fast_insert.born(Device, id=new_id(), secret_hash=hashed(fresh), created_at=now)
    fast_insert.add(session, device)
    return device.id, fresh


def _drop_lost(session: Session, who: Who) -> None:
    """Removes seats that only lost answers gave: those who come with the former secret have never seen what was answered
    since, and the device loses those seats before it gets a secret that would open them."""
    if who.former:
        session.execute(delete(DeviceSeat).where(
            DeviceSeat.device_id == who.device.id, DeviceSeat.at >= who.as_device.renewed_at))


def _carried(who: Who, workshop: Workshop) -> Select[str]:
    """Selects the seats of the workshop that were ever made on the device, as far as they are the visitor's. Removed ones
    count: or else whoever is removed and comes again would have a voice more each time."""
    carried = select(DeviceSeat.seat_id).join(Seat, Seat.id == DeviceSeat.seat_id).where(
        DeviceSeat.device_id == who.device.id, Seat.workshop_id == workshop.id)
    return carried.where(DeviceSeat.at < who.as_device.renewed_at) if who.former else carried


def _room(session: Session, workshop: Workshop, number: int | None, carried: Sequence[str], coming: int) -> Room | None:
    """Chooses the room: the one asked for, that of the people who are on the device already, or the only open group. Where
    it is full they are in none, and see in the lobby where there are places."""
    room = _wanted(session, workshop, number, carried)
    return room if room and holds(session, room, coming) else None


def _wanted(session: Session, workshop: Workshop, number: int | None, carried: Sequence[str]) -> Room | None:
    groups = recall(session, ("groups", workshop.id), lambda: session.scalars(
        select(Room).where(Room.workshop_id == workshop.id, Room.kind == "group")).all())
    open_rooms = [room for room in groups if room.opened_at and not room.closed_at]
    if number is not None:
        return next((room for room in open_rooms if room.number == number), None)
    with_us = set(session.scalars(select(RoomSeat.room_id).where(
        RoomSeat.seat_id.in_(carried), RoomSeat.left_at.is_(None)))) if carried else ()
    fitting = [room for room in open_rooms if room.id in with_us] or open_rooms
    return fitting[0] if len(fitting) == 1 else None


def _as_expected(person: Json, one: ExpectedPerson | None) -> Json:
    """Returns what somebody on the list says, with what the list says of them."""
    if one is None:
        return person
    return person | {"name": person.get("name") or one.name, "delegation": one.delegation_id or person.get("delegation"),
                     "channel": person.get("channel") or one.channel}


def _seat(now: datetime, workshop: Workshop, person: Json, delegations: set[str], sites: list[str],
          came_from: str | None) -> Seat:
    name = typed_name(str(person.get("name", "")))
    if not name:
        raise Refusal("name_missing")
    if person.get("channel") not in CHANNELS:
        raise Refusal("bad_channel")
    delegation = person.get("delegation") or None
    if delegation and delegation not in delegations:
        raise Refusal("no_such_delegation")
    site = person.get("site") or None
    if site and site not in sites:
        raise Refusal("no_such_site")
    if person["channel"] == "hall" and len(sites) == 1:  # there is only one hall to be in
        site = sites[0]
    return fast_insert.born(Seat, id=new_id(), workshop_id=workshop.id, name=name, delegation_id=delegation,
                       channel=person["channel"], site_id=site, reentry_code=new_code(REENTRY), created_at=now,
                       came_from=came_from, declared=declare(person.get("declared") or {}, workshop.asks))
