"""Lists the participants of a workshop for its facilitators: names, devices, origins, and names that look like another's."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from workshop.domain.people.lookalikes import Named, Told, look, skeleton
from workshop.domain.shapes import Json
from workshop.store.models import Account, DeviceSeat, Membership, Room, RoomSeat, Seat
from workshop.store.transaction import Session


@dataclass
class Person:
    """Describes a seat as the facilitators see it.

    `room`: number and title of the room where they are; `device`: number of the group of seats that share a device, None for
    a device of one seat; `place`: number of the address from which several came lately; `told`:
    domain/people/lookalikes.py.
    """

    id: str
    name: str
    delegation: str | None
    site: str | None
    channel: str
    code: str
    at: datetime
    removed: bool
    room: str = ""
    device: int | None = None
    place: int | None = None
    told: Told | None = None
    declared: Json = field(default_factory=dict)


@dataclass
class Participants:
    """Holds all participants, by name; `devices`: number -> those who share one."""

    people: list[Person]
    devices: dict[int, list[Person]] = field(default_factory=dict)

    @property
    def here(self) -> list[Person]:
        """Lists those who take part."""
        return [one for one in self.people if not one.removed]

    @property
    def removed(self) -> list[Person]:
        """Lists those who were removed."""
        return [one for one in self.people if one.removed]

    @property
    def told(self) -> list[Person]:
        """Lists those whose name looks like somebody else's, mere hints last."""
        order = ("staff", "leads", "other", "same")
        return [one for sort in order for one in self.here if one.told and one.told.sort == sort]

    def lately(self, now: datetime, minutes: int) -> list[Person]:
        """Lists those who joined in the last minutes, the newest first; people who share a device stand together."""
        came = [one for one in self.here if one.at > now - timedelta(minutes=minutes)]
        first: dict[int | str, datetime] = {}
        for one in came:
            first[one.device or one.id] = max(one.at, first.get(one.device or one.id, one.at))
        return sorted(came, key=lambda one: (first[one.device or one.id], one.device or 0, one.at), reverse=True)

    def beside(self, ids: set[str]) -> list[Person]:
        """Lists those who share a device with one of these, and are none of them."""
        groups = {one.device for one in self.people if one.id in ids and one.device}
        return [one for one in self.here if one.device in groups and one.id not in ids]


def participants(session: Session, workshop_id: str) -> Participants:
    """Lists everybody who ever took a seat in the workshop."""
    rows = session.scalars(select(Seat).where(Seat.workshop_id == workshop_id, Seat.joined_id.is_(None))).all()
    # names that imitate Elena's stand beside hers
    rows = sorted(rows, key=lambda seat: (skeleton(seat.name), seat.created_at))
    staff = session.scalars(select(Account.name).join(Membership, Membership.account_id == Account.id).where(
        Membership.workshop_id == workshop_id)).all()
    told = look([Named(seat.id, seat.name, seat.delegation_id) for seat in sorted(rows, key=lambda seat: seat.created_at)
                 if seat.revoked_at is None], list(staff))
    rooms = {seat: f"{number} · {title}" for seat, number, title in session.execute(
        select(RoomSeat.seat_id, Room.number, Room.title).join(Room, Room.id == RoomSeat.room_id).where(
            Room.workshop_id == workshop_id, RoomSeat.left_at.is_(None)))}
    people = [Person(seat.id, seat.name, seat.delegation_id, seat.site_id, seat.channel, seat.reentry_code, seat.created_at,
                     seat.revoked_at is not None, rooms.get(seat.id, ""), told=told.get(seat.id),
                     declared=seat.declared or {}) for seat in rows]
    found = Participants(people)
    _number_devices(session, workshop_id, found)
    _number_places(rows, people)
    return found


def _number_devices(session: Session, workshop_id: str, found: Participants) -> None:
    """Numbers the groups of seats that share a device, directly or through a third."""
    group_of: dict[str, set[str]] = {}
    of_device: dict[str, list[str]] = {}
    for device, seat in session.execute(select(DeviceSeat.device_id, DeviceSeat.seat_id).join(
            Seat, Seat.id == DeviceSeat.seat_id).where(Seat.workshop_id == workshop_id)):
        of_device.setdefault(device, []).append(seat)
    for seats in of_device.values():
        group = set().union(seats, *(group_of.get(seat, ()) for seat in seats))
        group_of |= dict.fromkeys(group, group)
    numbers: dict[int, int] = {}
    for one in sorted(found.people, key=lambda one: one.at):
        group = group_of.get(one.id, set())
        if len(group) > 1:
            one.device = numbers.setdefault(id(group), len(numbers) + 1)
            found.devices.setdefault(one.device, []).append(one)


def _number_places(rows: Sequence[Seat], people: list[Person]) -> None:
    marks = [seat.came_from for seat in rows]
    numbers: dict[str, int] = {}
    for mark, one in sorted(zip(marks, people, strict=True), key=lambda pair: pair[1].at):
        if mark and marks.count(mark) > 1:
            one.place = numbers.setdefault(mark, len(numbers) + 1)
