"""Counts people, devices, cards, votes, sentences, and finds when something was put in last.

Desk, people page and report take their numbers from here, so that no two of them differ; nothing is added up from what a
screen happens to have loaded. Of a private step only the number of cards is told, to the team: not whose, not what.
"""
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select

from workshop.domain import steps, voting
from workshop.domain.kinds import kinds
from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.store.counts import balance, hands, nudges, read_marks, turnout
from workshop.store.models import (
    Activity,
    Ballot,
    Contribution,
    Device,
    DeviceSeat,
    LateTray,
    Room,
    RoomSeat,
    Seat,
    Workshop,
)
from workshop.store.secrecy.ballots import VOTED
from workshop.store.transaction import Session

SHOWN, WAITS, PRIVATE = "shown", "waits", "private"  # before the room, in the inbox, before few


def of(session: Session, workshop: Workshop, leads: bool = False) -> Json:
    """Counts for the team: {rooms: {id: Numbers of a room}, all: Numbers of the workshop} as _room, _all and balance.of make
    them (`leads`: for those who lead), and votes of the plenary: {id: [how many have voted, how many could]}."""
    rooms = session.scalars(select(Room).where(
        Room.workshop_id == workshop.id, Room.kind == "group", Room.archived_at.is_(None))).all()
    seats, devices = people(session, workshop.id), _devices(session, workshop.id)
    cards, cast_by, late = _cards(session, workshop.id), _votes(session, rooms), _late(session, workshop.id)
    plenary = session.scalars(select(Room).where(Room.workshop_id == workshop.id, Room.kind == "plenary")).all()
    told = [one for of in _votes(session, plenary).values() for one in of.items()]
    spoke = {} if workshop.privacy == "anonymous" else {
        key: _minute(at) for key, at in nudges.spoke_last(session, workshop.id).items() if at}
    read, hints = read_marks.read(session, [room.id for room in rooms]), nudges.of_rooms(session, rooms)
    return {"rooms": {room.id: _room(workshop, room, [one for one in seats if one.room_id == room.id], devices,
                                     [one for one in cards if one.room_id == room.id], cast_by.get(room.id, {}),
                                     late.get(room.id, 0), len(read.get(room.id, ())))
                      | ({"nudged": hints[room.id]} if room.id in hints else {}) for room in rooms},
            "votes": dict(told),
            "all": _all(workshop, seats, devices, cards) | balance.of(session, workshop, leads) | {"spoke": spoke}}


def people(session: Session, workshop_id: str) -> Sequence[Any]:
    """Lists everybody who takes part: rows (id, delegation_id, site_id, channel, room_id), with their current room."""
    return session.execute(
        select(Seat.id, Seat.delegation_id, Seat.site_id, Seat.channel, RoomSeat.room_id)
        .outerjoin(RoomSeat, and_(RoomSeat.seat_id == Seat.id, RoomSeat.left_at.is_(None)))
        .where(Seat.workshop_id == workshop_id, Seat.revoked_at.is_(None))).all()


def head(seats: Collection[Any], devices: Iterable[Any]) -> Json:
    """Counts {people, devices, hall, remote, sites: {site: people}} of rows of `people`."""
    ids = {one.id for one in seats}
    near = sum(one.channel in HALL for one in seats)
    return {"people": len(seats), "devices": len({device for device, seat in devices if seat in ids}), "hall": near,
            "remote": len(seats) - near, "sites": dict(Counter(one.site_id for one in seats if one.site_id))}


def _devices(session: Session, workshop_id: str) -> Sequence[Row[str, str]]:
    """Lists (device, seat) of all devices that may still be used."""
    return session.execute(
        select(DeviceSeat.device_id, DeviceSeat.seat_id).join(Device, Device.id == DeviceSeat.device_id)
        .join(Seat, Seat.id == DeviceSeat.seat_id)
        .where(Seat.workshop_id == workshop_id, Seat.revoked_at.is_(None), Device.revoked_at.is_(None))).all()


def _cards(session: Session, workshop_id: str) -> Sequence[Any]:
    """Counts the contributions (n) of each sort: rows (room_id, kind, place, hidden, merged, copy, team, delegation_id,
    channel, site_id, n)."""
    said = [
        Activity.room_id, Contribution.kind,
        case((or_(Contribution.kind == "item", Contribution.stream_id == Room.stream_id), SHOWN),
             (Contribution.stream_id == Room.inbox, WAITS), else_=PRIVATE).label("place"),
        Contribution.hidden_at.is_not(None).label("hidden"), Contribution.merged_into.is_not(None).label("merged"),
        Contribution.copy_of.is_not(None).label("copy"), Contribution.seat_id.is_(None).label("team"),
        Seat.delegation_id, Seat.channel, Seat.site_id]
    return session.execute(
        select(*said, func.count().label("n")).select_from(Contribution)
        .join(Activity, Activity.id == Contribution.activity_id).join(Room, Room.id == Activity.room_id)
        .outerjoin(Seat, Seat.id == Contribution.seat_id)
        .where(Room.workshop_id == workshop_id, Room.kind == "group", Room.archived_at.is_(None),
               Contribution.withdrawn_at.is_(None))
        .group_by(*said)).all()


def _votes(session: Session, rooms: Sequence[Room]) -> dict[str, dict[str, list[int]]]:
    """Counts {room: {vote: [how many have chosen something, how many could]}} of the votes that were opened; in a private
    step only what its tally tells, for the rest would tell that there are cards."""
    found: dict[str, dict[str, list[int]]] = {}
    shown = {room.id for room in rooms if steps.sees(room) == steps.ROOM}
    votes = [one for one in session.scalars(select(Activity).where(Activity.room_id.in_([room.id for room in rooms])))
             if kinds()[one.kind].decides]
    secret = {one.id for one in votes if voting.is_secret(one.settings)}  # of which it is known who voted, not what
    chosen = Counter(vote for vote, choices in session.execute(select(Ballot.activity_id, Ballot.choices).where(
        Ballot.activity_id.in_([one.id for one in votes if one.room_id in shown]))) if choices or vote in secret)
    could = turnout.of_votes(session, votes)
    for vote in votes:
        told = chosen[vote.id] + hands.people(vote) if vote.room_id in shown else (vote.tally or {}).get("ballots")
        if told or (could[vote.id].at and told is not None):
            found.setdefault(vote.room_id, {})[vote.id] = [told, max(told, could[vote.id].people)]
    return found


def _late(session: Session, workshop_id: str) -> dict[str, int]:
    """Counts {room: entries of the late tray}, as far as the team sees them."""
    return dict(session.execute(
        select(LateTray.room_id, func.count()).join(Room, Room.id == LateTray.room_id)
        .where(Room.workshop_id == workshop_id, LateTray.admitted_at.is_(None), LateTray.stream_id == Room.stream_id)
        .group_by(LateTray.room_id)).all())


def _told(cards: Iterable[Any]) -> dict[str, list[Any]]:
    """Returns which ideas are counted as cards, in rooms and charts alike. `cards`: before the room, each for itself;
    `carried`: those that are copies from another room; `private`: those of which nothing else is told."""
    ideas = [one for one in cards if one.kind == "idea" and not one.hidden]
    stand = [one for one in ideas if one.place == SHOWN and not one.merged]
    return {"cards": [one for one in stand if not one.copy], "carried": [one for one in stand if one.copy],
            "private": [one for one in ideas if one.place == PRIVATE]}


def _room(workshop: Workshop, room: Room, seats: Sequence[Any], devices: Sequence[Any], cards: Sequence[Any],
          votes: Json, late: int, read: int) -> Json:
    told = {name: _sum(rows) for name, rows in _told(cards).items()}
    ideas = [one for one in cards if one.kind == "idea" and not one.hidden]
    return head(seats, devices) | told | {
        "read": read, "late": late, "votes": votes,
        "waits": _sum(one for one in cards if one.place == WAITS and not one.hidden),
        "items": _sum(one for one in cards if one.kind == "item"),
        "last": _minute(room.active_at),
        # Who has written in private is nobody's to know: so nobody is called silent either.
        "silent": [] if told["private"] or workshop.privacy == "anonymous" else _silent(seats, ideas)}


def _silent(seats: Iterable[Any], ideas: Iterable[Any]) -> list[str]:
    spoken = {one.delegation_id for one in ideas}
    return list(dict.fromkeys(one.delegation_id for one in seats if one.delegation_id and one.delegation_id not in spoken))


def _all(workshop: Workshop, seats: Sequence[Any], devices: Sequence[Any], cards: Sequence[Any]) -> Json:
    """Of the workshop; in `heard` whose cards there are: of each delegation, of the hall, of far away, of each site ("" for
    who has none).  Each of these, with what the `team` wrote or brought in, which is nobody's voice, and with what is
    `private`, which is told as nobody's, adds up to the cards of the rooms.  A card that went along into another room counts
    once."""
    told = _told(cards)
    own = [one for one in told["cards"] if not one.team]
    near = _sum(one for one in own if one.channel in HALL)
    by: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    for one in own:
        by[one.delegation_id or ""] += one.n
        sites[one.site_id or ""] += one.n
    heard = {"delegations": dict(by), "hall": near, "remote": _sum(own) - near, "sites": dict(sites)}
    return head(seats, devices) | {"cards": _sum(told["cards"]), "private": _sum(told["private"]),
                                   "team": _sum(told["cards"]) - _sum(own),
                                   "heard": {} if workshop.privacy == "anonymous" else heard}


def _minute(at: datetime | None) -> str | None:
    return f"{at.isoformat()[:16]}Z" if at else None


def _sum(rows: Iterable[Any]) -> int:
    return sum(one.n for one in rows)


def left_by(session: Session, seats: Collection[str]) -> Json:
    """Counts {ideas, comments, votes}: what stays of these people when they are removed."""
    wrote = dict(session.execute(
        select(Contribution.kind, func.count())
        .where(Contribution.seat_id.in_(seats), Contribution.withdrawn_at.is_(None), Contribution.copy_of.is_(None))
        .group_by(Contribution.kind)).all())
    voted = session.scalar(select(func.count()).select_from(Ballot).where(
        Ballot.seat_id.in_(seats), VOTED))
    return {"ideas": wrote.get("idea", 0), "comments": wrote.get("comment", 0), "votes": voted}
