"""Draws people over rooms: a proposal first, then everybody moves at once; those who come later follow the same rule."""
import secrets
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, cast

from pydantic import Field
from sqlalchemy import select

from workshop.actions.core.context import InRoom, InWorkshop
from workshop.actions.core.registry import Shape, shows, verb
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.actions.opinions import groups
from workshop.actions.opinions.forming import may_form
from workshop.actions.people.removal import seats_of
from workshop.actions.people.seats import put
from workshop.actions.rooms.rooms import Which, open_room, tell_opened
from workshop.domain.draws import draws
from workshop.domain.draws.phones import kept_together
from workshop.domain.draws.shapes import BY_OPINION, Asked, Person
from workshop.domain.errors import Refusal
from workshop.domain.limits import ROOMS_DRAWN, SEATS_DRAWN
from workshop.domain.shapes import Json
from workshop.store.counts.meetings import met
from workshop.store.models import Activity, Block, DeviceSeat, Draw, Room, RoomSeat, Seat
from workshop.words import _, count

Key = Annotated[str, Field(max_length=40)]
Group = Annotated[list[Key], Field(max_length=SEATS_DRAWN)]


class DrawRooms(Shape):
    """Asks for a draw. `seats`: None for everybody; `seed`: the same gives the same again; `pins`: {seat: room}; `together`,
    `apart`: lists of seats that share a room, or of which no two do; `block`: of the programme, whose rooms these are;
    `phones`: people who share a device stay together, as far as no other rule says otherwise; `opinions`: the vote by whose
    groups people who answer alike are together (way `alike`), or apart (`mixed`)."""

    workshop: str = Field(max_length=40)
    rooms: list[Key] = Field(min_length=1, max_length=ROOMS_DRAWN)
    way: Literal["balanced", "random", "delegation", "alike", "mixed"] = "balanced"
    seats: Group | None = None
    seed: str | None = Field(default=None, pattern="^[A-Za-z0-9-]{1,40}$")
    pins: dict[Key, Key] = Field(default={}, max_length=SEATS_DRAWN)
    together: list[Group] = Field(default=[], max_length=100)
    apart: list[Group] = Field(default=[], max_length=100)
    block: str | None = Field(default=None, max_length=40)
    phones: bool = True
    opinions: str | None = Field(default=None, max_length=40)


class Apply(Shape):
    """Names a draw to carry out."""

    workshop: str = Field(max_length=40)
    draw: str = Field(max_length=40)


class PlaceLate(Shape):
    """Names a draw that was carried out, and who came after it; None: all who are in no room."""

    workshop: str = Field(max_length=40)
    draw: str = Field(max_length=40)
    seats: Group | None = None


@verb("rooms.draw", DrawRooms)
def propose(work: InWorkshop, payload: DrawRooms) -> Draw:
    """Draws people over rooms and stores the proposal; nobody moves yet. Refusals: `not_here`, `room_closed`,
    `too_few_people`, `rules_clash`, `no_opinion_groups`."""
    rooms = _rooms(work, payload.rooms)
    if any(room.closed_at for room in rooms):
        raise Refusal("room_closed")
    if payload.block and getattr(work.session.get(Block, payload.block), "workshop_id", None) != work.workshop.id:
        raise Refusal("not_here")
    seats = _present(work) if payload.seats is None else seats_of(work, payload.seats)
    if any(seat.revoked_at for seat in seats):
        raise Refusal("not_here")
    known = {seat.id for seat in seats}
    named = {*payload.pins, *(key for group in (*payload.together, *payload.apart) for key in group)}
    if not named <= known or not set(payload.pins.values()) <= {room.id for room in rooms}:
        raise Refusal("not_here")
    rules: Json = {"pins": payload.pins, "together": _groups(payload.together), "apart": _groups(payload.apart)}
    if payload.phones:
        rules["phones"] = kept_together(_phones(work, seats), rules["together"], rules["apart"], rules["pins"])
    if payload.way in BY_OPINION:
        rules["opinions"] = payload.opinions or ""
        may_form(work.session, work.workshop, rules["opinions"], payload.way, known)
    asked = _asked(work, rooms, seats, payload.way, payload.seed or secrets.token_hex(4), rules)
    drawn = draws.draw(asked)
    row = Draw(workshop_id=work.workshop.id, block_id=payload.block, way=payload.way, seed=asked.seed,
               rooms=[room.id for room in rooms], rules=rules, result=drawn.rooms, certificate=drawn.certificate,
               made_at=work.now, made_by=work.actor())
    work.session.add(row)
    work.session.flush()
    work.remember(work.workshop.id, None, {"draw": row.id, "seats": len(seats), "into": len(rooms), "seed": row.seed},
                  work.workshop.id)
    return row


@verb("draw.apply", Apply)
def carry_out(work: InWorkshop, payload: Apply) -> Draw:
    """Moves everybody at once to where the draw has them, and opens those of its rooms that are not open yet. Whoever was
    removed meanwhile stays away. Refusals: `not_here`, `draw_applied`, `draw_overtaken`, `room_closed`."""
    row = _draw(work, payload.draw)
    if row.applied_at:
        raise Refusal("draw_applied")
    later = work.session.scalars(select(Draw).where(
        Draw.workshop_id == work.workshop.id, Draw.applied_at.is_not(None), Draw.applied_at > row.made_at))
    if any(row.result.keys() & other.result.keys() for other in later):
        raise Refusal("draw_overtaken")
    rooms = _rooms(work, row.rooms)
    if any(room.closed_at for room in rooms):
        raise Refusal("room_closed")
    for room in rooms:
        if room.opened_at is None:
            work.room = room
            open_room(cast(InRoom, work), Which(room=room.id))
    work.room = None
    moved = _move(work, {room.id: room for room in rooms}, row.result)
    row.applied_at, row.applied_by = work.now, work.actor()
    work.remember(work.workshop.id, None, {"draw": row.id, "seats": moved, "into": len(rooms), "seed": row.seed},
                  work.workshop.id)
    return row


@verb("draw.place", PlaceLate)
def place_late(work: InWorkshop, payload: PlaceLate) -> Draw:
    """Places those who came after a draw by its rule, each where the rooms that are open are evenest with them; nobody else
    moves, and whoever is in one of the rooms stays there. Refusals: `not_here`, `draw_not_applied`, `room_closed`."""
    row = _draw(work, payload.draw)
    if row.applied_at is None:
        raise Refusal("draw_not_applied")
    rooms = [room for room in _rooms(work, row.rooms) if room.opened_at and not room.closed_at]
    if not rooms:
        raise Refusal("room_closed")
    seats = _in_no_room(work) if payload.seats is None else seats_of(work, payload.seats)
    if any(seat.revoked_at for seat in seats):
        raise Refusal("not_here")
    standing = _inside(work, rooms)
    there = work.session.scalars(select(Seat).where(Seat.id.in_(standing))).all()
    people = [*there, *(seat for seat in seats if seat.id not in standing)]
    asked = _asked(work, rooms, people, row.way, row.seed, _rules_of(work, row.rules, rooms, people))
    placed = draws.place(asked, standing)
    moved = _move(work, {room.id: room for room in rooms}, placed)
    if moved:
        work.remember(work.workshop.id, None, {"draw": row.id, "late": moved}, work.workshop.id)
    work.beside["placed"] = placed
    return row


@tells("rooms.draw", "draw.apply", "draw.place", team="room")
def _drawn(act: Act) -> Sentence:
    if "open" in act.after:  # one of its rooms
        return Sentence(tell_opened(act).text)
    if act.verb == "draw.place":
        late = int(act.after.get("late", 0))
        return Sentence(team=count("placed {n} person who came after the draw.",
                                   "placed {n} people who came after the draw.", late))
    people = count("{n} person", "{n} people", int(act.after.get("seats", 0)))
    rooms = count("{n} room", "{n} rooms", int(act.after.get("into", 0)))
    said = {"people": people, "rooms": rooms, "seed": act.after.get("seed", "")}
    return Sentence(team=_("drew {people} over {rooms}, as a proposal (seed {seed}).", **said) if act.verb == "rooms.draw"
                    else _("moved {people} into {rooms} as drawn (seed {seed}).", **said))


@shows(Draw)
def shown(work: InWorkshop, row: Draw) -> Json:
    """Shows a draw to whoever may draw."""
    return {"draw": {"id": row.id, "way": row.way, "seed": row.seed, "rooms": row.rooms, "result": row.result,
                     "certificate": row.certificate, "applied": row.applied_at is not None}}


def _draw(work: InWorkshop, key: str) -> Draw:
    row = work.session.get(Draw, key)
    if row is None or row.workshop_id != work.workshop.id:
        raise Refusal("not_here")
    return row


def _rooms(work: InWorkshop, keys: Sequence[str]) -> list[Room]:
    """Finds the groups, all of this workshop, or Refusal `not_here`."""
    asked = dict.fromkeys(keys)
    found = [room for key in asked if (room := work.session.get(Room, key)) and room.workshop_id == work.workshop.id
             and room.kind == "group"]
    if len(found) < len(asked):
        raise Refusal("not_here")
    return found


def _present(work: InWorkshop) -> Sequence[Seat]:
    """Lists everybody who takes part."""
    return work.session.scalars(select(Seat).where(
        Seat.workshop_id == work.workshop.id, Seat.revoked_at.is_(None)).order_by(Seat.id)).all()


def _in_no_room(work: InWorkshop) -> list[Seat]:
    seated = set(work.session.scalars(select(RoomSeat.seat_id).join(Room, Room.id == RoomSeat.room_id).where(
        Room.workshop_id == work.workshop.id, RoomSeat.left_at.is_(None))))
    return [seat for seat in _present(work) if seat.id not in seated]


def _inside(work: InWorkshop, rooms: Iterable[Room]) -> dict[str, str]:
    """Returns {seat: room} of those who are in one of the rooms."""
    rows = work.session.execute(select(RoomSeat.seat_id, RoomSeat.room_id).join(Seat, Seat.id == RoomSeat.seat_id).where(
        RoomSeat.room_id.in_([room.id for room in rooms]), RoomSeat.left_at.is_(None), Seat.revoked_at.is_(None)))
    return {row.seat_id: row.room_id for row in rows}


def _groups(groups: list[list[str]]) -> list[list[str]]:
    """Returns the lists that say something: of two people at least, each named once."""
    return [once for group in groups if len(once := list(dict.fromkeys(group))) > 1]


def _rules_of(work: InWorkshop, rules: Json, rooms: Sequence[Room], people: Sequence[Seat]) -> Json:
    """Returns what of the rules is about these people and rooms."""
    known, open_ = {seat.id for seat in people}, {room.id for room in rooms}
    kept: Json = {"pins": {key: room for key, room in rules["pins"].items() if key in known and room in open_}} | {
        name: _groups([[key for key in group if key in known] for group in rules[name]]) for name in ("together", "apart")}
    if "phones" in rules:  # who shares a phone with somebody who was drawn has perhaps come since
        kept["phones"] = kept_together(_phones(work, people), kept["together"], kept["apart"], kept["pins"])
    return kept | {name: rules[name] for name in ("opinions",) if name in rules}


def _phones(work: InWorkshop, seats: Sequence[Seat]) -> list[list[str]]:
    """Lists the people of each device that several share; those for whom somebody else writes have none."""
    own = [seat.id for seat in seats if seat.channel != "paper"]
    found: dict[str, list[str]] = {}
    for device, seat in work.session.execute(select(DeviceSeat.device_id, DeviceSeat.seat_id).where(
            DeviceSeat.seat_id.in_(own)).order_by(DeviceSeat.device_id, DeviceSeat.seat_id)):
        found.setdefault(device, []).append(seat)
    return sorted(group for group in found.values() if len(group) > 1)


def _asked(work: InWorkshop, rooms: Sequence[Room], seats: Sequence[Seat], way: str, seed: str, rules: Json) -> Asked:
    known = {seat.id for seat in seats}
    vote = work.session.get(Activity, rules["opinions"]) if "opinions" in rules else None
    letters = groups.members(work.session, vote) if vote else {}
    people = [Person(seat.id, seat.delegation_id, seat.channel, seat.site_id, said.get("gender"), said.get("language"),
                     letters.get(seat.id))
              for seat in seats for said in (seat.declared or {},)]
    return Asked({room.id: room.capacity for room in rooms}, people, seed, way, rules["pins"],
                 [*rules["together"], *rules.get("phones", ())],
                 rules["apart"], {pair: n for pair, n in met(work.session, work.workshop.id).items()
                                  if pair[0] in known and pair[1] in known})


def _move(work: InWorkshop, rooms: dict[str, Room], where: dict[str, str]) -> int:
    """Moves those who are somewhere else, as `seat.move` does; returns how many."""
    standing = _inside(work, rooms.values())
    seats = work.session.scalars(select(Seat).where(Seat.id.in_(where), Seat.revoked_at.is_(None)).order_by(Seat.id)).all()
    going = [seat for seat in seats if standing.get(seat.id) != where[seat.id]]
    for seat in going:
        put(work.session, work.touch, rooms[where[seat.id]], seat, work.now)
    return len(going)
